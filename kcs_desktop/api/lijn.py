"""How a call over the lines of a pool is given up: what the pool was closing is closed all the same.

httpcore takes the lines that expired out of its pool and closes them within the next request, shielded from the
cancelling of anyio only. A plain `task.cancel()`, and so `asyncio.timeout` and a task group, goes through that shield:
the lines that were still to be closed would stay open until the garbage collector finds them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar, runtime_checkable

import anyio

T = TypeVar("T")
_ending: set[asyncio.Task[Any]] = set()  # the loop itself holds a task weakly


@runtime_checkable
class _Open(Protocol):
    async def aclose(self) -> None: ...


async def give_up_whole(call: Coroutine[Any, Any, T]) -> T:
    """What `call` gives. Cancelled, it ends `call` in the way that httpcore heeds, and waits for that end."""
    scope = anyio.CancelScope()
    task = _begun(_within(scope, call))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        scope.cancel()
        await asyncio.wait({_begun(_close_result(task))})  # given up once more, that goes on by itself
        raise


def _begun(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    task = asyncio.create_task(work)
    _ending.add(task)
    task.add_done_callback(_ended)
    return task


async def _within(scope: anyio.CancelScope, call: Coroutine[Any, Any, T]) -> T:
    with scope:
        return await call
    raise asyncio.CancelledError


async def _close_result(task: asyncio.Task[Any]) -> None:
    """Of an answer that arrived in the turn in which nobody wanted it any more."""
    await asyncio.wait({task})
    if not task.cancelled() and task.exception() is None and isinstance(task.result(), _Open):
        await task.result().aclose()


def _ended(task: asyncio.Task[Any]) -> None:
    _ending.discard(task)
    if not task.cancelled():
        task.exception()  # told to who asked; where that one is gone, to nobody
