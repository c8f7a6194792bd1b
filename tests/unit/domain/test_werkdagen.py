"""The service calendar: which days are open, and when a promise is due."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.feestdagen import eerste_paasdag, koningsdag
from kcs_desktop.domain.werkdagen import Dienstkalender, parse_dagen, parse_uren

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KALENDER = Dienstkalender()
MOMENTEN = st.integers(946_684_800, 3_786_912_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
DAGEN = st.integers(0, 20)


def at(dag: str) -> datetime:
    return datetime.fromisoformat(dag).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("jaar", "pasen"), [(1961, "1961-04-02"), (2008, "2008-03-23"), (2026, "2026-04-05"), (2038, "2038-04-25")]
)
def test_easter_falls_where_the_almanac_says(jaar: int, pasen: str) -> None:
    assert eerste_paasdag(jaar) == date.fromisoformat(pasen)


def test_koningsdag_moves_from_a_sunday_to_the_saturday_before() -> None:
    assert koningsdag(2025) == date(2025, 4, 26)
    assert koningsdag(2026) == date(2026, 4, 27)
    assert koningsdag(2013) == date(2013, 4, 30)


@pytest.mark.parametrize(
    "dag",
    [
        "2026-01-01",
        "2026-04-03",  # Good Friday
        "2026-04-06",  # Easter Monday
        "2026-04-27",
        "2026-05-14",  # Ascension Day
        "2026-05-15",  # the Friday after
        "2026-05-25",  # Whit Monday
        "2026-12-25",
        "2026-12-26",
        "2026-11-28",  # a Saturday
        "2026-11-29",
        "2025-05-05",  # five years after 2020
    ],
)
def test_closed(dag: str) -> None:
    assert not KALENDER.is_werkdag(date.fromisoformat(dag))


def test_the_fifth_of_may_is_closed_in_the_years_of_the_setting() -> None:
    dag = date(2026, 5, 5)
    assert KALENDER.is_werkdag(dag)
    assert not Dienstkalender(lustrum=1).is_werkdag(dag)
    assert Dienstkalender(lustrum=0).is_werkdag(date(2025, 5, 5))


@pytest.mark.parametrize(
    ("begin", "dagen", "deadline"),
    [
        ("2026-11-24 10:00", 1, "2026-11-25 17:00"),
        ("2026-11-24 16:59", 1, "2026-11-25 17:00"),
        ("2026-11-24 17:00", 1, "2026-11-26 17:00"),  # after closing it is promised on the next day
        ("2026-11-27 10:00", 1, "2026-11-30 17:00"),  # over the weekend
        ("2026-11-28 10:00", 1, "2026-12-01 17:00"),
        ("2026-12-24 10:00", 1, "2026-12-28 17:00"),  # over Christmas and the weekend
        ("2026-03-27 10:00", 1, "2026-03-30 17:00"),  # over the change of the clock
        ("2026-11-24 10:00", 0, "2026-11-24 17:00"),
        ("2026-11-24 06:00", 0, "2026-11-24 17:00"),
    ],
)
def test_a_promise_is_due_at_the_end_of_its_last_working_day(begin: str, dagen: int, deadline: str) -> None:
    assert KALENDER.deadline(at(begin), dagen) == at(deadline)


def test_an_extra_closed_day_does_not_count() -> None:
    kalender = Dienstkalender(gesloten=parse_dagen("2026-11-25, 2026-11-26"))
    assert kalender.deadline(at("2026-11-24 10:00"), 1) == at("2026-11-27 17:00")


@given(MOMENTEN, DAGEN)
def test_a_deadline_is_on_a_working_day_at_closing_time_and_not_before_the_promise(begin: datetime, dagen: int) -> None:
    deadline = KALENDER.deadline(begin, dagen)
    lokaal = deadline.astimezone(AMSTERDAM)
    assert deadline > begin
    assert KALENDER.is_werkdag(lokaal.date())
    assert lokaal.time() == KALENDER.sluit


@given(MOMENTEN, DAGEN)
def test_each_working_day_more_is_the_next_working_day(begin: datetime, dagen: int) -> None:
    eerst = KALENDER.deadline(begin, dagen).astimezone(AMSTERDAM).date()
    later = KALENDER.deadline(begin, dagen + 1).astimezone(AMSTERDAM).date()
    assert KALENDER.werkdagen_tussen(eerst, later) == 1


@given(MOMENTEN, st.timedeltas(timedelta(0), timedelta(days=30)), DAGEN)
def test_who_promises_later_is_due_no_earlier(begin: datetime, na: timedelta, dagen: int) -> None:
    assert KALENDER.deadline(begin, dagen) <= KALENDER.deadline(begin + na, dagen)


@given(MOMENTEN, DAGEN)
def test_the_reminder_lies_between_the_promise_and_the_deadline(begin: datetime, dagen: int) -> None:
    deadline = KALENDER.deadline(begin, dagen)
    assert begin <= KALENDER.herinnering(begin, deadline) <= deadline


def test_open_is_within_the_hours_of_a_working_day() -> None:
    assert KALENDER.is_open(at("2026-11-24 08:30"))
    assert not KALENDER.is_open(at("2026-11-24 17:00"))
    assert not KALENDER.is_open(at("2026-11-28 10:00"))


def test_hours_and_days_are_read_from_the_settings() -> None:
    assert parse_uren("9:00-16:30") == (time(9), time(16, 30))
    assert parse_dagen("") == frozenset()
    for wrong in ("9:00", "17:00-9:00", "x-y", "9:00-16:00-17:00"):
        with pytest.raises(InvalidInput):
            parse_uren(wrong)
    with pytest.raises(InvalidInput, match="24-12-2026"):
        parse_dagen("24-12-2026")
