"""How values are written for the eye: Dutch dates, ages, numbers, and text that cannot play tricks.

Pure and without Qt. Must not decide what is shown, only how.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Dag  # noqa: N812 -- `date` writes one here
from datetime import datetime

from kcs_desktop.sdk import (
    MAANDEN,
    InvalidInput,
    Termijn,
    Termijnstand,
    clean,
    display_bsn,
    display_telefoonnummer,
    local,
    parse_telefoonnummer,
    shorten,
)

_KORT = tuple("mrt" if maand == "maart" else maand[:3] for maand in MAANDEN)


NBSP = "\u00a0"


def one_line(text: str, maximum: int = 0) -> str:
    """The text on one line, clean; longer than `maximum` characters (when given) ends in an ellipsis."""
    line = clean(text[:_GRENS])
    return shorten(line, maximum) if maximum else line


# A value of megabytes (a register that answers nonsense) must not stall the window.
_GRENS = 4000


def bsn(number: str) -> str:
    """Grouped in threes, as read aloud: 999 990 019."""
    return display_bsn(number).replace(" ", NBSP)


def phone(number: str) -> str:
    """As people write it: 06 12 34 56 78; what is no number, as it was given."""
    try:
        return display_telefoonnummer(parse_telefoonnummer(number[:_GRENS]))
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
    return short_day(local(moment).date(), local(now).date())


def short_day(then: Dag, today: Dag) -> str:
    """The same of a day without a time."""
    difference = (today - then).days
    if difference == 0:
        return "vandaag"
    if difference == 1:
        return "gisteren"
    short = f"{then.day} {_KORT[then.month - 1]}"
    return short if then.year == today.year else f"{short} {then.year}"


def term(termijn: Termijn) -> str:
    """ "nog 9 dagen", "3 dagen te laat", "opgeschort"; "" where there is no term, or none any more."""
    match termijn.stand:
        case Termijnstand.VERSTREKEN:
            return f"{count(-termijn.dagen, 'dag', 'dagen')} te laat"
        case Termijnstand.OPGESCHORT:
            return "opgeschort"
        case Termijnstand.LOOPT | Termijnstand.BIJNA:
            return f"nog {count(termijn.dagen, 'dag', 'dagen')}" if termijn.dagen else "vandaag klaar"
        case _:
            return ""


def day_and_clock(moment: datetime, now: datetime) -> str:
    return f"{day(moment, now)} {clock(moment)}"


def of_moment(moment: datetime, now: datetime) -> str:
    """09:41 today, else the day with it: for "dit is van …"."""
    return clock(moment) if day(moment, now) == "vandaag" else day_and_clock(moment, now)


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
