"""The one thread that touches the stores, so that no query ever holds up the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Werker:
    """Runs functions one after another, in the order they were given."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kcs-opslag")

    async def run(self, functie: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result, awaited without blocking. Cancelling drops work that has not begun; what has begun is done."""
        return await asyncio.wrap_future(self.post(functie, *args, **kwargs))

    def post(self, functie: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Hand in work without waiting; the caller looks at the future's exception."""
        return self._pool.submit(functie, *args, **kwargs)

    def close(self) -> None:
        """Finish what was handed in, then end the thread."""
        self._pool.shutdown(wait=True)
