"""A place acts on Ctrl+Enter and Esc itself; what it does not act on is of the place around it, and then the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.own_keys import own_keys


class Stage:
    """A window with the same keys, in it a form, and in that a part whose line edit has the cursor."""

    def __init__(self, qtbot: QtBot) -> None:
        self.done: list[str] = []
        self.window, self.form, self.part, self.edit = QWidget(), QWidget(), QWidget(), QLineEdit()
        for outer, inner in ((self.window, self.form), (self.form, self.part), (self.part, self.edit)):
            QVBoxLayout(outer).addWidget(inner)
        for keys in ("Ctrl+Return", "Esc"):
            QShortcut(QKeySequence(keys), self.window, lambda keys=keys: self.done.append(f"window {keys}"))
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.edit.setFocus()

    def adds(self, what: str) -> None:
        self.done.append(what)

    def ctrl_enter(self) -> None:
        QTest.keyClick(self.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def esc(self) -> None:
        QTest.keyClick(self.edit, Qt.Key.Key_Escape)


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_its_keys_are_its_own_and_not_those_of_the_window(stage: Stage) -> None:
    stage.ctrl_enter()
    stage.esc()
    own_keys(stage.part, lambda: stage.adds("act"), lambda: stage.adds("leave"))
    stage.ctrl_enter()
    stage.esc()
    assert stage.done == ["window Ctrl+Return", "window Esc", "act", "leave"]


def test_what_it_does_not_act_on_is_of_the_place_around_it(stage: Stage) -> None:
    may_act = False
    own_keys(stage.form, lambda: stage.adds("form"), lambda: stage.adds("leave form"))
    own_keys(stage.part, lambda: stage.adds("part"), may_act=lambda: may_act)
    stage.ctrl_enter()
    stage.esc()
    assert stage.done == ["form", "leave form"]


def test_a_press_too_many_does_nothing_in_another_place(stage: Stage) -> None:
    may_act = True
    own_keys(stage.form, lambda: stage.adds("form"))
    own_keys(stage.part, lambda: stage.adds("part"), may_act=lambda: may_act)
    stage.ctrl_enter()
    may_act = False
    stage.ctrl_enter()
    assert stage.done == ["part"]


def test_other_keys_go_on(stage: Stage) -> None:
    own_keys(stage.part, lambda: stage.adds("act"), lambda: stage.adds("leave"))
    QTest.keyClicks(stage.edit, "a")
    QTest.keyClick(stage.edit, Qt.Key.Key_Return)
    assert (stage.edit.text(), stage.done) == ("a", [])
