"""Keys in the window of the frame, as the one that is in front."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.frame.controller import FrameController


def press(frame: FrameController, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(frame.window.focusWidget() or frame.window, key, modifier)
    QCoreApplication.processEvents()


async def active(frame: FrameController, qtbot: QtBot) -> None:
    frame.window.activateWindow()
    qtbot.waitUntil(frame.window.isActiveWindow)
