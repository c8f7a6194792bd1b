"""The calls over the lines of one pool: given up, or ended with the pool, they leave no line open.

httpcore takes the lines that expired out of its pool and closes them within the next request, shielded from the
cancelling of anyio only. A plain `task.cancel()`, and so `asyncio.timeout` and a task group, goes through that shield:
the lines that were still to be closed would stay open until the garbage collector finds them. So would a line that was
still being made when its pool was closed. The end of an answer that is read bit by bit closes expired lines too.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from typing import Any, Protocol, TypeVar, runtime_checkable

import anyio
import httpx

T = TypeVar("T")
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
        """An answer whose content is still to be read: each part of it, and the closing, is a call of its own."""
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
    def __init__(self, gebruik: Lijngebruik, content: httpx.AsyncByteStream) -> None:
        self._gebruik = gebruik
        self._content = content
        self._parts = aiter(content)
        self._turn = asyncio.Lock()  # a part that is given up may still be ending when all is closed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (part := await self._gebruik.run(self._next())) is not None:
            yield part

    async def aclose(self) -> None:
        await self._gebruik.run(self._close())

    async def _next(self) -> bytes | None:
        async with self._turn:
            return await anext(self._parts, None)

    async def _close(self) -> None:
        with anyio.CancelScope(shield=True):
            async with self._turn:
                await self._content.aclose()
                if isinstance(self._parts, AsyncGenerator):  # left to the collector it would end outside of any task
                    await self._parts.aclose()


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
