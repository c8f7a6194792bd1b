"""Terms of law: how long a zaak may take, on which day that ends, and how many days are left.

The Algemene termijnenwet moves an end on a Saturday, a Sunday or a recognised holiday to the next day that is none of
these. A term that is suspended (opgeschort) does not run, so it has no days left to count.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

import msgspec

from kcs_desktop.domain.feestdagen import (
    goede_vrijdag,
    hemelvaartsdag,
    koningsdag,
    tweede_paasdag,
    tweede_pinksterdag,
    vaste_feestdagen,
)

_DUUR = re.compile(r"P(?!$)(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?(?:T0S)?")
_ZONDAG = 6
BIJNA = 5  # days left from which a term asks for attention


class Duur(msgspec.Struct, frozen=True):
    """A period as the standards write one; months count before days."""

    maanden: int = 0
    dagen: int = 0

    def after(self, dag: date) -> date:
        """The day that comes this period later. In a month without that day it is the last day of the month; past the
        calendar's end it is the calendar's end."""
        maand = dag.year * 12 + dag.month - 1 + self.maanden
        if maand // 12 > date.max.year:
            return date.max
        eerste = date(maand // 12, maand % 12 + 1, 1)
        try:
            return min(eerste + timedelta(days=dag.day - 1), _last_of_month(eerste)) + timedelta(days=self.dagen)
        except OverflowError:
            return date.max


def parse_duur(tekst: str) -> Duur | None:
    """From ISO 8601 in years, months, weeks and days (P8W, P30D, P1Y6M); None for anything else."""
    gevonden = _DUUR.fullmatch(tekst)
    if gevonden is None or not any(gevonden.groups()):
        return None
    jaren, maanden, weken, dagen = (int(deel or 0) for deel in gevonden.groups())
    return Duur(jaren * 12 + maanden, weken * 7 + dagen)


@cache
def feestdagen(jaar: int) -> frozenset[date]:
    """The recognised holidays of article 3, Good Friday among them."""
    return vaste_feestdagen(jaar) | {
        goede_vrijdag(jaar),
        tweede_paasdag(jaar),
        hemelvaartsdag(jaar),
        tweede_pinksterdag(jaar),
        koningsdag(jaar),
        date(jaar, 5, 5),
    }


def is_werkdag(dag: date) -> bool:
    """No Saturday, Sunday or recognised holiday."""
    return dag.weekday() < _ZONDAG - 1 and dag not in feestdagen(dag.year)


def end_of_term(dag: date) -> date:
    """Where a term that would end on this day ends by law."""
    while not is_werkdag(dag) and dag < date.max:
        dag += timedelta(days=1)
    return dag


def first_ending_at(dag: date) -> date:
    """The first day on which a term can end that by law ends on this day or later."""
    first = dag
    while first > date.min and end_of_term(first - timedelta(days=1)) >= dag:
        first -= timedelta(days=1)
    return first


class Termijnstand(StrEnum):
    """How a zaak stands against its term."""

    GEEN = "geen"  # nobody said when it must be done
    LOOPT = "loopt"
    BIJNA = "bijna"  # a few days left
    VERSTREKEN = "verstreken"
    OPGESCHORT = "opgeschort"
    AFGEROND = "afgerond"


class Termijn(msgspec.Struct, frozen=True):
    """`uiterlijk` is the day by law. `dagen` are those left after today, below zero when they have passed; of a
    finished zaak those left when it was finished."""

    stand: Termijnstand
    uiterlijk: date | None = None
    dagen: int = 0

    @property
    def is_te_laat(self) -> bool:
        """Past its term, or finished past it."""
        return self.dagen < 0 and self.stand is not Termijnstand.OPGESCHORT


def termijn_of(uiterlijk: date | None, vandaag: date, *, einddatum: date | None, opgeschort: bool) -> Termijn:
    """The term of a zaak today. `uiterlijk` is the register's date, before the law moves it."""
    eind = None if uiterlijk is None else end_of_term(uiterlijk)
    if einddatum is not None:
        return Termijn(Termijnstand.AFGEROND, eind, 0 if eind is None else (eind - einddatum).days)
    if opgeschort:
        return Termijn(Termijnstand.OPGESCHORT, eind)
    if eind is None:
        return Termijn(Termijnstand.GEEN)
    dagen = (eind - vandaag).days
    if dagen < 0:
        return Termijn(Termijnstand.VERSTREKEN, eind, dagen)
    return Termijn(Termijnstand.BIJNA if dagen <= BIJNA else Termijnstand.LOOPT, eind, dagen)


def _last_of_month(eerste: date) -> date:
    if (eerste.year, eerste.month) == (date.max.year, 12):
        return date.max
    return date(eerste.year + eerste.month // 12, eerste.month % 12 + 1, 1) - timedelta(days=1)
