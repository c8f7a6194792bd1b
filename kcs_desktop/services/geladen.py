"""A picture in memory: who looks at it, and what is still to be read again of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic

import msgspec

from kcs_desktop.services.lading import B, D


class Geladen(msgspec.Struct, Generic[B, D]):
    """It is read again by one reading at a time (`leest`). The readings of an opening run beside that one, so an older
    answer of theirs may come after a newer one: what was asked for meanwhile is asked for once more when they ended.
    What was begun ends also when nobody looks any more, and its answer may come when somebody does again.
    """

    beeld: B
    kijkers: int = 0
    nog_lezen: frozenset[D] = frozenset()  # asked for, not begun
    leest: bool = False
    opent: int = 0  # openings under way
    tijdens: frozenset[D] = frozenset()  # asked for during an opening

    @property
    def is_reading(self) -> bool:
        """Whether an answer is under way, which may be older than what changes now."""
        return self.leest or self.opent > 0

    def ask(self, delen: frozenset[D]) -> bool:
        """Note these parts; True when a reading is to be begun for them, which counts as under way from here on. None
        is begun for who does not look; what is under way is read again all the same."""
        if self.opent:
            self.tijdens |= delen
        if not self.leest and not self.kijkers:
            return False
        self.nog_lezen |= delen
        begins, self.leest = not self.leest, True
        return begins

    @contextmanager
    def opening(self, read_again: Callable[[frozenset[D]], None]) -> Iterator[None]:
        """While it is opened. `read_again` is called when the last opening ended, with what is to be asked for anew."""
        self.opent += 1
        try:
            yield
        finally:
            self.opent -= 1
            if not self.opent:
                delen, self.tijdens = self.tijdens, frozenset()
                if delen:
                    read_again(delen)
