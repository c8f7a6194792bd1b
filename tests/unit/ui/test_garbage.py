"""Garbage with widgets in it is freed on Qt's thread, however busy another thread is."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.garbage import Collector
from ui.loop import run


class Ring:
    """A timer in a cycle: no count of references frees it."""

    def __init__(self) -> None:
        self.timer = QTimer()
        self.itself = self


def test_a_busy_thread_frees_nothing_of_qt(qapp: QApplication) -> None:
    freed: list[threading.Thread] = []
    here, is_freed = threading.current_thread(), asyncio.Event()

    def note() -> None:
        freed.append(threading.current_thread())
        is_freed.set()

    def make_much() -> int:
        kept: list[list[int]] = [[] for _ in range(200_000)]
        return len(kept)

    async def main() -> None:
        weakref.finalize(Ring(), note)
        await asyncio.to_thread(make_much)
        assert not freed
        kept: list[list[int]] = [[] for _ in range(2_000)]
        async with asyncio.timeout(20):
            await is_freed.wait()
        assert kept

    run(qapp, main)
    assert freed == [here]


def test_what_was_made_long_ago_is_looked_through_once_much_came_since() -> None:
    freed: list[bool] = []
    ring = Ring()
    weakref.finalize(ring, freed.append, True)
    was_enabled, limits = gc.isenabled(), gc.get_threshold()
    gc.disable()
    old: list[list[int]] = [[] for _ in range(50_000)]  # the rest of this process may be frozen, and counts for nothing
    gc.collect()  # they are among what lives long now, and so is the ring
    del ring
    gc.set_threshold(1, 1, 1)
    kept: list[list[int]] = []
    collector = Collector()
    try:
        for _ in range(40):
            kept += [[] for _ in range(10)]
            collector.collect_if_due()
        assert not freed, "every few hundred objects would hold up the window"
        for _ in range(8):
            kept += [[] for _ in range(len(gc.get_objects()) // 4)]
            collector.collect_if_due()
    finally:
        gc.set_threshold(*limits)
        if was_enabled:
            gc.enable()
    assert freed == [True]
    assert len(old) == 50_000
