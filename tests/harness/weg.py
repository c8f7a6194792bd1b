"""What a test let go of is gone after it, on the thread that made it.

Qt deletes later, when its own loop turns, and no loop of Qt turns here: the widgets of every test stayed, and each one
after it restyled them all. And garbage is collected between tests, as `ui.garbage` does for the window: the threads of
a backend in this process would free what a test of the window left, and Qt would fall over it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from ui.garbage import Collector


@pytest.fixture(autouse=True, scope="session")
def collector() -> Iterator[Collector]:
    """The one of this process; by itself Python collects nothing meanwhile."""
    gc.disable()
    yield Collector()
    gc.enable()


@pytest.fixture(autouse=True)
def cleaned_up(request: pytest.FixtureRequest, collector: Collector) -> Iterator[None]:
    """After the other fixtures of each test."""
    yield
    if "qapp" in request.fixturenames:
        from PySide6.QtCore import QCoreApplication, QEvent

        from ui.widgets.key_press import forget_press

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        forget_press()
    collector.collect_if_due()
