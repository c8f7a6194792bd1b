"""Small pieces of representation that the resources share."""

from __future__ import annotations

from datetime import date, datetime


def moment(value: datetime | None) -> str | None:
    """A moment as the standard writes it: UTC with a Z."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
