"""Silence locks the window; input puts it off, and is told once a minute."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.aanmelden.stilte import Stilte

START = 1_700_000_000.0


class Watched:
    """A shown window, its watch, and a wall clock that the test moves."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = START
        self.fell = self.busy = 0
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.stilte = Stilte(10, self.window, clock=lambda: self.now)
        self.stilte.watch(self.window)
        self.stilte.fell.connect(self._on_fell)
        self.stilte.busy.connect(self._on_busy)

    def touch(self, after: float) -> None:
        """A key, so many seconds later."""
        self.now += after
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        handle = self.window.windowHandle()
        assert handle is not None
        QApplication.sendEvent(handle, key)

    def _on_fell(self) -> None:
        self.fell += 1

    def _on_busy(self) -> None:
        self.busy += 1


@pytest.fixture
def watched(qtbot: QtBot) -> Watched:
    return Watched(qtbot)


def test_input_is_told_at_most_once_a_minute(watched: Watched) -> None:
    for _ in range(59):
        watched.touch(2)
    assert watched.busy == 1
    watched.touch(2)
    assert watched.busy == 2
    assert watched.stilte.last == datetime.fromtimestamp(START + 120, UTC)


def test_a_machine_that_slept_past_the_lock_is_locked_at_the_first_touch(watched: Watched) -> None:
    watched.touch(599)
    assert watched.fell == 0
    watched.touch(601)
    assert watched.fell == 1
    assert watched.stilte.last == datetime.fromtimestamp(START + 599, UTC)


def test_after_unlocking_it_counts_again(watched: Watched) -> None:
    watched.touch(601)
    watched.touch(601)
    assert watched.fell == 1  # locked: nothing to count
    watched.stilte.begin()
    watched.touch(601)
    assert watched.fell == 2
