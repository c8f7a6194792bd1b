"""A frame in a window, over a seat and plugins that are made up."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from tests.harness.seat_fake import FakeSeat
from tests.unit.ui.frame.tabbladen import BROKEN, KLANT, PAGED, SHOWING
from ui.frame.controller import FrameController
from ui.frame.window import MainWindow


@pytest.fixture
async def frame(qtbot: QtBot) -> AsyncIterator[FrameController]:
    window = MainWindow()
    window.show()
    controller = FrameController(window, FakeSeat(), (BROKEN, PAGED, SHOWING, KLANT))
    yield controller
    controller.close()
    window.let_go()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
