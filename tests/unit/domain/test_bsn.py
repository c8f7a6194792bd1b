"""What is and is not a BSN, and what is said about it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.bsn import parse_bsn, passes_elfproef
from kcs_desktop.domain.errors import InvalidInput


def _next_valid(start: int) -> str:
    return next(f"{n:09d}" for n in range(start, start + 30) if passes_elfproef(f"{n:09d}"))


valid = st.integers(1, 999_999_900).map(_next_valid)


@pytest.mark.parametrize("typed", ["999990019", "999 990 019", "9999.90.019", " 999-990-019 "])
def test_any_grouping_gives_the_nine_digits(typed: str) -> None:
    assert parse_bsn(typed) == "999990019"


def test_eight_digits_get_their_leading_zero() -> None:
    assert parse_bsn("10000008") == "010000008"


@pytest.mark.parametrize(
    ("typed", "code", "text"),
    [
        ("", "bsn-leeg", "Vul een BSN in"),
        ("12345", "bsn-lengte", "Dit zijn er 5"),
        ("99999001a", "bsn-tekens", "alleen uit cijfers"),
        ("٩٩٩٩٩٠٠١٩", "bsn-tekens", "alleen uit cijfers"),
        ("999999245", "bsn-elfproef", "de controle klopt niet"),
        ("000000000", "bsn-elfproef", "de controle klopt niet"),
        ("9" * 10_000, "bsn-lengte", "10000"),
    ],
)
def test_what_is_wrong_is_said(typed: str, code: str, text: str) -> None:
    with pytest.raises(InvalidInput, match=text) as caught:
        parse_bsn(typed)
    assert caught.value.code == code
    assert caught.value.field == "bsn"


@given(valid, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_passes(bsn: str, place: int, shift: int) -> None:
    wrong = bsn[:place] + str((int(bsn[place]) + shift) % 10) + bsn[place + 1 :]
    assert not passes_elfproef(wrong)


@given(valid, st.integers(0, 6))
def test_two_swapped_neighbours_never_pass(bsn: str, place: int) -> None:
    wrong = bsn[:place] + bsn[place + 1] + bsn[place] + bsn[place + 2 :]
    assert wrong == bsn or not passes_elfproef(wrong)
