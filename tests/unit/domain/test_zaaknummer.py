"""What may be a part of the number of a zaak, as the search reads it, and what is of people and goes to no register."""

from __future__ import annotations

from datetime import date

import pytest

from kcs_desktop.domain.zaaknummer import is_part_of_number, is_written_number
from kcs_desktop.search.recognise import recognise

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "typed", ["166", "0166", "0000000166", "166000", "2026-0166", "2026-0000000166", "2026/00167", "ZAAK-20", "Z-1"]
)
def test_a_part_of_a_number_is_asked_of_the_zaken(typed: str) -> None:
    assert is_part_of_number(recognise(typed, TODAY))


@pytest.mark.parametrize(
    "typed",
    [
        "16",
        "999990019",
        "999 990 019",
        "9999900",  # a BSN, almost
        "999990018",  # a BSN with a typing error
        "2026/00166",  # a BSN, however it is written
        "0612345678",
        "06 12345678",
        "+31612345678",
        "14023",
        "24-11-2026",
        "2026-11-24",
        "2026-11",
        "Duinrode",
        "9999 ZZ",
    ],
)
def test_what_tells_of_people_is_not(typed: str) -> None:
    assert not is_part_of_number(recognise(typed, TODAY))


@pytest.mark.parametrize(
    ("typed", "is_written"),
    [
        ("ZAAK-20", True),
        ("2026-0000000166", True),
        ("2026-0166", True),
        ("2026/00167", True),
        ("2026/00166", False),
        ("2026-11", False),
        ("2026-11-24", False),
        ("0000000166", False),
        ("12345678", False),
        ("Duinrode", False),
    ],
)
def test_a_year_with_a_number_is_the_number_of_a_zaak(typed: str, is_written: bool) -> None:
    assert is_written_number(recognise(typed, TODAY)) is is_written
