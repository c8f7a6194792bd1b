"""Who has the focus in a list keeps it through its states, and finds it on a row once there are rows."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.long_list import LongList
from ui.widgets.row import Row
from ui.widgets.state_list import StateList

ROWS = [Row("a", "Eerste"), Row("b", "Tweede")]


def shown(qtbot: QtBot) -> tuple[StateList, QLineEdit, QWidget]:
    page, keys, field = QWidget(), StateList("Proef"), QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(keys)
    column.addWidget(field)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return keys, field, page


def test_the_focus_goes_through_the_states_to_the_first_row(qtbot: QtBot) -> None:
    keys, _, _page = shown(qtbot)
    keys.setFocus()
    keys._show_skeleton()
    assert keys._skeleton is not None
    assert keys._skeleton.hasFocus()
    keys.show_empty("Niets", "Zoek iets.")
    assert keys._message is not None
    assert keys._message.hasFocus()
    keys.show_error("Mislukt")
    assert keys._message.button.hasFocus()
    keys.show_rows(ROWS)
    assert keys.view.hasFocus()
    assert keys.selected == "a"
    assert keys.view.selectionModel().hasSelection(), "Enter opens it, so it has the mark"


def test_rows_that_come_to_an_empty_list_with_the_focus_get_a_current_one(qtbot: QtBot) -> None:
    keys, _, _page = shown(qtbot)
    keys.setFocus()
    keys.show_rows(ROWS)
    assert keys.selected == "a"


def test_a_list_takes_no_focus_from_another_control(qtbot: QtBot) -> None:
    keys, field, _page = shown(qtbot)
    field.setFocus()
    for show in (keys._show_skeleton, lambda: keys.show_empty("Niets"), lambda: keys.show_rows(ROWS)):
        show()
        assert field.hasFocus()
    assert keys.selected == ""


def test_a_long_list_with_the_focus_marks_its_first_row_when_rows_come(qtbot: QtBot) -> None:
    long = LongList("Proef", lambda place: Row(str(place), f"Rij {place}"))
    qtbot.addWidget(long)
    with qtbot.waitExposed(long):
        long.show()
    long.setFocus()
    long.show_count(3)
    assert [index.row() for index in long.selectionModel().selectedRows()] == [0]


def test_the_button_of_a_message_that_goes_takes_the_focus_nowhere_else(qtbot: QtBot) -> None:
    keys, field, _page = shown(qtbot)
    keys.show_empty("Nog niets", "Zoek iets.", action="Zoeken")
    keys.setFocus()
    assert keys._message is not None
    assert keys._message.button.hasFocus()
    keys.show_empty("Niets gevonden", "Zoek iets anders.")
    assert not field.hasFocus()
    assert keys._message.hasFocus()
