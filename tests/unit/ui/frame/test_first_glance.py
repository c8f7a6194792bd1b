"""The last opened customers of the first frame: reached by keyboard, spoken, and alike the rows of a list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, Persoonsgegevens, SoortKlant
from tests.unit.ui.accessibility import defects
from ui.frame.first_glance import FirstGlance, GlanceRow
from ui.widgets.card import Card
from ui.widgets.state_list import StateList
from ui.widgets.state_pages import Message

NAMEN = ("Aaf van Duinrode", "Bakkerij De Korst", "Cor Zandbergen")
KLANTEN = [
    Klantbeeld(KlantSleutel(SoortKlant.PERSOON, partij=f"00000000-0000-4000-8000-00000000000{nr}"), naam)
    for nr, naam in enumerate(NAMEN)
]


@pytest.fixture
def glance(qtbot: QtBot) -> FirstGlance:
    widget = FirstGlance(KLANTEN)
    widget.resize(700, 500)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def focused(glance: FirstGlance) -> str:
    row = glance.focusWidget()
    assert isinstance(row, GlanceRow)
    return row.row.title


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_row_opens_by_key(glance: FirstGlance, key: Qt.Key) -> None:
    chosen: list[Klantverwijzing] = []
    glance.chosen.connect(chosen.append)
    glance.setFocus()
    QTest.keyClick(glance.focusWidget(), key)
    assert [klant.naam for klant in chosen] == [NAMEN[0]]
    assert chosen[0].sleutel == KLANTEN[0].sleutel


def test_a_row_opens_by_click(glance: FirstGlance) -> None:
    chosen: list[Klantverwijzing] = []
    glance.chosen.connect(chosen.append)
    QTest.mouseClick(glance.rows[2], Qt.MouseButton.LeftButton)
    assert [klant.naam for klant in chosen] == [NAMEN[2]]


def test_arrows_go_from_row_to_row_and_stay_in_the_list(glance: FirstGlance) -> None:
    glance.setFocus()
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(glance.focusWidget(), key)
        seen.append(NAMEN.index(focused(glance)))
    assert seen == [0, 1, 2, 2, 0, 2]


def test_the_row_with_the_cursor_is_in_sight(glance: FirstGlance) -> None:
    glance.resize(700, 120)
    glance.setFocus()
    QTest.keyClick(glance.focusWidget(), Qt.Key.Key_End)
    row = glance.rows[2]
    assert row.visibleRegion().boundingRect() == row.rect()


def test_a_screen_reader_hears_the_whole_row(qtbot: QtBot) -> None:
    persoon = Persoonsgegevens("999990019", "Aaf", adresregels=("Zandpad 4", "1234 AB Duinrode"), geheimhouding=True)
    beeld = Klantbeeld(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "Aaf", persoon=persoon)
    glance = FirstGlance([beeld])
    qtbot.addWidget(glance)
    face = QAccessible.queryAccessibleInterface(glance.rows[0])
    assert face is not None
    assert face.role() == QAccessible.Role.PushButton
    spoken = face.text(QAccessible.Text.Name)
    assert spoken == "Aaf, Zandpad 4, 1234 AB Duinrode, Geheimhouding: niet verstrekken aan derden"


@pytest.mark.parametrize("klanten", [KLANTEN, []], ids=["rows", "nothing yet"])
def test_nothing_is_out_of_reach(qtbot: QtBot, klanten: list[Klantbeeld]) -> None:
    glance = FirstGlance(klanten)
    glance.resize(700, 500)
    qtbot.addWidget(glance)
    with qtbot.waitExposed(glance):
        glance.show()
    assert defects(glance) == []


def test_without_customers_it_says_what_to_do(qtbot: QtBot) -> None:
    glance = FirstGlance([])
    qtbot.addWidget(glance)
    message = glance.findChild(Message)
    assert message is not None
    assert "Nog geen klanten geopend" in message.accessibleName()
    assert "Ctrl K" in message.accessibleName()


@pytest.mark.parametrize("has_focus", [False, True], ids=["at rest", "with the cursor"])
def test_it_looks_like_a_list(qtbot: QtBot, has_focus: bool) -> None:
    glance = FirstGlance(KLANTEN)
    listed = Card("Laatst geopend", "van deze werkplek, de verbinding wordt gelegd")
    rows = StateList("Laatst geopende klanten")
    rows.show_rows([row.row for row in glance.rows])
    listed.body.addWidget(rows)
    if not has_focus:  # nobody was in it: a list that had the focus keeps its mark
        rows.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(listed)
    pictures: list[QImage] = []
    for widget, first in ((glance, glance.rows[0]), (page, rows.view)):
        widget.resize(700, 500)
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        if has_focus:
            first.setFocus()
            rows.select(glance.rows[0].row.key)
        else:
            first.clearFocus()
        pictures.append(widget.grab().toImage())
        widget.hide()
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("klanten", [KLANTEN, []])
def test_when_the_tabs_take_its_place_nothing_of_it_stays(qapp: QApplication, klanten: list[Klantbeeld]) -> None:
    before = set(qapp.allWidgets())
    glance = FirstGlance(klanten)
    glance.let_go()
    assert glance.rows == [], "who still holds it holds no customers"
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert set(qapp.allWidgets()) <= before
