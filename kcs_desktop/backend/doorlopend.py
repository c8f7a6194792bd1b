"""Work that goes on as long as the application runs: a turn, a pause, and again, until it is told to stop."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import ClassVar

import structlog

log = structlog.get_logger(__name__)


class Doorlopend(ABC):
    """`start` and `stop` on the application's loop. A turn that fails is logged under `naam`, and tried again."""

    naam: ClassVar[str]

    def __init__(self, interval: float, *, first: float = 0.0) -> None:
        """`interval` in seconds, from the end of a turn to the next; `first`, from the start to the first turn."""
        self._interval = interval
        self._first = first
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False
        self._due = asyncio.Event()

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name=self.naam)

    async def stop(self) -> None:
        """End after the turn that is running."""
        task, self._task = self._task, None
        if task is not None:
            self._is_stopping = True
            self._due.set()
            await task
            self._is_stopping = False

    def wake(self) -> None:
        """Do not wait for the next turn: it comes now, or right after the one that is running."""
        self._due.set()

    @abstractmethod
    async def turn(self) -> object:
        """Do what is due now."""

    async def leave(self) -> None:
        """The last thing done before it ends."""
        return

    async def _run(self) -> None:
        if self._first:
            await self._rest(self._first)
        while not self._is_stopping:
            self._due.clear()
            await self._safe_turn()
            await self._rest(self._interval)
        await self.leave()

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._due.wait(), seconds)

    async def _safe_turn(self) -> None:
        try:
            await self.turn()
        except Exception as error:  # noqa: BLE001 -- else it ended silently, and raised when all must be tidied up
            # What was done stands on its own; a later turn does the rest.
            log.warning(f"{self.naam}.failed", error=type(error).__name__)
