"""The calls over the lines of one pool: given up, or ended with the pool, they leave no line open.

httpcore takes the lines that expired out of its pool and closes them within the next request, shielded from the
cancelling of anyio only. A plain `task.cancel()`, and so `asyncio.timeout` and a task group, goes through that shield:
the lines that were still to be closed would stay open until the garbage collector finds them. So would a line that was
still being made when its pool was closed. The end of an answer that is read bit by bit closes expired lines too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from typing import Any, Protocol, TypeVar, runtime_checkable

import anyio
import httpx

T = TypeVar("T")
_AHEAD = 4  # parts
_ending: set[asyncio.Task[Any]] = set()  # the loop itself holds a task weakly


@runtime_checkable
class _Open(Protocol):
    async def aclose(self) -> None: ...


class Lijngebruik:
    """Of one pool, or of some that are closed together."""

    def __init__(self) -> None:
        self._running: dict[asyncio.Task[Any], anyio.CancelScope] = {}
        self._is_ending = False

    async def run(self, call: Coroutine[Any, Any, T]) -> T:
        """What `call` gives. Cancelled, it ends `call` in the way that httpcore heeds, and waits for that end. Raises
        ConnectionAbortedError when the pool is closed meanwhile."""
        scope = anyio.CancelScope()
        task = _begun(self._within(scope, call))
        self._running[task] = scope
        task.add_done_callback(lambda ended: self._running.pop(ended, None))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            scope.cancel()
            await asyncio.wait({_begun(_close_result(task))})  # given up once more, that goes on by itself
            raise

    def held(self, response: httpx.Response) -> httpx.Response:
        """An answer whose content is still to be read: the reading of it, and the closing, are calls too."""
        if isinstance(response.stream, httpx.AsyncByteStream):
            response.stream = _Content(self, response.stream)
        return response

    async def end(self, *closings: Coroutine[Any, Any, None]) -> None:
        """Give up what runs, and only then close what it runs over. Cancelled, it does so all the same."""
        task = _begun(self._end(closings))
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait({task})
            raise

    async def _end(self, closings: tuple[Coroutine[Any, Any, None], ...]) -> None:
        self._is_ending = True
        try:
            while self._running:  # one may begin while another ends
                for scope in self._running.values():
                    scope.cancel()
                await asyncio.wait(tuple(self._running))
            for closing in closings:
                await closing
        finally:
            self._is_ending = False

    async def _within(self, scope: anyio.CancelScope, call: Coroutine[Any, Any, T]) -> T:
        with scope:
            return await call
        raise ConnectionAbortedError("closed") if self._is_ending else asyncio.CancelledError


class _Content(httpx.AsyncByteStream):
    """Read by one call, a few parts ahead of who takes them."""

    def __init__(self, gebruik: Lijngebruik, content: httpx.AsyncByteStream) -> None:
        self._gebruik = gebruik
        self._content = content
        self._parts: deque[bytes] = deque()
        self._news, self._room = asyncio.Event(), asyncio.Event()
        self._reading: asyncio.Task[None] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        reading = self._reading = _begun(self._gebruik.run(self._read()))
        reading.add_done_callback(lambda _ended: self._news.set())
        while True:
            while self._parts:
                yield self._parts.popleft()
                self._room.set()
            if reading.done():
                break
            self._news.clear()
            await self._news.wait()
        await reading

    async def aclose(self) -> None:
        if self._reading is not None and not self._reading.done():
            self._reading.cancel()
            await asyncio.wait({self._reading})
        await self._gebruik.run(self._close())

    async def _read(self) -> None:
        parts = aiter(self._content)
        try:
            async for part in parts:
                self._parts.append(part)
                self._news.set()
                while len(self._parts) >= _AHEAD:
                    self._room.clear()
                    await self._room.wait()
        finally:
            with anyio.CancelScope(shield=True):
                await self._content.aclose()
                if isinstance(parts, AsyncGenerator):  # left to the collector it would end outside of any task
                    await parts.aclose()

    async def _close(self) -> None:
        with anyio.CancelScope(shield=True):
            await self._content.aclose()


def _begun(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    task = asyncio.create_task(work)
    _ending.add(task)
    task.add_done_callback(_ended)
    return task


async def _close_result(task: asyncio.Task[Any]) -> None:
    """Of an answer that arrived in the turn in which nobody wanted it any more."""
    await asyncio.wait({task})
    if not task.cancelled() and task.exception() is None and isinstance(task.result(), _Open):
        await task.result().aclose()


def _ended(task: asyncio.Task[Any]) -> None:
    _ending.discard(task)
    if not task.cancelled():
        task.exception()  # told to who asked; where that one is gone, to nobody
