"""Tells the backend which customers this seat shows, so that what comes to them travels with the event.

It only spares requests: of a change that comes without, whoever shows the subject fetches it. So nothing is kept or
tried for long; a telling that was lost is done again with the next stream.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from kcs_desktop.api.client import Doel
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.sync.taken import Taken

PACE = 0.25  # seconds: who leafs through customers tells about the last one
MOST = 40  # customers; of more, the ones shown last

Verteller = Callable[[Sequence[str], Doel], Awaitable[None]]


class Getoond:
    """`tell` says it to the backend; `doel` is why the employee looks, now."""

    def __init__(self, tell: Verteller, doel: Callable[[], Doel], on_error: Callable[[BaseException], None]) -> None:
        self._tell = tell
        self._doel = doel
        self._partijen: tuple[str, ...] = ()
        self._told: tuple[tuple[str, ...], Doel] | None = None  # what the backend was told last, on this stream
        self._is_live = False
        self._is_telling = False
        self._taken = Taken(on_error)

    def show(self, partijen: Sequence[str]) -> None:
        """These stand on screen now, the one shown last at the end."""
        self._partijen = tuple(partijen)[-MOST:]
        self.look()

    def on_stream(self, connected: bool) -> None:
        """Another stream knows nothing of what was told, and may be at another server."""
        self._is_live = connected
        self._told = None
        self.look()

    def look(self) -> None:
        """Tell what is shown where that, or why, is not what was told."""
        if self._is_live and not self._is_telling and self._differs():
            self._is_telling = True
            self._taken.also("getoond vertellen", self._tell_on())

    async def end(self) -> None:
        self._is_live = False
        await self._taken.close()

    def _now(self) -> tuple[tuple[str, ...], Doel]:
        return tuple(sorted(self._partijen)), self._doel()

    def _differs(self) -> bool:
        if self._told is None or not self._told[0]:
            return bool(self._partijen)
        return self._told != self._now()

    async def _tell_on(self) -> None:
        try:
            while self._is_live and self._differs():
                await asyncio.sleep(PACE)
                telling = self._now()
                self._told = telling  # before the call: a stream that begins meanwhile is told anew
                await self._tell(*telling)
        except KcsError:
            return
        finally:
            self._is_telling = False
