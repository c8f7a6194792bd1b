"""Every Dutch notation of a date is read, and the impossible ones are explained."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.datum import MAANDEN, Datum, looks_like_datum, parse_datum, parse_iso
from kcs_desktop.domain.errors import InvalidInput

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1950, 1, 1), TODAY)


NOTATIONS = (
    "14-3-1971|14/3/71|14-03-'71|14.3.1971|14 3 1971|14 mrt 1971|14 maart 1971|14mrt1971|14e maart 1971|14 Maart '71|"
    "14031971|19710314|140371|1971-03-14|1971/3/14| 14 - 3 - 1971 "
)


@pytest.mark.parametrize("typed", NOTATIONS.split("|"))
def test_every_notation_of_one_day(typed: str) -> None:
    assert parse_datum(typed, TODAY).iso == "1971-03-14"


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("3-1971", "1971-03"),
        ("maart 1971", "1971-03"),
        ("1971-03", "1971-03"),
        ("1971", "1971"),
        ("00-00-1971", "1971"),
    ],
)
def test_a_date_may_be_partly_known(typed: str, iso: str) -> None:
    assert parse_datum(typed, TODAY).iso == iso
    assert not parse_datum(typed, TODAY).is_volledig


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("14-13-1971", "Deze datum bestaat niet: er is geen maand 13."),
        ("32-1-1971", "Deze datum bestaat niet: er is geen dag 32."),
        ("31-4-1971", "Deze datum bestaat niet: april heeft 30 dagen."),
        ("29-2-1971", "Deze datum bestaat niet: februari 1971 heeft 28 dagen."),
        ("14-0-1971", "Deze datum bestaat niet: er is geen maand 0."),
        ("14-3-1071", "Het jaar 1071 kan niet kloppen."),
        ("25-11-2026", "Deze datum ligt in de toekomst."),
        ("14 maart", "Vul ook het jaar in."),
        ("14-3", "Vul ook het jaar in."),
        ("0-3", "Dit is geen datum."),
        ("gisteren", "Dit is geen datum."),
        ("1" * 10_000, "Dit is geen datum."),
        ("١٤-٣-١٩٧١", "Dit is geen datum."),
        ("", "Vul een datum in."),
    ],
)
def test_what_is_wrong_is_said(typed: str, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_datum(typed, TODAY)
    assert caught.value.message == text


def test_month_before_day_gets_advice() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_datum("3-14-1971", TODAY)
    assert caught.value.advice.startswith("Schrijf eerst de dag")


@pytest.mark.parametrize(
    ("typed", "year"), [("24-11-26", 2026), ("25-11-26", 1926), ("1-1-27", 1927), ("1-1-00", 2000), ("1-1-71", 1971)]
)
def test_two_digits_are_the_latest_year_that_is_not_ahead(typed: str, year: int) -> None:
    assert parse_datum(typed, TODAY).jaar == year


def test_two_digits_may_lie_ahead_where_the_future_is_allowed() -> None:
    assert parse_datum("1-2-27", TODAY, mag_toekomst=True) == Datum(2027, 2, 1)
    assert parse_datum("1-2-71", TODAY, mag_toekomst=True) == Datum(1971, 2, 1)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("1-11", "2026-11-01"),
        ("24-11", "2026-11-24"),
        ("25-11", "2025-11-25"),
        ("01/12", "2025-12-01"),
        ("29 feb", "2024-02-29"),
        ("december", "2025-12"),
        ("1-11-2024", "2024-11-01"),
    ],
)
def test_without_a_year_it_is_the_last_such_day_that_was(typed: str, iso: str) -> None:
    assert parse_datum(typed, TODAY, jaarloos_tot=TODAY).iso == iso


@pytest.mark.parametrize(
    ("typed", "text"), [("31-4", "Deze datum bestaat niet: april heeft 30 dagen."), ("1-13", "er is geen maand 13")]
)
def test_a_day_that_no_year_has_is_refused_without_one_too(typed: str, text: str) -> None:
    with pytest.raises(InvalidInput, match=text):
        parse_datum(typed, TODAY, jaarloos_tot=TODAY)


@given(
    DAYS, st.sampled_from(["{d}-{m}-{y}", "{d:02}/{m:02}/{y}", "{d} {n} {y}", "{y}-{m:02}-{d:02}", "{d:02}{m:02}{y}"])
)
def test_any_day_survives_any_notation(day: date, notation: str) -> None:
    typed = notation.format(d=day.day, m=day.month, y=day.year, n=MAANDEN[day.month - 1])
    assert parse_datum(typed, TODAY).iso == day.isoformat()
    assert looks_like_datum(typed)
    assert parse_iso(day.isoformat()).iso == day.isoformat()


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(typed: str) -> None:
    with suppress(InvalidInput):
        assert parse_iso(parse_datum(typed, TODAY).iso)
