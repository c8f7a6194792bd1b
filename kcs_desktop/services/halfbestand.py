"""A file of the employee while it is written: beside its place, so that what stands there is whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from weakref import WeakValueDictionary

from kcs_desktop.sync.taken import done


def half_of(path: Path) -> Path:
    """Where it is written first. Its own name may be as long as a name can be, so this one is not made of it."""
    mark = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    return path.with_name(f".{mark}.half")


def begin(half: Path) -> BinaryIO:
    """Empty, in the place of one that was left, and for its owner alone. Raises OSError."""
    half.unlink(missing_ok=True)
    return os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


class Halfbestand:
    """A file that comes piece by piece; what was not kept is gone after the block. Every method raises OSError.

    All that touches the disk is done in order by a thread of its own: whoever waits for a slow one holds up nobody, and
    may be cancelled at any moment. What the disk is at then is ended there, and what stands half goes after that.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._half = path, half_of(path)
        self._file: BinaryIO | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kcs-bestand")
        self._before, self._ended = _last.get(self._half), threading.Event()
        _last[self._half] = self._ended

    async def __aenter__(self) -> Halfbestand:
        try:
            await self._do(self._begin)
        except BaseException as fout:
            await self.__aexit__(type(fout), fout, fout.__traceback__)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fout: BaseException | None, trace: TracebackType | None
    ) -> None:
        weg = self._thread.submit(self._end)
        self._thread.shutdown(wait=False)
        if not isinstance(fout, asyncio.CancelledError):  # who cancelled does not wait for the disk
            await done(weg)

    async def write(self, deel: bytes) -> None:
        await self._do(lambda: self._open.write(deel))

    async def keep(self) -> None:
        """It is whole: put it in its place."""
        await self._do(self._keep)

    async def _do(self, werk: Callable[[], object]) -> None:
        """Cancelling drops what has not begun; what has begun is done."""
        await asyncio.wrap_future(self._thread.submit(werk))

    # on the thread

    @property
    def _open(self) -> BinaryIO:
        if self._file is None:
            raise RuntimeError("the file was not begun")
        return self._file

    def _begin(self) -> None:
        if self._before is not None:
            self._before.wait()  # it has the same place, and may still be going
        self._file = begin(self._half)

    def _keep(self) -> None:
        with self._open as file:
            file.flush()
            os.fsync(file.fileno())
        self._half.replace(self._path)

    def _end(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._half.unlink(missing_ok=True)
        self._ended.set()


_last: WeakValueDictionary[Path, threading.Event] = WeakValueDictionary()  # per place: the end of who had it last
