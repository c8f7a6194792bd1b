"""What goes on behind the window breaks without anybody waiting for it: said here, and begun again if it must last."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from kcs_desktop.cache.storing import storing_of
from kcs_desktop.domain.signal import Signal
from kcs_desktop.sync.taken import name_task, task_of

AGAIN = 1.0  # seconds until what broke begins again
_CANNOT_WRITE = "Uw laatste wijzigingen konden niet worden bewaard: de schijf is vol of alleen-lezen."
_log = logging.getLogger("kcs_desktop.achtergrond")


class Achtergrond:
    """`failed` tells a bug; a store that refuses is no bug, and stands in `melding` until the next sign-in."""

    def __init__(self) -> None:
        self.failed: Signal[BaseException] = Signal()
        self.changed: Signal[str] = Signal()
        self.melding = ""

    def begin(self) -> None:
        """Somebody signed in: of their work everything can still be written."""
        self.melding = ""

    def report(self, fout: BaseException) -> None:
        if storing_of(fout) is not None:
            self.melding = _CANNOT_WRITE
            self.changed.emit(self.melding)
            return
        # What, which and where only: the text of an error may hold what somebody typed.
        _log.error("background task failed: %s in %s at %s", type(fout).__name__, task_of(fout) or "?", _where(fout))
        self.failed.emit(fout)

    async def lasting(self, naam: str, work: Callable[[], Awaitable[None]]) -> None:
        """What the whole day rests on begins again where a listener or the disk broke it."""
        while True:
            try:
                return await work()
            except Exception as fout:  # noqa: BLE001 -- said, and no reason to go without for the rest of the day
                name_task(fout, naam)
                self.report(fout)
                await asyncio.sleep(AGAIN)


def _where(fout: BaseException) -> str:
    """File and line that raised it, without folders."""
    stappen = traceback.extract_tb(fout.__traceback__)
    return f"{Path(stappen[-1].filename).name}:{stappen[-1].lineno}" if stappen else "?"
