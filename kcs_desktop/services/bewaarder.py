"""What changes while somebody types is on disk within a second, and is tried again while the store refuses it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from kcs_desktop.services.opslag import Opslag

# A tab tells what was typed in it at most 0.3 s later; together that stays well within the second that may be lost.
DEBOUNCE = 0.2  # seconds after the last key press
LONGEST = 0.5  # seconds that a change may wait while keys keep coming
RETRY = 5.0  # seconds, when the store refused


class Bewaarder:
    """Knows by name what changed; `write` puts those in the store as they are then."""

    def __init__(
        self, opslag: Opslag, write: Callable[[set[str]], Awaitable[None]], on_error: Callable[[BaseException], None]
    ) -> None:
        self._opslag = opslag
        self._write = write
        self._on_error = on_error
        self._changed: set[str] = set()
        self._since = 0.0  # loop time of the first change that is not written
        self._touched = asyncio.Event()

    def touch(self, naam: str) -> None:
        if not self._changed:
            self._since = asyncio.get_running_loop().time()
        self._changed.add(naam)
        self._touched.set()

    def spare(self, naam: str) -> None:
        """It needs no writing any more: something else took it along."""
        self._changed.discard(naam)

    def forget(self) -> None:
        """Nothing of what changed is this employee's any more."""
        self._changed.clear()

    async def flush(self) -> None:
        """Everything that changed is on disk when this returns; raises what the store raised."""
        if not self._changed or not self._opslag.is_open:
            return
        names, self._changed = self._changed, set()
        try:
            await self._write(names)
        except BaseException:
            self._changed |= names
            raise

    async def keep_saving(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self._touched.wait()
            while self._touched.is_set() and loop.time() - self._since < LONGEST - DEBOUNCE:
                self._touched.clear()
                await asyncio.sleep(DEBOUNCE)
            self._touched.clear()
            try:
                await self.flush()
            except Exception as fout:  # noqa: BLE001 -- a full disk: keep trying, the employee is told
                self._on_error(fout)
                await asyncio.sleep(RETRY)
                self._touched.set()
