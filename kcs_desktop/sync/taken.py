"""Every running task has an owner that ends it. A task that breaks is reported, never lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
_TASK = "taak: "


class Taken:
    """Named tasks: starting a name again cancels the one that ran under it."""

    def __init__(self, on_error: Callable[[BaseException], None]) -> None:
        self._on_error = on_error
        self._named: dict[str, asyncio.Task[Any]] = {}
        self._all: set[asyncio.Task[Any]] = set()

    def start(self, naam: str, werk: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        self.stop(naam)
        taak = asyncio.get_running_loop().create_task(werk, name=naam)
        self._named[naam] = taak
        self._all.add(taak)
        taak.add_done_callback(self._ended)
        return taak

    def stop(self, naam: str) -> None:
        """Cancel what runs under this name, if anything does."""
        if (taak := self._named.get(naam)) is not None:
            taak.cancel()

    def also(self, naam: str, werk: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start beside whatever runs; nothing is cancelled."""
        taak = asyncio.get_running_loop().create_task(werk, name=naam)
        self._all.add(taak)
        taak.add_done_callback(self._ended)
        return taak

    async def close(self) -> None:
        """Cancel everything and wait until it ended."""
        taken = [taak for taak in self._all if taak is not asyncio.current_task()]
        for taak in taken:
            taak.cancel()
        await asyncio.gather(*taken, return_exceptions=True)

    async def settle(self) -> None:
        """Wait until what runs now has ended by itself."""
        await asyncio.gather(*self._all, return_exceptions=True)

    def _ended(self, taak: asyncio.Task[Any]) -> None:
        self._all.discard(taak)
        naam = taak.get_name()
        if self._named.get(naam) is taak:
            del self._named[naam]
        if not taak.cancelled() and (fout := taak.exception()) is not None:
            name_task(fout, naam)
            self._on_error(fout)


def name_task(fout: BaseException, naam: str) -> None:
    """Note on an error which task it broke; what follows the first words of a name is an id."""
    fout.add_note(f"{_TASK}{naam}")


def task_of(fout: BaseException) -> str:
    """The task that this error broke; "" where none was noted."""
    noten: list[str] = getattr(fout, "__notes__", [])
    return next((noot.removeprefix(_TASK) for noot in noten if noot.startswith(_TASK)), "")


async def done(werk: Future[T]) -> T:
    """What work that was handed to another thread gave, when it is done; ending this wait does not take it back."""
    return await asyncio.shield(asyncio.wrap_future(werk))
