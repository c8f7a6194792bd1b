"""The same question of several callers while nothing changed, read once.

Each request brings the number of the last change that was committed when it was let in. A reading that began under that
number holds every change up to it, so whoever comes with the same number may have it, also while it is under way. What
each caller may see, and that they saw it, is not decided here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")

KEPT = 2.0  # seconds: what a bulk load brings in is not announced
MOST = 100  # answers


class Shared(Generic[T]):
    """The readings of one number; another number forgets them."""

    def __init__(self) -> None:
        self._number: Hashable = None
        self._readings: dict[Hashable, tuple[float, asyncio.Task[T]]] = {}

    async def read(self, number: Hashable, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """The answer to `key`. None as `number` shares nothing. Raises what `read` raises, and keeps no failure."""
        if number is None:
            return await read()
        if number != self._number:
            self._number, self._readings = number, {}
        readings = self._readings
        began, task = readings.get(key, (0.0, None))
        if task is None or monotonic() - began > KEPT:
            if len(readings) >= MOST:
                readings.clear()
            task = asyncio.create_task(_awaited(read), name="shared reading")
            task.add_done_callback(_heard)
            readings[key] = (monotonic(), task)
        try:
            return await asyncio.shield(task)
        except Exception:
            readings.pop(key, None)
            raise


def _heard(task: asyncio.Task[T]) -> None:
    """A failure that nobody waits for any more is nobody's."""
    if not task.cancelled():
        task.exception()


async def _awaited(read: Callable[[], Awaitable[T]]) -> T:
    return await read()
