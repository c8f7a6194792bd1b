"""The days of a Dutch year that move: Easter with what hangs from it, and Koningsdag. Pure, and the only place.

Which of them count is up to the calendar that asks: the law's (termijn) or the service's (werkdagen).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_ZONDAG = 6
_EERSTE_KONINGSDAG = 2014  # before that year it was Koninginnedag


@cache
def eerste_paasdag(jaar: int) -> date:
    """Easter Sunday of the Gregorian calendar."""
    a, b, c = jaar % 19, jaar // 100, jaar % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    maand, dag = divmod(h + k - 7 * m + 114, 31)
    return date(jaar, maand, dag + 1)


def goede_vrijdag(jaar: int) -> date:
    return eerste_paasdag(jaar) - timedelta(days=2)


def tweede_paasdag(jaar: int) -> date:
    return eerste_paasdag(jaar) + timedelta(days=1)


def hemelvaartsdag(jaar: int) -> date:
    return eerste_paasdag(jaar) + timedelta(days=39)


def tweede_pinksterdag(jaar: int) -> date:
    return eerste_paasdag(jaar) + timedelta(days=50)


def koningsdag(jaar: int) -> date:
    """The 27th of April, or the day before when that is a Sunday; until 2013 the same of the 30th."""
    dag = date(jaar, 4, 27) if jaar >= _EERSTE_KONINGSDAG else date(jaar, 4, 30)
    return dag - timedelta(days=1) if dag.weekday() == _ZONDAG else dag


def vaste_feestdagen(jaar: int) -> frozenset[date]:
    """New Year's Day and both days of Christmas."""
    return frozenset({date(jaar, 1, 1), date(jaar, 12, 25), date(jaar, 12, 26)})
