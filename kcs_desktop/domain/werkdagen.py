"""The service calendar: on which days and hours the municipality can call somebody back, and when a promise is due.

Apart from the law's calendar: the day after Ascension Day is closed here, and the 5th of May only in some years.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.feestdagen import (
    goede_vrijdag,
    hemelvaartsdag,
    koningsdag,
    tweede_paasdag,
    tweede_pinksterdag,
    vaste_feestdagen,
)

MAX_WERKDAGEN = 60
_MAX_GESLOTEN = 366  # days in a row; a calendar that is closed longer is no calendar
_ZATERDAG = 5


class Dienstkalender(msgspec.Struct, frozen=True):
    """`lustrum` is the step of the years in which the 5th of May is closed: 5 for 2025 and 2030, 1 for every year, 0
    for none. `gesloten` are extra closed days. Hours are those of the clock on the wall."""

    opent: time = time(8, 30)
    sluit: time = time(17, 0)
    lustrum: int = 5
    gesloten: frozenset[date] = frozenset()
    zone: str = "Europe/Amsterdam"

    def is_werkdag(self, dag: date) -> bool:
        """Neither weekend nor feast day nor closed for another reason."""
        return dag.weekday() < _ZATERDAG and dag not in self.gesloten and dag not in _gesloten(dag.year, self.lustrum)

    def is_open(self, moment: datetime) -> bool:
        lokaal = moment.astimezone(ZoneInfo(self.zone))
        return self.is_werkdag(lokaal.date()) and self.opent <= lokaal.time() < self.sluit

    def deadline(self, begin: datetime, werkdagen: int) -> datetime:
        """The closing time, in UTC, of the last working day on which a promise made at `begin` is kept.

        The day of the promise does not count; what was promised after closing or on a closed day was promised on the
        next working day. With 0 it is the end of that first day itself.
        """
        return self._at(self._werkdag(self._begint(begin), max(0, werkdagen)), self.sluit)

    def herinnering(self, begin: datetime, deadline: datetime) -> datetime:
        """When to remind: at the opening of the day it is due, but not before it was promised."""
        return max(begin, self._at(deadline.astimezone(ZoneInfo(self.zone)).date(), self.opent))

    def later(self, moment: datetime, werkdagen: int) -> datetime:
        """The closing time that many working days after the day of `moment`, whatever the hour was."""
        dag = moment.astimezone(ZoneInfo(self.zone)).date()
        return self._at(self._werkdag(dag, werkdagen), self.sluit)

    def closing(self, dag: date) -> datetime:
        """When that day closes, in UTC."""
        return self._at(dag, self.sluit)

    def day_of(self, moment: datetime) -> date:
        """The day on the wall at that moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def open_from(self, dag: date) -> date:
        """That day where it is open, else the next that is."""
        return dag if self.is_werkdag(dag) else self._werkdag(dag, 1)

    def werkdagen_tussen(self, van: date, tot: date) -> int:
        """How many working days come after `van`, up to and including `tot`."""
        return sum(self.is_werkdag(dag) for dag in _days_after(van, tot))

    def _begint(self, begin: datetime) -> date:
        """The working day on which a promise made at `begin` counts as made."""
        lokaal = begin.astimezone(ZoneInfo(self.zone))
        dag = lokaal.date()
        if self.is_werkdag(dag) and lokaal.time() < self.sluit:
            return dag
        return self._werkdag(dag, 1)

    def _werkdag(self, dag: date, aantal: int) -> date:
        """The `aantal`-th working day after this day; with 0 the day itself."""
        for _ in range(aantal):
            for _ in range(_MAX_GESLOTEN):
                dag += timedelta(days=1)
                if self.is_werkdag(dag):
                    break
        return dag

    def _at(self, dag: date, tijd: time) -> datetime:
        return datetime.combine(dag, tijd, ZoneInfo(self.zone)).astimezone(UTC)


def parse_dagen(tekst: str) -> frozenset[date]:
    """From "2026-12-24, 2027-05-06". Raises InvalidInput naming what is no date."""
    return frozenset(_parse_dag(deel) for deel in tekst.split(",") if deel.strip())


def parse_uren(tekst: str) -> tuple[time, time]:
    """From "8:30-17:00". Raises InvalidInput."""
    try:
        opent, sluit = (time.fromisoformat(deel.strip().rjust(5, "0")) for deel in tekst.split("-"))
    except ValueError as fout:
        raise InvalidInput(f"{tekst} zijn geen openingstijden, zoals 8:30-17:00.") from fout
    if opent.tzinfo is not None or sluit.tzinfo is not None or opent >= sluit:
        raise InvalidInput(f"{tekst} zijn geen openingstijden, zoals 8:30-17:00.")
    return opent, sluit


def _parse_dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst.strip())
    except ValueError as fout:
        raise InvalidInput(f"{tekst.strip()} is geen datum, zoals 2026-12-24.") from fout


@lru_cache(maxsize=256)
def _gesloten(jaar: int, lustrum: int) -> frozenset[date]:
    bevrijdingsdag = {date(jaar, 5, 5)} if lustrum and jaar % lustrum == 0 else set[date]()
    hemelvaart = hemelvaartsdag(jaar)
    return (
        vaste_feestdagen(jaar)
        | bevrijdingsdag
        | {
            goede_vrijdag(jaar),
            tweede_paasdag(jaar),
            koningsdag(jaar),
            hemelvaart,
            hemelvaart + timedelta(days=1),
            tweede_pinksterdag(jaar),
        }
    )


def _days_after(van: date, tot: date) -> Iterator[date]:
    while van < tot:
        van += timedelta(days=1)
        yield van
