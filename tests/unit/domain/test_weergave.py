"""Facts as they stand on the screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kcs_desktop.domain import weergave

NOW = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)  # 14:05 in the Netherlands


def test_dates_and_times() -> None:
    assert weergave.datum("1971-03-14") == "14-03-1971"
    assert weergave.datum("1971-03") == "maart 1971"
    assert weergave.datum("1971") == "1971"
    assert weergave.datum("") == ""
    assert weergave.dag_en_tijd(NOW) == "24-11-2026 14:05"
    assert weergave.dag_maand(date(2026, 11, 24)) == "dinsdag 24 november"
    assert weergave.volle_dag(date(2026, 12, 31), NOW.date()) == "donderdag 31 december"
    assert weergave.volle_dag(date(2027, 5, 27), NOW.date()) == "donderdag 27 mei 2027"


@pytest.mark.parametrize(
    ("ago", "text"),
    [
        (timedelta(seconds=30), "zojuist"),
        (timedelta(minutes=1), "1 minuut geleden"),
        (timedelta(minutes=59), "59 minuten geleden"),
        (timedelta(hours=2), "vandaag 12:05"),
        (timedelta(hours=15), "gisteren 23:05"),
        (timedelta(days=2), "zondag 14:05"),
        (timedelta(days=7), "17-11-2026"),
        (timedelta(hours=-12), "morgen 02:05"),
        (timedelta(days=-3), "27-11-2026"),
    ],
)
def test_moments_are_told_from_now(ago: timedelta, text: str) -> None:
    assert weergave.relatief(NOW - ago, NOW) == text


def test_ages() -> None:
    assert weergave.leeftijd("1971-11-24", date(2026, 11, 24)) == 55
    assert weergave.leeftijd("1971-11-25", date(2026, 11, 24)) == 54
    assert weergave.leeftijd("1971", date(2026, 11, 24)) is None


def test_numbers_and_timers() -> None:
    assert weergave.bsn("999990019") == "999 990 019"
    assert weergave.bsn("") == ""
    assert weergave.duur(7) == "0:07"
    assert weergave.duur(3723) == "1:02:03"


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        weergave.tijd(datetime(2026, 1, 1))  # noqa: DTZ001 -- the naive value is the case
