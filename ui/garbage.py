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


@contextmanager
def collected_here() -> Iterator[None]:
    """Until the block ends, on the thread that runs Qt's loop in it."""
    was_enabled = gc.isenabled()
    gc.disable()
    timer = QTimer()
    timer.timeout.connect(collect_if_due)
    timer.start(EVERY)
    try:
        yield
    finally:
        timer.stop()
        if was_enabled:
            gc.enable()


def collect_if_due() -> None:
    """What Python would have looked through by now, by its own counts and thresholds; the oldest generation first."""
    for generation, (count, threshold) in reversed([*enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))]):
        if count > threshold > 0:
            gc.collect(generation)
            return
