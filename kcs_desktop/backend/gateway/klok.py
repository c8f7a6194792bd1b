"""How far a clock elsewhere is from ours."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_ahead(date: str, now: datetime) -> float:
    """By what a Date header says, which counts whole seconds; 0 where it says nothing."""
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return 0.0
    return (theirs.replace(tzinfo=theirs.tzinfo or UTC) - now).total_seconds()
