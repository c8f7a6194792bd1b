"""What a test let go of is gone after it. Qt deletes later, when its own loop turns, and no loop of Qt turns here: the
widgets of every test stayed, and each one after it restyled them all."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def deleted_later(request: pytest.FixtureRequest) -> Iterator[None]:
    """After the other fixtures of each test that has an application."""
    yield
    if "qapp" in request.fixturenames and "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
