"""How values are written for the eye: Dutch dates, ages, numbers, and text that cannot play tricks.

Pure and without Qt. Must not decide what is shown, only how.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kcs_desktop.sdk import (
    MAANDEN,
    InvalidInput,
    display_bsn,
    display_day,
    display_telefoonnummer,
    local,
    one_line,
    parse_telefoonnummer,
)

NBSP = "\u00a0"


def bsn(number: str) -> str:
    """Grouped in threes, as read aloud: 999 990 019."""
    return display_bsn(number).replace(" ", NBSP)


def phone(number: str) -> str:
    """As people write it: 06 12 34 56 78; what is no number, as it was given."""
    try:
        return display_telefoonnummer(parse_telefoonnummer(number[:100]))
    except InvalidInput:
        return one_line(number)


def date(iso: str) -> str:
    """14 maart 1971; only the month or the year where no more is known; "" stays ""."""
    year, month, day = ([*iso.split("T", maxsplit=1)[0].split("-"), "", ""])[:3]
    if not (month.isdigit() and 1 <= int(month) <= 12):
        return one_line(year)
    name = MAANDEN[int(month) - 1]
    return f"{int(day)} {name} {year}" if day.isdigit() else f"{name} {year}"


def age(years: int | None) -> str:
    return "" if years is None else f"{years} jaar"


def clock(moment: datetime) -> str:
    return f"{local(moment):%H:%M}"


def day(moment: datetime, now: datetime) -> str:
    """vandaag, gisteren, 17 nov, or 17 nov 2024 when it was another year."""
    return display_day(local(moment).date(), local(now).date())


def initials(name: str) -> str:
    """First letters of the first and the last word that start with a capital or a digit, at most two."""
    words = [word for word in one_line(name).split() if word[0].isalnum()]
    capitals = [word for word in words if word[0].isupper() or word[0].isdigit()] or words
    if not capitals:
        return "?"
    first = capitals[0][0].upper()
    return first if len(capitals) == 1 else first + capitals[-1][0].upper()


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def joined(parts: Sequence[str]) -> str:
    """The parts with a dot between; a line breaks between parts, and never loses a dot or splits a short part."""
    kept = (part.replace(" ", NBSP) if len(part) < _KORT_DEEL else part for part in parts if part)
    return f"{NBSP}· ".join(kept)


_KORT_DEEL = 40
