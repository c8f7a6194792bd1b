"""Small writes that arrive in the same moment, in one transaction: a commit costs more than what is in it.

The first opens a batch, and whatever comes while the batch before it is being written goes along. Nobody waits for a
clock, and each caller goes on only when its own write is committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Generic, TypeVar

Unit = TypeVar("Unit")
Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class _Undone(Exception):
    """What was being written was rolled back because of `error`."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


class _Refused:
    """One item that could not be written, also not by itself."""

    def __init__(self, error: Exception) -> None:
        self.error = error


class _Batch(Generic[Item, Outcome]):
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.written: asyncio.Task[Sequence[Outcome | _Refused]] | None = None


class Together(Generic[Unit, Item, Outcome]):
    """`write` puts a batch in an open transaction and gives an outcome per item, in their order."""

    def __init__(
        self,
        transaction: Callable[[], AbstractAsyncContextManager[Unit]],
        write: Callable[[Unit, Sequence[Item]], Awaitable[Sequence[Outcome]]],
    ) -> None:
        self._transaction = transaction
        self._write = write
        self._open: _Batch[Item, Outcome] | None = None
        self._last: asyncio.Task[Sequence[Outcome | _Refused]] | None = None

    async def add(self, item: Item) -> Outcome:
        """Returns when the item is committed. Raises what writing it raises, never for what goes along with it.

        Whoever is cancelled stops waiting; the batch is written all the same.
        """
        batch = self._open
        if batch is None:
            self._open = batch = _Batch()
        place = len(batch.items)
        batch.items.append(item)
        if batch.written is None:
            batch.written = self._last = asyncio.create_task(self._run(batch, self._last))
        outcome = (await asyncio.shield(batch.written))[place]
        if isinstance(outcome, _Refused):
            raise outcome.error
        return outcome

    async def settle(self) -> None:
        """Wait until everything that was added is committed or refused."""
        while self._last is not None and not self._last.done():
            await asyncio.wait([self._last])

    async def _run(
        self, batch: _Batch[Item, Outcome], before: asyncio.Task[Sequence[Outcome | _Refused]] | None
    ) -> Sequence[Outcome | _Refused]:
        try:
            if before is not None and not before.done():
                await asyncio.wait([before])
        finally:
            self._open = None  # who comes from now on opens the next batch
        items = tuple(batch.items)
        try:
            return await self._in_one(items)
        except _Undone as undone:
            if len(items) == 1:
                return [_Refused(undone.error)]
        # One of them cannot be written. Nothing of the batch was kept, so each is tried by itself.
        return [await self._alone(item) for item in items]

    async def _in_one(self, items: Sequence[Item]) -> Sequence[Outcome]:
        async with self._transaction() as unit:
            try:
                return await self._write(unit, items)
            except Exception as error:
                raise _Undone(error) from error

    async def _alone(self, item: Item) -> Outcome | _Refused:
        try:
            return (await self._in_one([item]))[0]
        except _Undone as undone:
            return _Refused(undone.error)
        except Exception as error:  # noqa: BLE001 -- its commit: it is this item's alone, as the others are tried too
            return _Refused(error)
