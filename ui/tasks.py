"""Named tasks that cancel their predecessor, owned by a scope that ends with its view.

Presenters are Qt-free and start their coroutines here; `async def` never sits on a widget. Must not know Qt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class TaskScope:
    """All tasks of one view. Exceptions go to `on_error`, never to the loop's default handler."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        self._is_closed = False

    def start(self, name: str, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Run `coroutine` under `name`, after cancelling the task that has this name now."""
        self.stop(name)
        if self._is_closed:
            coroutine.close()
            return
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._tasks[name] = task
        task.add_done_callback(lambda done: self._on_done(name, done))

    def stop(self, name: str) -> None:
        """Cancel the task of this name, if it runs."""
        task = self._tasks.pop(name, None)
        if task is not None:
            task.cancel()

    def cancel(self) -> None:
        """Cancel everything, for good: what is started later is dropped."""
        self._is_closed = True
        for name in tuple(self._tasks):
            self.stop(name)

    def is_running(self, name: str) -> bool:
        return name in self._tasks

    async def wait(self) -> None:
        """Until every task that runs now has ended; for tests and for closing."""
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _on_done(self, name: str, task: asyncio.Task[Any]) -> None:
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_error(error)
