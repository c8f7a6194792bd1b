"""The Algemene termijnenwet: holidays, moved ends, days left."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.termijn import (
    Duur,
    Termijnstand,
    end_of_term,
    feestdagen,
    first_ending_at,
    is_werkdag,
    parse_duur,
    termijn_of,
)

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
lengths = st.builds(Duur, st.integers(0, 240), st.integers(0, 2000))


@pytest.mark.parametrize(
    ("tekst", "duur"),
    [
        ("P56D", Duur(0, 56)),
        ("P8W", Duur(0, 56)),
        ("P6M", Duur(6, 0)),
        ("P1Y2M3W4D", Duur(14, 25)),
        ("P0D", Duur()),
        ("P", None),
        ("", None),
        ("8W", None),
        ("P8", None),
        ("P-8W", None),
        ("PT5H", None),
        ("P8W\n", None),
        ("P99999999999Y", None),
    ],
)
def test_a_period_is_read_as_the_standard_writes_it(tekst: str, duur: Duur | None) -> None:
    assert parse_duur(tekst) == duur


@pytest.mark.parametrize(
    ("van", "duur", "tot"),
    [
        (date(2026, 1, 31), Duur(1), date(2026, 2, 28)),
        (date(2024, 1, 31), Duur(1), date(2024, 2, 29)),
        (date(2026, 12, 15), Duur(1), date(2027, 1, 15)),
        (date(2026, 11, 2), Duur(0, 56), date(2026, 12, 28)),
        (date(2026, 1, 31), Duur(12, 1), date(2027, 2, 1)),
        (date(9999, 12, 1), Duur(0, 99999), date.max),
        (date(2026, 1, 1), Duur(12 * 9000), date.max),
        (date(9999, 11, 30), Duur(1), date(9999, 12, 30)),
    ],
)
def test_a_period_ends_on_a_day_that_is_there(van: date, duur: Duur, tot: date) -> None:
    assert duur.after(van) == tot


def test_the_holidays_of_2026_are_those_of_the_law() -> None:
    assert sorted(feestdagen(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Goede Vrijdag
        date(2026, 4, 6),
        date(2026, 4, 27),
        date(2026, 5, 5),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 12, 25),
        date(2026, 12, 26),
    ]


@pytest.mark.parametrize(
    ("jaar", "dag"), [(2025, date(2025, 4, 26)), (2014, date(2014, 4, 26)), (2013, date(2013, 4, 30))]
)
def test_the_day_of_the_king_is_never_a_sunday(jaar: int, dag: date) -> None:
    assert dag in feestdagen(jaar)
    assert sum(day.month == 4 and day.day >= 26 for day in feestdagen(jaar)) == 1


@pytest.mark.parametrize(
    ("dag", "eind"),
    [
        (date(2026, 11, 26), date(2026, 11, 26)),
        (date(2026, 11, 28), date(2026, 11, 30)),  # Saturday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas, then a weekend
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday to the Tuesday after Easter
        (date(2027, 12, 31), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2028, 1, 3)),
    ],
)
def test_an_end_on_a_free_day_moves_to_the_next_working_day(dag: date, eind: date) -> None:
    assert end_of_term(dag) == eind


@given(days)
def test_an_end_is_a_working_day_never_earlier_and_at_most_four_days_later(dag: date) -> None:
    eind = end_of_term(dag)
    assert is_werkdag(eind)
    assert 0 <= (eind - dag).days <= 4
    assert not any(is_werkdag(dag + timedelta(days=i)) for i in range((eind - dag).days))
    assert end_of_term(eind) == eind


@given(days)
def test_the_first_day_that_ends_at_a_day_is_the_first(dag: date) -> None:
    first = first_ending_at(dag)
    assert first <= dag <= end_of_term(first)
    assert end_of_term(first - timedelta(days=1)) < dag


@given(days, days)
def test_a_later_day_never_ends_earlier(een: date, ander: date) -> None:
    vroeg, laat = sorted((een, ander))
    assert end_of_term(vroeg) <= end_of_term(laat)


@given(days, lengths)
def test_a_period_never_goes_back(van: date, duur: Duur) -> None:
    tot = duur.after(van)
    assert tot >= van
    assert tot >= van + timedelta(days=duur.dagen + 28 * duur.maanden)


@given(days, days)
def test_a_running_term_counts_down_by_a_day_a_day(uiterlijk: date, vandaag: date) -> None:
    nu = termijn_of(uiterlijk, vandaag, einddatum=None, opgeschort=False)
    morgen = termijn_of(uiterlijk, vandaag + timedelta(days=1), einddatum=None, opgeschort=False)
    assert morgen.dagen == nu.dagen - 1
    assert nu.is_te_laat == (nu.stand is Termijnstand.VERSTREKEN) == (vandaag > end_of_term(uiterlijk))


def test_the_last_day_itself_is_in_time_and_asks_for_attention() -> None:
    termijn = termijn_of(date(2026, 11, 28), date(2026, 11, 30), einddatum=None, opgeschort=False)
    assert (termijn.stand, termijn.dagen, termijn.is_te_laat) == (Termijnstand.BIJNA, 0, False)


def test_a_suspended_term_is_not_late_and_a_finished_one_stands_still() -> None:
    opgeschort = termijn_of(date(2020, 1, 6), date(2026, 11, 26), einddatum=None, opgeschort=True)
    assert (opgeschort.stand, opgeschort.is_te_laat) == (Termijnstand.OPGESCHORT, False)
    op_tijd = termijn_of(date(2026, 1, 5), date(2026, 11, 26), einddatum=date(2026, 1, 2), opgeschort=True)
    assert (op_tijd.stand, op_tijd.dagen, op_tijd.is_te_laat) == (Termijnstand.AFGEROND, 3, False)
    te_laat = termijn_of(date(2026, 1, 5), date(2026, 1, 6), einddatum=date(2026, 1, 7), opgeschort=False)
    assert (te_laat.dagen, te_laat.is_te_laat) == (-2, True)
    assert termijn_of(None, date(2026, 1, 5), einddatum=None, opgeschort=False).stand is Termijnstand.GEEN
