"""What the employee did and was told, written down so that it outlives the seat's process.

Moments are of the machine's monotonic clock, which every process shares and no fault sets.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import msgspec

from kcs_desktop.domain.opdracht import Opdracht

TICK = 0.1  # seconds
ALIVE = "tik"


class Entry(msgspec.Struct, frozen=True):
    """`wat` names what happened, `feiten` holds the rest. `op` is monotonic."""

    op: float
    wat: str
    feiten: dict[str, Any] = {}


_decoder = msgspec.json.Decoder(Entry)


class Journal:
    """One file, one writer at a time. A line that `write` returned from stands, whatever happens next."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        written = os.pread(self._file, os.fstat(self._file).st_size, 0)
        os.truncate(self._file, written.rfind(b"\n") + 1)  # a line that a kill cut off was told to nobody

    def write(self, wat: str, **feiten: Any) -> None:
        self._line(wat, feiten)
        os.fsync(self._file)

    def tick(self) -> None:
        """The seat is alive: written every `TICK` of its own time, however little the machine lets it run."""
        self._line(ALIVE, {})

    def _line(self, wat: str, feiten: dict[str, Any]) -> None:
        os.write(self._file, msgspec.json.encode(Entry(time.monotonic(), wat, feiten)) + b"\n")

    def close(self) -> None:
        os.close(self._file)


def told(journal: Journal, wat: str, opdracht: Opdracht, **feiten: object) -> None:
    """The window took this command."""
    journal.write(wat, opdracht=msgspec.to_builtins(opdracht), **feiten)


class Reader:
    """Follows a journal while it is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._entries: list[Entry] = []

    def entries(self) -> list[Entry]:
        """Every whole line so far."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._offset)
            *lines, _unfinished = file.read().split(b"\n")
        self._offset += sum(len(line) + 1 for line in lines)
        self._entries += [_decoder.decode(line) for line in lines]
        return self._entries


def read(path: Path) -> list[Entry]:
    """The whole journal as it is now."""
    return Reader(path).entries()
