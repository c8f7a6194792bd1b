"""How facts are written on the screen: dates, times, numbers, ages. Moments are shown in the Netherlands' own time."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from kcs_desktop.domain.datum import MAANDEN, parse_iso
from kcs_desktop.domain.termijn import Termijn, Termijnstand

WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_KORT = tuple("mrt" if maand == "maart" else maand[:3] for maand in MAANDEN)


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


def volle_dag(dag_: date | None, vandaag: date) -> str:
    """ "dinsdag 24 november", or "donderdag 27 mei 2027" in another year; "" for none."""
    if dag_ is None:
        return ""
    return dag_maand(dag_) if dag_.year == vandaag.year else f"{dag_maand(dag_)} {dag_.year}"


def korte_dag(dag_: date | None, vandaag: date) -> str:
    """ "vandaag", "gisteren", "17 nov", or "17 nov 2024" in another year; "" for none."""
    if dag_ is None:
        return ""
    if 0 <= (vandaag - dag_).days <= 1:
        return "gisteren" if dag_ < vandaag else "vandaag"
    kort = f"{dag_.day} {_KORT[dag_.month - 1]}"
    return kort if dag_.year == vandaag.year else f"{kort} {dag_.year}"


def kort(moment: datetime | None, now: datetime) -> str:
    """ "vandaag 09:41", "17 nov 09:41"; "" for none."""
    return "" if moment is None else f"{korte_dag(local(moment).date(), local(now).date())} {tijd(moment)}"


def sinds(moment: datetime | None, now: datetime) -> str:
    """ "09:41" where it is today, else the day with it: for "dit is van …"."""
    return kort(moment, now).removeprefix("vandaag ")


def dagen(aantal: int) -> str:
    """ "1 dag", "9 dagen"."""
    return "1 dag" if aantal == 1 else f"{aantal} dagen"


def termijn(termijn_: Termijn) -> str:
    """ "nog 9 dagen", "3 dagen te laat", "opgeschort"; "" where there is no term, or none any more."""
    match termijn_.stand:
        case Termijnstand.VERSTREKEN:
            return f"{dagen(-termijn_.dagen)} te laat"
        case Termijnstand.OPGESCHORT:
            return "opgeschort"
        case Termijnstand.LOOPT | Termijnstand.BIJNA:
            return f"nog {dagen(termijn_.dagen)}" if termijn_.dagen else "vandaag klaar"
        case _:
            return ""


def relatief(moment: datetime, now: datetime) -> str:
    """ "zojuist", "5 minuten geleden", "vandaag 14:05", "gisteren 14:05", "maandag 14:05", else the date."""
    toen, nu = local(moment), local(now)
    seconden = (now - moment).total_seconds()
    verschil = (nu.date() - toen.date()).days
    if -60 < seconden < 60:
        return "zojuist"
    if 0 < seconden < 3600:
        minuten = int(seconden // 60)
        return "1 minuut geleden" if minuten == 1 else f"{minuten} minuten geleden"
    if verschil in (-1, 0, 1):
        return f"{ {-1: 'morgen', 0: 'vandaag', 1: 'gisteren'}[verschil] } {tijd(moment)}"
    if 1 < verschil < 7:
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
