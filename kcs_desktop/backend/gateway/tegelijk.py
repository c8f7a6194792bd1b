"""Many questions of one kind, side by side: a few at a time, so that one answer takes no register for itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

A = TypeVar("A")
T = TypeVar("T")
AT_ONCE = 8


async def each(ask: Callable[[A], Awaitable[T]], about: Iterable[A]) -> list[T]:
    """The answers, in the order of what they are about. Raises what the first that failed raised; by then none is asked
    any more."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(item: A) -> T:
        async with turns:
            return await ask(item)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(item)) for item in about]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
