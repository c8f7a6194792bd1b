"""How facts are written on the screen: dates, times, numbers, ages. Moments are shown in the Netherlands' own time."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from kcs_desktop.domain.datum import MAANDEN, parse_iso

WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


@cache
def _zone() -> ZoneInfo:
    return ZoneInfo("Europe/Amsterdam")


def local(moment: datetime) -> datetime:
    """The moment (aware) as the clock on the wall shows it."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime says no moment")
    return moment.astimezone(_zone())


def datum(iso: str) -> str:
    """ "14-03-1971"; "maart 1971" or "1971" where no more is known; the text itself where it is no date."""
    try:
        bekend = parse_iso(iso[:10])
    except ValueError:
        return iso
    if bekend.is_volledig:
        return f"{bekend.dag:02d}-{bekend.maand:02d}-{bekend.jaar:04d}"
    return f"{MAANDEN[bekend.maand - 1]} {bekend.jaar}" if 1 <= bekend.maand <= 12 else str(bekend.jaar)


def dag(moment: datetime) -> str:
    """ "24-11-2026"."""
    return local(moment).strftime("%d-%m-%Y")


def tijd(moment: datetime) -> str:
    """ "14:05"."""
    return local(moment).strftime("%H:%M")


def dag_en_tijd(moment: datetime) -> str:
    """ "24-11-2026 14:05"."""
    return f"{dag(moment)} {tijd(moment)}"


def dag_maand(dag_: date) -> str:
    """ "dinsdag 24 november"."""
    return f"{WEEKDAGEN[dag_.weekday()]} {dag_.day} {MAANDEN[dag_.month - 1]}"


def relatief(moment: datetime, now: datetime) -> str:
    """ "zojuist", "5 minuten geleden", "vandaag 14:05", "gisteren 14:05", "maandag 14:05", else the date."""
    toen, nu = local(moment), local(now)
    seconden = (now - moment).total_seconds()
    dagen = (nu.date() - toen.date()).days
    if -60 < seconden < 60:
        return "zojuist"
    if 0 < seconden < 3600:
        minuten = int(seconden // 60)
        return "1 minuut geleden" if minuten == 1 else f"{minuten} minuten geleden"
    if dagen in (-1, 0, 1):
        return f"{ {-1: 'morgen', 0: 'vandaag', 1: 'gisteren'}[dagen] } {tijd(moment)}"
    if 1 < dagen < 7:
        return f"{WEEKDAGEN[toen.weekday()]} {tijd(moment)}"
    return dag(moment)


def duur(seconden: float) -> str:
    """ "0:07", "12:34", "1:02:03": a running timer."""
    uren, rest = divmod(max(0, int(seconden)), 3600)
    minuten, over = divmod(rest, 60)
    return f"{uren}:{minuten:02d}:{over:02d}" if uren else f"{minuten}:{over:02d}"


def bsn(nummer: str) -> str:
    """ "999 990 019"."""
    return f"{nummer[:3]} {nummer[3:6]} {nummer[6:]}" if len(nummer) == 9 and nummer.isdigit() else nummer


def leeftijd(geboortedatum: str, today: date) -> int | None:
    """Whole years; None where the birth date is not wholly known."""
    try:
        geboren = parse_iso(geboortedatum)
    except ValueError:
        return None
    if not geboren.is_volledig:
        return None
    return today.year - geboren.jaar - ((today.month, today.day) < (geboren.maand, geboren.dag))
