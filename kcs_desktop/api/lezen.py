"""Reading single values of a standard's payload without ever failing on one: a wrong value is an unknown value."""

from __future__ import annotations

from datetime import UTC, date, datetime


def as_moment(tekst: str | None) -> datetime | None:
    """Aware UTC; None for what is no moment. A time without zone is taken as UTC, as the registers mean it."""
    if not tekst:
        return None
    try:
        moment = datetime.fromisoformat(tekst)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def as_text(waarde: object) -> str:
    """Text of a JSON scalar; "" for null and for anything structured."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return str(waarde) if isinstance(waarde, str | int | float) else ""


def as_day(tekst: str | None) -> date | None:
    """None for what is no date."""
    try:
        return date.fromisoformat(tekst) if tekst else None
    except ValueError:
        return None


def uuid_of(url: str | None) -> str:
    """The uuid at the end of an object's address; "" without one."""
    return (url or "").rstrip("/").rsplit("/", 1)[-1]
