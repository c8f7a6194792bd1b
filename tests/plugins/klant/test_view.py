"""The tab as an employee meets it: keys only, offscreen, on a plain loop."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kcs_desktop.sdk import (
    Bezigheid,
    Bron,
    Bronstand,
    Meekijker,
    SoortKlant,
    Verbinding,
)
from plugins.klant import view
from plugins.klant.manifest import MANIFEST
from plugins.klant.presenter import Deel
from plugins.klant.tekenen import Tekenaar
from plugins.klant.view import KlantTab, tab_of
from tests.plugins.klant.klanten import bakkerij, contacten, johanna, notities, verwijzing
from tests.plugins.klant.proef import Proef
from ui.sdk import NO_CONNECTION


class Paints(QObject):
    """Counts how often a window is painted: one request is made for all its widgets together."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.UpdateRequest
        return False


def _nameless(tab: KlantTab) -> list[QWidget]:
    """The visible controls that a screen reader could not name."""
    kinds: tuple[Any, ...] = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)
    widgets: list[QWidget] = [widget for kind in kinds for widget in tab.widget.findChildren(kind)]
    return [widget for widget in widgets if widget.isVisible() and not widget.accessibleName()]


async def test_every_control_has_a_name(proef: Proef) -> None:
    assert _nameless(proef.tab) == []
    await proef.open(johanna())
    proef.tab.step(1)
    assert _nameless(proef.tab) == []
    proef.tab.edit()
    assert _nameless(proef.tab) == []
    proef.tab.register(SoortKlant.PERSOON)
    assert _nameless(proef.tab) == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
async def test_a_callback_note_opens_with_all_that_it_says(proef: Proef, key: Qt.Key) -> None:
    (note,) = notities(1)
    tekst = "Telefoonnummer: 0612345678\nVoorkeursmoment: morgen na 14:00\nEerste regel.\nTweede regel."
    note = replace(note, toelichting=tekst, toegewezen_aan=("Burgerzaken",), nummer="77")
    await proef.open(johanna(terugbelnotities=(note,)))
    kaart = proef.tab.beeld.notities
    assert not kaart.lezen.isVisible()
    kaart.lijst.setFocus()
    QTest.keyClick(proef.focused, key)
    assert kaart.lezen.isVisible()
    for deel in ("Te verwerken", "toegewezen aan Burgerzaken", "sinds ", "nummer 77"):
        assert deel in kaart.lezen.feiten.text()
    assert kaart.lezen.tekst.toPlainText().replace("\N{NO-BREAK SPACE}", " ").splitlines() == [
        "Wat moet de collega doen: Betalingsregeling bespreken",
        "Telefoonnummer: 06 12 34 56 78",
        "Voorkeursmoment: morgen na 14:00",
        "Eerste regel.",
        "Tweede regel.",
    ]
    QTest.keyClick(proef.focused, Qt.Key.Key_Escape)
    assert not kaart.lezen.isVisible()


async def test_a_live_change_keeps_the_selection_and_the_reader(proef: Proef) -> None:
    await proef.open(johanna())
    proef.tab.step(1)
    proef.tab.step(1)
    assert proef.tab.beeld.contacten.lijst.selected == "c-1"
    nieuw = (contacten(9)[8], *johanna().contacten)
    proef.seat.nep_klanten.changed.emit(johanna(contacten=nieuw))
    await proef.until(lambda: proef.tab.beeld.contacten.lijst.model.rowCount() == 8)
    assert proef.tab.beeld.contacten.lijst.selected == "c-1"
    assert proef.tab.beeld.contacten.leest


async def test_a_customer_who_stands_here_already_gets_the_focus_when_opened(proef: Proef) -> None:
    await proef.open(johanna())
    await _rest(proef)
    proef.focused.clearFocus()
    proef.tab.show_klant(verwijzing(johanna()))
    await _rest(proef)
    assert proef.focused is proef.tab.beeld.contacten.lijst.view


async def test_copying_takes_the_phone_number_and_never_the_bsn(proef: Proef) -> None:
    await proef.open(johanna())
    proef.tab.copy_phone()
    assert QGuiApplication.clipboard().text() == "06 12 34 56 78"


async def test_a_company_offers_a_contact_person(proef: Proef) -> None:
    await proef.open(bakkerij())
    await proef.until(lambda: not proef.tab.beeld.relaties.registreren.isHidden())
    proef.tab.beeld.relaties.registreren.click()
    assert proef.tab.presenter.bewerken.registratie is not None
    assert proef.tab.presenter.bewerken.registratie.werkt_voor == verwijzing(bakkerij())


async def test_a_long_history_is_drawn_in_turns_that_end_when_their_time_is_over(
    proef: Proef, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Deel] = []
    draw = Tekenaar.draw

    def noted(tekenaar: Tekenaar, deel: Deel) -> None:
        drawn.append(deel)
        draw(tekenaar, deel)

    monkeypatch.setattr(Tekenaar, "draw", noted)
    monkeypatch.setattr(view, "perf_counter", lambda: len(drawn) * 0.005)  # each part takes five milliseconds
    vol = johanna(contacten=contacten(100), contacten_totaal=100, terugbelnotities=notities(50, open_=3))
    proef.seat.nep_klanten.antwoorden = [vol]
    proef.tab.show_klant(verwijzing(vol))
    turns: list[int] = []
    (timer,) = [one for one in proef.tab.widget.findChildren(QTimer) if one.interval() == 0]
    timer.timeout.connect(lambda: turns.append(len(drawn)))
    for _ in range(60):
        QApplication.processEvents()
        await asyncio.sleep(0)
    assert proef.tab.beeld.contacten.lijst.model.rowCount() == 100
    assert max(b - a for a, b in pairwise(turns)) == 2
    assert set(drawn) >= {Deel.KOP, Deel.CONTACTEN, Deel.NOTITIES}


async def test_a_customer_in_memory_is_painted_at_once_as_it_will_stand(
    proef: Proef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "perf_counter", lambda: 0.0)  # however slow this machine is, one turn does for all
    een = johanna(contacten=contacten(20), contacten_totaal=20, terugbelnotities=notities(1, open_=1))
    ander = bakkerij(contacten=contacten(7), contacten_totaal=7, terugbelnotities=notities(6, open_=2))
    proef.seat.nep_klanten.in_geheugen = (een, ander)
    await proef.open(ander)
    await proef.open(een)
    await _rest(proef)
    paints = Paints(proef.tab.widget)
    proef.tab.presenter.show(verwijzing(ander))
    await _rest(proef)
    assert proef.tab.beeld.contacten.lijst.model.rowCount() == 7
    assert proef.tab.beeld.notities.lijst.view.verticalScrollBar().maximum() == 0, "the list got its room"
    # A second one is Qt's own: a scroll bar that came and went while the list got its room is painted over.
    assert paints.count <= 2


async def _rest(proef: Proef) -> None:
    """Until nothing is left to draw, to lay out or to paint."""
    for _ in range(20):
        QApplication.processEvents()
        await asyncio.sleep(0)
    assert not proef.tab.is_drawing


async def test_commands_find_their_tab_and_name_what_exists(proef: Proef) -> None:
    import plugins.klant.commands as commands  # noqa: PLR0402 -- named as the manifest names it

    assert tab_of(proef.context) is proef.tab
    assert len({c.id for c in MANIFEST.commands}) == len(MANIFEST.commands)
    for command in MANIFEST.commands:
        assert callable(getattr(commands, command.doet.partition(":")[2]))


async def test_the_tab_knows_which_customer_is_in_sight(proef: Proef) -> None:
    beeld = johanna()
    await proef.open(beeld)
    shown = proef.tab.klant_in_sight
    assert shown is not None
    assert shown.sleutel == beeld.sleutel
    proef.tab.register(SoortKlant.PERSOON)
    assert proef.tab.klant_in_sight is None, "a form for somebody else is in front of her"
    proef.tab.show_recent()
    assert proef.tab.klant_in_sight is None


@pytest.mark.parametrize("in_sight", [True, False])
async def test_a_customer_out_of_sight_is_not_taken_along_by_a_contact_without_one(
    proef: Proef, in_sight: bool
) -> None:
    await proef.open(johanna())
    proef.tab.widget.setVisible(in_sight)
    proef.tab.contact_activated(proef.seat.nep_contacten.start())
    assert (proef.tab.presenter.klant is not None) is in_sight


async def test_a_customer_still_loading_never_shows_the_contacts_of_the_one_before(proef: Proef) -> None:
    await proef.open(johanna())
    assert proef.tab.beeld.contacten.lijst.model.rowCount() > 0
    proef.tab.presenter.show(verwijzing(bakkerij()))
    await proef.until(lambda: proef.tab.beeld.contacten.lijst.model.rowCount() == 0)
    assert proef.tab.beeld.contacten.lijst.model.rowCount() == 0


async def test_what_needs_the_registers_is_off_without_a_connection_and_says_why(proef: Proef) -> None:
    await proef.open(johanna(contacten_totaal=99))
    kop, meer = proef.tab.beeld.kop, proef.tab.beeld.contacten.meer
    assert kop.vernieuwen.isEnabled() and meer.isEnabled()  # noqa: PT018 -- both together
    tip = kop.vernieuwen.toolTip()
    proef.seat.verbinding = Verbinding.GEEN_VERBINDING
    proef.seat.verbinding_changed.emit(Verbinding.GEEN_VERBINDING)
    await proef.until(lambda: not kop.vernieuwen.isEnabled())
    assert NO_CONNECTION in kop.vernieuwen.toolTip()
    assert (meer.isEnabled(), meer.accessibleDescription()) == (False, NO_CONNECTION)
    assert kop.wijzigen.isEnabled(), "contact data can be written without a connection"
    proef.seat.verbinding = Verbinding.VERBONDEN
    proef.seat.verbinding_changed.emit(Verbinding.VERBONDEN)
    await proef.until(kop.vernieuwen.isEnabled)
    assert kop.vernieuwen.toolTip() == tip
    assert meer.isEnabled()


@pytest.mark.parametrize("verbinding", [Verbinding.VERBONDEN, Verbinding.GEEN_VERBINDING])
async def test_what_was_asked_before_the_backend_was_there_is_asked_again(proef: Proef, verbinding: Verbinding) -> None:
    proef.seat.verbinding = Verbinding.OPSTARTEN
    await proef.open(johanna(bronnen=(Bron("klantinteracties", Bronstand.WACHT),), contacten=()))
    await proef.until(lambda: proef.tab.presenter.asked_early)
    geopend = proef.seat.nep_klanten.geopend
    before = len(geopend)
    proef.seat.verbinding_changed.emit(Verbinding.OPSTARTEN)
    assert len(geopend) == before
    proef.seat.verbinding = verbinding
    proef.seat.verbinding_changed.emit(verbinding)
    await proef.until(lambda: len(geopend) == before + 1)


async def test_the_list_of_keys_names_what_the_page_in_sight_can_do(proef: Proef) -> None:
    def works() -> set[str]:
        return {command.id for command in MANIFEST.commands if proef.tab.works_here(command.id)}

    leads_to_one = works()
    assert "klant.recent" in leads_to_one
    assert "klant.wijzigen" not in leads_to_one
    await proef.open(johanna())
    assert works() == {command.id for command in MANIFEST.commands}
    proef.tab.register(SoortKlant.PERSOON)
    assert works() == leads_to_one


async def test_opening_a_customer_puts_the_cursor_in_its_contacts(proef: Proef) -> None:
    await proef.open(johanna())
    view = proef.tab.beeld.contacten.lijst.view
    await proef.until(view.hasFocus)
    assert proef.tab.beeld.contacten.lijst.selected == proef.tab.beeld.contacten.lijst.model.rows[0].key


@pytest.mark.parametrize("command", ["edit", "focus_namens"])
async def test_a_command_right_after_opening_a_customer_keeps_the_cursor_where_it_put_it(
    proef: Proef, command: str
) -> None:
    beeld = johanna(digitale_adressen=())
    await proef.open(beeld)
    await _rest(proef)
    proef.tab.show_klant(verwijzing(beeld))
    getattr(proef.tab, command)()
    stands = proef.focused
    assert isinstance(stands, QComboBox)
    await _rest(proef)
    assert proef.focused is stands


async def test_opening_a_customer_takes_no_cursor_from_who_types(proef: Proef) -> None:
    typt = QPlainTextEdit(proef.tab.widget)
    typt.show()
    typt.setFocus()
    await proef.open(johanna())
    await proef.until(lambda: not proef.tab.is_drawing)
    assert typt.hasFocus()


async def test_a_colleague_at_the_customer_is_named_in_the_header(proef: Proef) -> None:
    await proef.open(johanna())
    before = proef.tab.beeld.kop.height()
    wie = Meekijker("kees", "Kees Bakker", Bezigheid.TYPT, 45.0)
    proef.seat.nep_meekijkers.show(johanna().sleutel, wie)
    await proef.until(lambda: proef.tab.beeld.kop.gezelschap.text() == "Kees Bakker is aan het typen")
    assert proef.tab.beeld.kop.height() == before
    proef.tab.widget.hide()
    assert proef.seat.nep_meekijkers.joined == 0
