"""A held subscription."""

from __future__ import annotations

from collections.abc import Callable


class Greep:
    """Implements `sdk.Watch`: `close` lets go, once, however often it is called."""

    def __init__(self, let_go: Callable[[], None]) -> None:
        self._let_go: Callable[[], None] | None = let_go

    def close(self) -> None:
        let_go, self._let_go = self._let_go, None
        if let_go is not None:
            let_go()
