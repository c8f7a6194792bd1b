"""Alt with a letter goes to what has it, and types nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.frame.search_field import SearchField
from ui.widgets.alt_letter import is_alt_letter
from ui.widgets.choice import Choice
from ui.widgets.field import Field, TextField

# Without a window manager no popup can be raised or take the keyboard; that is not what is asked here.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ALT = Qt.KeyboardModifier.AltModifier


def _shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    for widget in widgets:
        column.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def _text(editor: QWidget) -> str:
    match editor:
        case QPlainTextEdit():
            return editor.toPlainText()
        case QComboBox():
            return editor.currentText()
    assert isinstance(editor, QLineEdit)
    return editor.text()


@pytest.mark.parametrize("kind", ["line", "note", "search", "choice", "list"])
def test_a_letter_with_alt_that_leads_nowhere_types_nothing(qtbot: QtBot, kind: str) -> None:
    keuzes = [("b", "Balie"), ("t", "Telefoon")]
    widgets = {
        "line": Field("Onderwerp"),
        "note": TextField("Notitie"),
        "search": SearchField(),
        "choice": Choice("Product", keuzes, zoekbaar=True),
        "list": Choice("Kanaal", keuzes),
    }
    widget = widgets[kind]
    page = _shown(qtbot, widget)
    widget.setFocus()
    editor = page.focusWidget()
    assert editor is not None
    before = _text(editor)
    for modifier in (ALT, ALT | Qt.KeyboardModifier.ShiftModifier):
        QTest.keyClick(editor, Qt.Key.Key_T, modifier)
        assert _text(editor) == before
    QTest.keyClick(editor, Qt.Key.Key_T)
    assert _text(editor) != before


def test_the_letter_of_another_field_leads_there(qtbot: QtBot) -> None:
    note, titel = TextField("Notitie"), Field("&Titel")
    page = _shown(qtbot, note, titel)
    note.setFocus()
    QTest.keyClick(note.edit, Qt.Key.Key_T, ALT)
    assert page.focusWidget() is titel.edit
    assert (note.text, titel.text) == ("", "")


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "leads"),
    [
        (Qt.Key.Key_T, ALT, "t", True),
        (Qt.Key.Key_1, ALT, "1", True),
        (Qt.Key.Key_T, ALT, "†", False),
        (Qt.Key.Key_unknown, ALT, "é", False),
        (Qt.Key.Key_Return, ALT, "\r", False),
        (Qt.Key.Key_Q, ALT | Qt.KeyboardModifier.ControlModifier, "@", False),
        (Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier, "t", False),
        (Qt.Key.Key_Backspace, ALT, "", False),
    ],
)
def test_what_a_keyboard_types_with_alt_is_typing(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str, leads: bool
) -> None:
    assert is_alt_letter(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) is leads
