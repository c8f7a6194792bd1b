"""Postcodes and house numbers in the spellings people use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.postcode import Huisnummer, display_postcode, parse_huisnummer, parse_postcode, split_postcode


@pytest.mark.parametrize("typed", ["9999zz", "9999 ZZ", " 9999  Zz ", "9999-zz"])
def test_every_spelling_of_one_postcode(typed: str) -> None:
    assert parse_postcode(typed) == "9999ZZ"


@pytest.mark.parametrize("typed", ["", "0999ZZ", "999ZZ", "9999Z", "9999ZZZ", "9999SS", "٩٩٩٩zz", "9999ZZ" * 2000])
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_postcode(typed)
    assert caught.value.field == "postcode"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12", Huisnummer(12)),
        ("12a", Huisnummer(12, "A")),
        ("12-a", Huisnummer(12, "A")),
        ("12 A", Huisnummer(12, "A")),
        ("12 bis", Huisnummer(12, "", "bis")),
        ("12-2", Huisnummer(12, "", "2")),
        ("12a-2", Huisnummer(12, "A", "2")),
        ("12 a bis", Huisnummer(12, "A", "bis")),
        ("12-2hg", Huisnummer(12, "", "2hg")),
        ("nr. 12", Huisnummer(12)),
    ],
)
def test_letter_and_addition_are_told_apart(typed: str, expected: Huisnummer) -> None:
    assert parse_huisnummer(typed) == expected


@pytest.mark.parametrize("typed", ["", "a", "0", "100000", "12 abcdef", "-3", "1" * 10_000])
def test_what_is_no_house_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        parse_huisnummer(typed)


@given(st.integers(1, 99_999), st.sampled_from(["", "A", "Z"]), st.sampled_from(["", "bis", "2", "1hg"]))
def test_a_shown_house_number_reads_back(nummer: int, letter: str, toevoeging: str) -> None:
    huisnummer = Huisnummer(nummer, letter, toevoeging)
    assert parse_huisnummer(huisnummer.display) == huisnummer


def test_a_postcode_is_split_from_what_follows() -> None:
    assert split_postcode("9999zz 12-a") == ("9999zz", "12-a")
    assert split_postcode("9999 ZZ") == ("9999 ZZ", "")
    assert split_postcode("9999 zzz 12") is None
    assert display_postcode("9999ZZ") == "9999 ZZ"
