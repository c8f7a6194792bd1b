"""Identifiers that sort by the time they were made (UUIDv7, RFC 9562), because Python 3.11 has none of its own."""

from __future__ import annotations

import secrets
import threading
import time
import uuid
from datetime import datetime

_TAIL_BITS = 74
_HEADROOM = 1 << (_TAIL_BITS - 1)  # a fresh tail leaves half its range, so that counting on never overflows


class _Sequence:
    """Ids of one clock. Within a millisecond the random tail counts on, so later ids are greater."""

    def __init__(self, *, never_back: bool) -> None:
        self._never_back = never_back
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._tail = 0

    def next(self, milliseconds: int) -> str:
        with self._lock:
            if self._never_back:
                milliseconds = max(milliseconds, self._milliseconds)
            if milliseconds == self._milliseconds:
                self._tail += 1
            else:
                self._milliseconds = milliseconds
                self._tail = secrets.randbelow(_HEADROOM)
            tail = self._tail
        value = milliseconds << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | (tail & ((1 << 62) - 1))
        return str(uuid.UUID(int=value))


_system = _Sequence(never_back=True)
_given = _Sequence(never_back=False)


def new_id(now: datetime | None = None) -> str:
    """Make a new id, greater than every earlier one of this process, also when the system clock is set back.

    With `now` (aware) the id carries exactly that moment; ids of the same or a later moment still increase.
    Safe to call from any thread.
    """
    if now is None:
        return _system.next(time.time_ns() // 1_000_000)
    if now.tzinfo is None:
        raise ValueError("a naive datetime says no moment")
    return _given.next(round(now.timestamp() * 1000))
