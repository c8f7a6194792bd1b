"""Ctrl+Enter does one thing per press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.key_press import forget_press, is_ctrl_enter, is_same_press, take_press


def pressed(modifiers: Qt.KeyboardModifier, *, is_held: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, modifiers, "\r", is_held)


def test_a_second_press_in_the_rhythm_of_the_first_is_the_first(qtbot: QtBot) -> None:
    enter = pressed(Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not is_same_press())
    form, note = QWidget(), QWidget()
    assert take_press(form, enter)
    assert is_same_press()
    assert not take_press(note, enter)
    assert take_press(form, enter), "it may have said that something was missing"
    qtbot.waitUntil(lambda: not is_same_press(), timeout=5 * QApplication.doubleClickInterval())
    assert take_press(note, enter)
    forget_press()
    assert take_press(form, enter), "of who comes after, and pressed nothing yet"


def test_a_key_that_is_held_is_one_press(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not is_same_press())
    assert not take_press(QWidget(), pressed(Qt.KeyboardModifier.ControlModifier, is_held=True))
    assert not is_same_press()


def test_enter_alone_is_another_key(qapp: QApplication) -> None:
    assert is_ctrl_enter(pressed(Qt.KeyboardModifier.ControlModifier))
    assert not is_ctrl_enter(pressed(Qt.KeyboardModifier.NoModifier))
    assert not is_ctrl_enter(QEvent(QEvent.Type.KeyPress))
