"""Who gets the room: headers stay small, no word is cut off, a list uses its own scroll bar before the page does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.sdk import Row
from ui.theme.theme import Look, Theme, install_theme
from ui.widgets.card import Card
from ui.widgets.field import TextField
from ui.widgets.label import Label
from ui.widgets.scroll import ScrollColumn
from ui.widgets.state_list import StateList


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = install_theme(qapp, look=Look(thema="licht"))
    yield made
    made.apply(Look())


def _title(card: Card) -> QLabel:
    return next(label for label in card.findChildren(QLabel) if label.text() == card.titel)


def _show(qtbot: QtBot, widget: QWidget, width: int, height: int) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    QApplication.processEvents()


def test_a_card_without_content_keeps_its_title_at_the_top(qtbot: QtBot, theme: Theme) -> None:
    card = Card("Notitie")
    _show(qtbot, card, 300, 700)
    assert _title(card).geometry().center().y() < 60


def test_a_title_that_does_not_fit_takes_another_line_and_never_widens_the_card(qtbot: QtBot, theme: Theme) -> None:
    card = Card("Wie handelt namens dit bedrijf", "1")
    _show(qtbot, card, 400, 200)
    one_line = _title(card).height()
    theme.apply(Look(thema="licht", tekst=200))
    card.resize(300, 200)
    QApplication.processEvents()
    assert card.width() == 300
    assert _title(card).height() > 2 * one_line


def test_a_note_in_a_header_stands_on_one_line_while_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    card = Card("Laatst geopend", "van deze werkplek, de verbinding wordt gelegd")
    _show(qtbot, card, 700, 200)
    note = next(label for label in card.findChildren(QLabel) if label.text().startswith("van deze"))
    assert note.heightForWidth(note.width()) < 2 * theme.line("bij")


@pytest.mark.parametrize(("width", "lines"), [(700, 1), (400, 2)])
def test_a_note_that_does_not_fit_beside_its_title_stands_under_it(
    qtbot: QtBot, theme: Theme, width: int, lines: int
) -> None:
    """Neither wraps for the other: with large text the title was two lines because of the note."""
    card = Card("Laatst geopend", "van deze werkplek, de verbinding wordt gelegd")
    _show(qtbot, card, width, 300)
    note = next(label for label in card.findChildren(QLabel) if label.text().startswith("van deze"))
    assert (note.geometry().top() >= _title(card).geometry().bottom()) == (lines == 2)
    assert _title(card).height() < 2 * theme.line("gewoon")
    assert note.height() < 2 * theme.line("bij") + 8
    theme.apply(Look(thema="licht", tekst=200))
    QApplication.processEvents()
    assert _title(card).heightForWidth(_title(card).width()) < 2 * theme.line("gewoon")


@pytest.mark.parametrize("tekst", [100, 200])
def test_the_words_of_an_empty_list_are_never_cut_off(qtbot: QtBot, theme: Theme, tekst: int) -> None:
    page, lijst = ScrollColumn("Beginnen"), StateList("Klanten")
    lijst.set_passend(passend=True)
    lijst.show_empty("Nog geen klanten geopend", "De klanten die u opent, staan hier de volgende keer.", "Klant zoeken")
    page.column.addWidget(lijst)
    _show(qtbot, page, 300, 120)
    theme.apply(Look(thema="licht", tekst=tekst))
    QApplication.processEvents()
    for label in lijst.findChildren(Label):
        assert label.height() >= label.heightForWidth(label.width())
    assert page.verticalScrollBar().maximum() > 0


def test_a_list_uses_its_own_scroll_bar_where_it_may_scroll(qtbot: QtBot, theme: Theme) -> None:
    page, lijst = ScrollColumn("Klantbeeld"), StateList("Notities", passend=True)
    lijst.show_rows([Row(str(i), f"Notitie {i}", "nog niet toegewezen") for i in range(50)])
    page.column.addWidget(Label("Een tekst die over meer regels mag", wrap=True))
    page.column.addWidget(lijst, 1)
    _show(qtbot, page, 400, 300)
    assert page.verticalScrollBar().maximum() == 0
    assert lijst.view.verticalScrollBar().maximum() > 0


def test_a_scroll_bar_that_comes_moves_nothing_aside(qtbot: QtBot, theme: Theme) -> None:
    page = ScrollColumn("Contact", vaste_breedte=True)
    veld, more = TextField("Notitie", regels=6), QWidget()
    page.column.addWidget(veld)
    page.column.addWidget(more)
    page.column.addStretch(1)
    _show(qtbot, page, 300, 300)
    before = veld.geometry()
    assert page.verticalScrollBar().maximum() == 0
    more.setMinimumHeight(600)
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() > 0
    assert veld.geometry() == before


def test_rows_that_are_shown_again_lay_nothing_out(qtbot: QtBot, theme: Theme) -> None:
    lijst = StateList("Contacten", passend=True)
    rows = [Row(str(place), f"Contact {place}", "Balie") for place in range(5)]
    lijst.show_rows(rows)
    _show(qtbot, lijst, 400, 600)
    asked: list[QEvent.Type] = []

    class Ear(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            asked.append(event.type())
            return False

    ear = Ear()
    lijst.installEventFilter(ear)
    lijst.show_rows(list(rows))
    QApplication.processEvents()
    assert QEvent.Type.LayoutRequest not in asked
    lijst.show_partial(rows, "De server antwoordt niet.")
    QApplication.processEvents()
    assert QEvent.Type.LayoutRequest in asked
    lijst.show_rows(rows)
    QApplication.processEvents()
    assert lijst.height() == sum(lijst.view.sizeHintForRow(place) for place in range(5)), "the warning went"
