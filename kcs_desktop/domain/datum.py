"""Dates as Dutch people write them, whole or with only a year or month known, and why others cannot be."""

from __future__ import annotations

import calendar
import re
from datetime import date

import msgspec

from kcs_desktop.domain.errors import InvalidInput

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
EERSTE_JAAR = 1850
_TWO_DIGITS_AHEAD = 20  # how far a two-digit year may lie ahead where the future is allowed
_SEPARATOR = r"\s*[-/. ]\s*"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}'?(\d{{4}}|\d{{2}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})")
_MONTH_YEAR = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_DAY_MONTH = re.compile(rf"0?([1-9]\d?){_SEPARATOR}0?([1-9]\d?)")
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_WITH_NAME = re.compile(r"(?:(\d{1,2})(?:e|de|ste)?\.?[\s\-/]*)?([a-z]{3,9})\.?[\s\-/,]*(?:'?(\d{4}|\d{2}))?")
_MAX_LENGTH = 40
_LEAP = 8  # years in which any day of the calendar was there at least once


class Datum(msgspec.Struct, frozen=True, order=True):
    """A date of which the day, or day and month, may be unknown."""

    jaar: int
    maand: int = 0
    dag: int = 0

    @property
    def is_volledig(self) -> bool:
        return self.dag > 0

    @property
    def iso(self) -> str:
        """ "1971-03-14", "1971-03" or "1971"."""
        if self.dag:
            return f"{self.jaar:04d}-{self.maand:02d}-{self.dag:02d}"
        return f"{self.jaar:04d}-{self.maand:02d}" if self.maand else f"{self.jaar:04d}"


def parse_datum(
    tekst: str, today: date, *, field: str = "datum", mag_toekomst: bool = False, jaarloos_tot: date | None = None
) -> Datum:
    """Read any Dutch notation, day before month; eight digits may also be year first.

    A year of two digits is the latest that does not lie in the future; with `mag_toekomst`, at most 20 years ahead.
    Without a year it is the last such day, or month, up to `jaarloos_tot`; where that is None the year must be there.
    """
    getypt = tekst.strip().lower()
    if not getypt:
        raise InvalidInput("Vul een datum in.", field=field, code="datum-leeg")
    delen = _parts(getypt) if len(getypt) <= _MAX_LENGTH else None
    if delen is None:
        raise InvalidInput(
            "Dit is geen datum.", field=field, code="datum-vorm", advice="Schrijf een datum zo: 24-11-2026."
        )
    dag, maand, jaar_tekst = delen
    if not jaar_tekst and jaarloos_tot is None:
        raise InvalidInput("Vul ook het jaar in.", field=field, code="datum-jaar")
    jaar = int(jaar_tekst) if jaar_tekst or jaarloos_tot is None else _last_year(dag, maand, jaarloos_tot)
    if len(jaar_tekst) == 2:
        jaar = _century(jaar, maand, dag, today, mag_toekomst=mag_toekomst)
    _require_existing(dag, maand, jaar, field)
    datum = Datum(jaar, maand, dag)
    if jaar < EERSTE_JAAR:
        raise InvalidInput(f"Het jaar {jaar} kan niet kloppen.", field=field, code="datum-jaar")
    if not mag_toekomst and datum > Datum(today.year, today.month if maand else 0, today.day if dag else 0):
        raise InvalidInput("Deze datum ligt in de toekomst.", field=field, code="datum-toekomst")
    return datum


def looks_like_datum(tekst: str) -> bool:
    """Whether the text has the shape of a date, existing or not; bare numbers of less than six digits have not."""
    getypt = tekst.strip().lower()
    if len(getypt) > _MAX_LENGTH or (getypt.isdigit() and len(getypt) < 6):
        return False
    delen = _parts(getypt)
    return delen is not None and bool(delen[2])


def parse_iso(iso: str) -> Datum:
    """The opposite of `Datum.iso`; raises ValueError for anything else."""
    jaar, _, rest = iso.partition("-")
    maand, _, dag = rest.partition("-")
    return Datum(int(jaar), int(maand or 0), int(dag or 0))


def _parts(getypt: str) -> tuple[int, int, str] | None:
    """(day, month, year as typed); 0 is unknown, which is also how the BRP writes it (00-00-1971)."""
    if not getypt.isascii():
        return None
    if getypt.isdigit():
        return _only_digits(getypt)
    if m := _DAY_FIRST.fullmatch(getypt):
        return int(m[1]), int(m[2]), m[3]
    if m := _YEAR_FIRST.fullmatch(getypt):
        return int(m[3]), int(m[2]), m[1]
    if m := _DAY_MONTH.fullmatch(getypt):
        return int(m[1]), int(m[2]), ""
    if m := _YEAR_MONTH.fullmatch(getypt):
        return 0, int(m[2]), m[1]
    if m := _MONTH_YEAR.fullmatch(getypt):
        return 0, int(m[1]), m[2]
    if (m := _WITH_NAME.fullmatch(getypt)) and (maand := _month(m[2])):
        if m[1] and not int(m[1]):
            return None
        return int(m[1] or 0), maand, m[3] or ""
    return None


def _only_digits(cijfers: str) -> tuple[int, int, str] | None:
    if len(cijfers) == 8:
        dag, maand, jaar = int(cijfers[:2]), int(cijfers[2:4]), cijfers[4:]
        if not (maand <= 12 and dag <= 31 and int(jaar) >= EERSTE_JAAR):
            jaar_voor, maand_na, dag_na = cijfers[:4], int(cijfers[4:6]), int(cijfers[6:])
            if int(jaar_voor) >= EERSTE_JAAR and maand_na <= 12 and dag_na <= 31:
                return dag_na, maand_na, jaar_voor
        return dag, maand, jaar
    if len(cijfers) == 6:
        return int(cijfers[:2]), int(cijfers[2:4]), cijfers[4:]
    return (0, 0, cijfers) if len(cijfers) == 4 else None


def _month(naam: str) -> int:
    if naam in ("mrt", "sept"):
        return 3 if naam == "mrt" else 9
    return next((nummer for nummer, maand in enumerate(MAANDEN, start=1) if maand.startswith(naam)), 0)


def _century(jaar: int, maand: int, dag: int, today: date, *, mag_toekomst: bool) -> int:
    jaar += today.year // 100 * 100
    if mag_toekomst:
        return jaar - 100 if jaar > today.year + _TWO_DIGITS_AHEAD else jaar
    return jaar - 100 if (jaar, maand, dag) > (today.year, today.month, today.day) else jaar


def _last_year(dag: int, maand: int, limit: date) -> int:
    """Of the last such day up to the limit; that of the limit itself for a day that no year has."""
    for jaar in range(limit.year, limit.year - _LEAP - 1, -1):
        exists = maand <= 12 and dag <= calendar.monthrange(jaar, maand)[1]
        if exists and date(jaar, maand, dag or 1) <= limit:
            return jaar
    return limit.year


def _require_existing(dag: int, maand: int, jaar: int, field: str) -> None:
    reden = ""
    if maand > 12:
        reden = f"er is geen maand {maand}"
    elif dag > 31:
        reden = f"er is geen dag {dag}"
    elif not maand and dag:
        reden = "er is geen maand 0"
    elif maand and jaar and dag > calendar.monthrange(jaar, maand)[1]:
        dagen = calendar.monthrange(jaar, maand)[1]
        reden = f"{MAANDEN[maand - 1]}{f' {jaar}' if maand == 2 else ''} heeft {dagen} dagen"
    if reden:
        advies = "Schrijf eerst de dag, dan de maand: 24-11-2026." if maand > 12 >= dag else ""
        raise InvalidInput(f"Deze datum bestaat niet: {reden}.", field=field, code="datum-bestaat-niet", advice=advies)
