"""Where the focus is, not where it once was."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.focus import holds_focus


def test_a_part_that_had_the_focus_once_does_not_hold_it(qtbot: QtBot) -> None:
    window, part, other = QWidget(), QWidget(), QLineEdit()
    field = QLineEdit(part)
    column = QVBoxLayout(window)
    column.addWidget(part)
    column.addWidget(other)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    assert holds_focus(part)
    assert holds_focus(field)
    assert not holds_focus(other)
    other.setFocus()
    assert part.focusWidget() is field, "who had it last, which is not who has it"
    assert not holds_focus(part)
    assert holds_focus(part, other)
    other.clearFocus()
    assert not holds_focus(part, other)
    assert not holds_focus(), "no part holds anything"
