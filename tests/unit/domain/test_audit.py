"""What an auditor types is recognised by its length, and a period covers whole days of the wall clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.audit import parse_auditonderwerp, parse_auditperiode
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.weergave import local

NU = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("getypt", "soort", "waarde"),
    [
        ("999 990 019", "bsn", "999990019"),
        ("9999.90.019", "bsn", "999990019"),
        ("12 34 56 78", "kvk_nummer", "12345678"),
        ("000012345678", "vestigingsnummer", "000012345678"),
        ("0192F5A0-0000-7000-8000-000000000001", "partij", "0192f5a0-0000-7000-8000-000000000001"),
    ],
)
def test_a_number_is_recognised_by_its_form(getypt: str, soort: str, waarde: str) -> None:
    found = parse_auditonderwerp(getypt)
    assert (found.soort, found.waarde) == (soort, waarde)


@pytest.mark.parametrize(
    ("getypt", "code"),
    [
        ("", "onderwerp-leeg"),
        ("J. de Vries", "onderwerp-vorm"),
        ("123456", "onderwerp-lengte"),
        ("999990018", "bsn-elfproef"),
        ("00000000", "kvk-bestaat-niet"),
    ],
)
def test_what_cannot_be_is_explained(getypt: str, code: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        parse_auditonderwerp(getypt)
    assert wrong.value.code == code
    assert wrong.value.field == "waarde"


@given(st.text(max_size=100))
def test_any_text_is_recognised_or_refused(getypt: str) -> None:
    try:
        found = parse_auditonderwerp(getypt)
    except InvalidInput:
        return
    assert found.waarde


def test_the_last_day_counts_as_a_whole() -> None:
    periode = parse_auditperiode("1-7-2026", "1 juli 2026", NU)
    assert periode.van == datetime(2026, 6, 30, 22, tzinfo=UTC)
    assert periode.tot == datetime(2026, 7, 1, 22, tzinfo=UTC)


def test_a_month_or_a_year_means_all_of_it() -> None:
    periode = parse_auditperiode("2025", "12-2025", NU)
    assert periode.van == datetime(2024, 12, 31, 23, tzinfo=UTC)
    assert periode.tot == datetime(2025, 12, 31, 23, tzinfo=UTC)


def test_days_may_be_named_and_be_left_open() -> None:
    assert parse_auditperiode("gisteren", "", NU).van == datetime(2026, 11, 22, 23, tzinfo=UTC)
    assert parse_auditperiode("", " ", NU) == parse_auditperiode("", "", NU)
    assert parse_auditperiode("", "", NU).tot is None


@pytest.mark.parametrize(
    ("van", "tot", "begin", "end"),
    [
        ("1-11", "", "2026-11-01", None),
        ("1-12", "", "2025-12-01", None),
        ("1-11", "1-11", "2026-11-01", "2026-11-02"),
        ("1-11", "15-12", "2026-11-01", "2026-12-16"),
        ("1-12", "31-1", "2025-12-01", "2026-02-01"),
        ("2024", "31-1", "2024-01-01", "2026-02-01"),
        ("", "31-12", None, "2026-01-01"),
    ],
)
def test_a_day_without_a_year_is_the_last_that_was_and_an_end_follows_its_begin(
    van: str, tot: str, begin: str | None, end: str | None
) -> None:
    periode = parse_auditperiode(van, tot, NU)
    days = [moment and local(moment).date().isoformat() for moment in (periode.van, periode.tot)]
    assert days == [begin, end]


@pytest.mark.parametrize(
    ("van", "tot", "field"),
    [("31-2-2026", "", "van"), ("1-1-2030", "", "van"), ("2-2-2026", "1-2-2026", "tot"), ("", "1-1-9999", "tot")],
)
def test_a_period_that_cannot_be_names_its_field(van: str, tot: str, field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        parse_auditperiode(van, tot, NU)
    assert wrong.value.field == field
