"""The header keeps its height while a change waits for the register, and says so in words as well as by an icon."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QLayout
from pytestqt.qtbot import QtBot

from plugins.klant import kop
from plugins.klant.kop_view import Kopview
from plugins.klant.vlagknop import Vlagknop
from tests.harness.leesbaar import visible_texts
from tests.plugins.klant.klanten import MAIL, MOBIEL, VAST, bakkerij, johanna, verwijzing
from tests.plugins.klant.zitplaats import NU
from ui.sdk import Flag, Term
from ui.theme.theme import Look, Theme, install_theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = install_theme(qapp, look=Look(thema="licht"))
    yield made
    made.apply(Look())


def _height(view: Kopview, wachtend: tuple[str, ...]) -> int:
    view.show_kop(kop.header(johanna(wachtende_wijzigingen=wachtend), NU))
    for _ in range(3):
        QApplication.processEvents()
    layout = view.layout()
    assert isinstance(layout, QLayout)
    return layout.heightForWidth(view.width())


@pytest.mark.parametrize("tekst", [100, 200])
@pytest.mark.parametrize("width", [560, 640, 780, 950, 1100, 1400])
def test_a_change_that_waits_moves_nothing_below_the_header(qtbot: QtBot, theme: Theme, width: int, tekst: int) -> None:
    theme.apply(Look(thema="licht", tekst=tekst))
    view = Kopview()
    qtbot.addWidget(view)
    view.resize(width, 900)
    view.show()
    heights = [_height(view, wachtend) for wachtend in ((), ("telefoonnummer",), ("telefoonnummer", "email"), ())]
    assert len(set(heights)) == 1, heights


def test_what_waits_is_said_at_the_customer_and_at_the_value(qtbot: QtBot, theme: Theme) -> None:
    view = Kopview()
    qtbot.addWidget(view)
    view.resize(1100, 300)
    view.show()
    _height(view, ())
    assert "Wacht op bevestiging" not in "\n".join(visible_texts(view))
    _height(view, ("telefoonnummer",))
    assert "Wacht op bevestiging" in "\n".join(visible_texts(view))
    waits = [
        term.accessibleName().replace("\u00a0", " ")
        for term in view.findChildren(Term)
        if "wacht op" in term.accessibleName()
    ]
    assert waits == ["Telefoon: 06 12 34 56 78 voorkeur wacht op bevestiging"]


def test_the_name_keeps_its_place_when_a_contact_starts(qtbot: QtBot, theme: Theme) -> None:
    view = Kopview()
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()
    view.show_kop(kop.header(johanna(), NU))
    places: list[int] = []
    for contact in ("Contact starten", ""):
        view.show_actions(contact=contact, mag_wijzigen=True, heeft_telefoon=True)
        for _ in range(3):
            QApplication.processEvents()
        places.append(view.ondertitel.mapTo(view, view.ondertitel.rect().topLeft()).y())
    assert places[0] == places[1]


def test_another_customer_is_shown_in_the_rows_of_the_one_before(qtbot: QtBot, theme: Theme) -> None:
    view = Kopview()
    qtbot.addWidget(view)
    view.resize(1100, 300)
    view.show()
    view.show_kop(kop.header(johanna(), NU))
    before = view.findChildren(Term)
    ander = johanna(digitale_adressen=(MAIL, MOBIEL, VAST), voorkeurskanaal="telefoon")
    view.show_kop(kop.header(ander, NU))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    after = view.findChildren(Term)
    assert set(before) <= set(after), "a row was made anew"
    fresh = Kopview()
    qtbot.addWidget(fresh)
    fresh.resize(1100, 300)
    fresh.show()
    fresh.show_kop(kop.header(ander, NU))
    assert list(visible_texts(view)) == list(visible_texts(fresh))
    assert [one.accessibleName() for one in _in_order(after)] == [
        one.accessibleName() for one in _in_order(fresh.findChildren(Term))
    ]
    view.show_kop(kop.header(bakkerij(), NU))
    fresh.show_kop(kop.header(bakkerij(), NU))
    assert list(visible_texts(view)) == list(visible_texts(fresh))


def _in_order(terms: list[Term]) -> list[Term]:
    QApplication.processEvents()
    return sorted(terms, key=lambda term: term.y())


@pytest.mark.parametrize("width", [560, 690])
def test_the_header_with_large_text_has_no_gap_where_there_are_no_flags(qtbot: QtBot, theme: Theme, width: int) -> None:
    theme.apply(Look(thema="licht", tekst=200))
    view = Kopview()
    qtbot.addWidget(view)
    view.show_kop(kop.header(bakkerij(), NU))
    view.resize(width, 420)
    view.show()
    for _ in range(3):
        QApplication.processEvents()
    first = next(term for term in view.findChildren(Term) if term.isVisible())
    gap = first.mapTo(view, QPoint(0, 0)).y() - view.ondertitel.mapTo(view, QPoint(0, view.ondertitel.height())).y()
    assert gap < theme.line("gewoon")
    assert view.minimumSizeHint().width() <= width
    feet = [view.contact, view.wijzigen, view.kopieren, view.vernieuwen]
    assert len({button.geometry().center().y() for button in feet}) == 1


def test_the_flags_are_those_of_the_customer_in_sight_and_lead_to_whom_they_name(qtbot: QtBot, theme: Theme) -> None:
    view = Kopview()
    qtbot.addWidget(view)
    view.resize(1100, 300)
    view.show()
    asked: list[object] = []
    view.klant_gekozen.connect(asked.append)
    eerste, tweede = verwijzing(bakkerij()), verwijzing(johanna())
    geheim = kop.Vlag("Geheimhouding", "fout", "geheimhouding")

    def show(*vlaggen: kop.Vlag) -> list[str]:
        view.show_kop(msgspec.structs.replace(kop.header(johanna(), NU), vlaggen=vlaggen))
        QApplication.processEvents()
        shown = [flag for kind in (Flag, Vlagknop) for flag in view.findChildren(kind) if flag.isVisible()]
        return [flag.accessibleName() for flag in shown]

    assert show(geheim, kop.Vlag("Namens A", "accent", "bedrijf", eerste)) == ["Geheimhouding", "Namens A, openen"]
    assert show(kop.Vlag("Namens B", "accent", "bedrijf", tweede)) == ["Namens B, openen"]
    (button,) = (one for one in view.findChildren(Vlagknop) if one.isVisible())
    button.click()
    assert asked == [tweede]
    assert show() == []
    assert show(geheim, geheim) == ["Geheimhouding", "Geheimhouding"]


@pytest.mark.parametrize(("width", "tekst"), [(560, 200), (690, 200), (600, 150), (900, 100)])
def test_who_is_here_too_is_read_whole_and_moves_nothing(qtbot: QtBot, theme: Theme, width: int, tekst: int) -> None:
    theme.apply(Look(thema="licht", tekst=tekst))
    view = Kopview()
    qtbot.addWidget(view)
    view.show_kop(kop.header(johanna(), NU))
    view.show_actions(contact="Contact starten", mag_wijzigen=True, heeft_telefoon=True)
    view.resize(width, 700)
    view.show()
    heights: list[tuple[int, int]] = []
    for text in ("", "Kees Bakker kijkt mee"):
        view.show_gezelschap(text)
        for _ in range(3):
            QApplication.processEvents()
        heights.append((view.minimumSizeHint().height(), view.contact.y()))
    label = view.gezelschap
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
    assert view.rect().contains(label.geometry())
    assert not label.geometry().intersects(view.contact.geometry())
    assert heights[0] == heights[1]


def test_who_is_here_too_is_told_whole_where_there_is_no_room(qtbot: QtBot, theme: Theme) -> None:
    theme.apply(Look(thema="licht", tekst=200))
    view = Kopview()
    qtbot.addWidget(view)
    view.show_kop(kop.header(johanna(), NU))
    view.resize(560, 700)
    view.show()
    text = "Kees Bakker is aan het typen, Eva de Vries en 3 collega’s kijken mee"
    view.show_gezelschap(text)
    for _ in range(3):
        QApplication.processEvents()
    view.grab()  # the tooltip follows from what was painted
    assert view.gezelschap.accessibleName() == text
    assert text in view.gezelschap.toolTip()
