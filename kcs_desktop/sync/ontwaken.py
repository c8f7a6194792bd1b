"""Notices that the machine slept: waiting times stood still meanwhile, and connections are dead without saying so."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from kcs_desktop.domain.signal import Signal

LOOK = 2.0  # seconds between looks
SLEPT = 10.0  # seconds that a look may come too late before it counts as sleep; a busy machine is late too


def time_with_sleep() -> float:
    """Seconds that go on while the machine sleeps and that no setting of the clock touches, where there is such a
    count; else the clock's own."""
    count = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(count) if count is not None else time.time()


class Ontwaken:
    """`woke` after a sleep, with its length in seconds. `run` is its loop."""

    def __init__(self, clock: Callable[[], float] = time_with_sleep, *, look: float = LOOK) -> None:
        self.woke: Signal[float] = Signal()
        self._clock = clock
        self._look = look

    async def run(self) -> None:
        """Until cancelled."""
        vorige = self._clock()
        while True:
            await asyncio.sleep(self._look)
            nu = self._clock()
            te_laat = nu - vorige - self._look
            vorige = nu
            if te_laat > SLEPT:
                self.woke.emit(te_laat)
