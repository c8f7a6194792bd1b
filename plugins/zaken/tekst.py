"""How values of a zaak are written for the eye: days, terms, sizes. Pure and without Qt."""

from __future__ import annotations

from datetime import date, datetime

from kcs_desktop.sdk import MAANDEN, Termijn, Termijnstand, clean, local, shorten

_KORT = tuple("mrt" if maand == "maart" else maand[:3] for maand in MAANDEN)
_WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_GRENS = 4000  # a value of megabytes must not stall the window
_DICHTBIJ = 300  # days; a date nearer than this needs no year


def one_line(text: str, maximum: int = 0) -> str:
    """The text on one line, clean; longer than `maximum` characters (when given) ends in an ellipsis."""
    line = clean(text[:_GRENS])
    return shorten(line, maximum) if maximum else line


def short_day(day: date | None, today: date) -> str:
    """17 nov, or 17 nov 2024 in another year; "" for none."""
    if day is None:
        return ""
    if day == today:
        return "vandaag"
    short = f"{day.day} {_KORT[day.month - 1]}"
    return short if day.year == today.year else f"{short} {day.year}"


def full_day(day: date | None, today: date) -> str:
    """dinsdag 1 december, with the year where it is far off; "" for none."""
    if day is None:
        return ""
    words = f"{_WEEKDAGEN[day.weekday()]} {day.day} {MAANDEN[day.month - 1]}"
    return words if abs((day - today).days) < _DICHTBIJ else f"{words} {day.year}"


def moment(at: datetime | None, now: datetime) -> str:
    """vandaag 09:41, 17 nov 09:41; "" for none."""
    return f"{short_day(local(at).date(), local(now).date())} {local(at):%H:%M}" if at is not None else ""


def of_moment(at: datetime | None, now: datetime) -> str:
    """09:41 today, else the day with it: for "dit is van …"."""
    words = moment(at, now)
    return words.removeprefix("vandaag ")


def days(number: int) -> str:
    return "1 dag" if number == 1 else f"{number} dagen"


def term_short(termijn: Termijn) -> str:
    """For a row: "nog 9 dagen", "3 dagen te laat", "opgeschort"; "" where there is no term."""
    match termijn.stand:
        case Termijnstand.VERSTREKEN:
            return f"{days(-termijn.dagen)} te laat"
        case Termijnstand.OPGESCHORT:
            return "opgeschort"
        case Termijnstand.LOOPT | Termijnstand.BIJNA:
            return "vandaag klaar" if termijn.dagen == 0 else f"nog {days(termijn.dagen)}"
        case _:
            return ""


def term_full(termijn: Termijn, today: date) -> str:
    """For the detail: with the day by law."""
    uiterlijk = full_day(termijn.uiterlijk, today)
    match termijn.stand:
        case Termijnstand.VERSTREKEN:
            return f"{days(-termijn.dagen)} te laat: moest klaar zijn op {uiterlijk}"
        case Termijnstand.OPGESCHORT:
            return "Opgeschort: de termijn loopt nu niet"
        case Termijnstand.LOOPT | Termijnstand.BIJNA if termijn.dagen == 0:
            return f"Moet vandaag klaar zijn ({uiterlijk})"
        case Termijnstand.LOOPT | Termijnstand.BIJNA:
            return f"Nog {days(termijn.dagen)}, uiterlijk {uiterlijk}"
        case Termijnstand.AFGEROND:
            return f"Afgerond, {days(-termijn.dagen)} na de termijn" if termijn.is_te_laat else "Afgerond"
        case _:
            return "Geen termijn bekend"


def size(number: int) -> str:
    """240 kB, 1,2 MB; "" for none."""
    if number <= 0:
        return ""
    if number < 1_000_000:
        return f"{max(1, round(number / 1000))} kB"
    return f"{number / 1_000_000:.1f} MB".replace(".", ",")


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def grouped(number: int) -> str:
    """1.000.000, as a count is written."""
    return f"{number:,}".replace(",", ".")
