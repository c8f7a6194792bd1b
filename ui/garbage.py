"""Garbage is collected on Qt's thread only.

A window, page or dialog that went leaves a cycle of objects for Python's collector. By itself that runs in whichever
thread happens to make an object: the store's, or that of a backend within this process. A timer or widget freed there
leaves Qt pointing at nothing, and the program falls.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QTimer

EVERY = 250  # milliseconds
_OLDEST = 2  # generation
_GROWN = 4  # everything is looked through once this part of what lives long came since, as Python does


@contextmanager
def collected_here() -> Iterator[None]:
    """Until the block ends, on the thread that runs Qt's loop in it."""
    was_enabled = gc.isenabled()
    gc.disable()
    collector, timer = Collector(), QTimer()
    timer.timeout.connect(collector.collect_if_due)
    timer.start(EVERY)
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()


class Collector:
    """Decides as Python's own collector does, by its counts and thresholds."""

    def __init__(self) -> None:
        self._old = len(gc.get_objects(_OLDEST))  # objects
        self._grown = 0  # objects that came to live long since everything was looked through

    def collect_if_due(self) -> None:
        """The oldest generation for which it is time, with the younger ones."""
        limits = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, limit) in enumerate(limits) if count > limit > 0]
        if due and due[-1] == _OLDEST and self._grown * _GROWN < self._old:
            due.pop()
        match due[-1] if due else None:
            case 0:
                gc.collect(0)
            case 1:
                young = len(gc.get_objects(0)) + len(gc.get_objects(1))
                self._grown += max(0, young - gc.collect(1))
            case 2:
                gc.collect()
                self._old, self._grown = len(gc.get_objects(_OLDEST)), 0
