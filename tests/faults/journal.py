"""What the employee did and was told, written down so that it outlives the seat's process.

Moments are of the machine's monotonic clock, which every process shares and no fault sets.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """`wat` names what happened, `feiten` holds the rest. `op` is monotonic."""

    op: float
    wat: str
    feiten: dict[str, Any] = {}


_decoder = msgspec.json.Decoder(Entry)


class Journal:
    """One file, one writer at a time. A line that `write` returned from stands, whatever happens next."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, wat: str, **feiten: Any) -> None:
        line = msgspec.json.encode(Entry(time.monotonic(), wat, feiten)) + b"\n"
        os.write(self._file, line)
        os.fsync(self._file)

    def close(self) -> None:
        os.close(self._file)


def read(path: Path) -> list[Entry]:
    """Every whole line; a line that a kill cut off was told to nobody."""
    if not path.exists():
        return []
    *lines, _cut_off = path.read_bytes().split(b"\n")
    return [_decoder.decode(line) for line in lines]
