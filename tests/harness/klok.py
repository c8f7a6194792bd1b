"""A clock that a test moves by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Klok:
    """Callable like `Database.clock`; starts on a Tuesday morning and stands still."""

    def __init__(self, now: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float = 0, **parts: float) -> datetime:
        """Move forward by seconds, minutes=, hours=, days=."""
        self.now += timedelta(seconds=seconds, **parts)
        return self.now
