"""Every notation of a number has one normal form, and is shown as people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.telefoonnummer import display_telefoonnummer, parse_telefoonnummer, unbroken_numbers


@pytest.mark.parametrize(
    "typed",
    [
        "06-12345678",
        "0612345678",
        "06 12 34 56 78",
        "+31 6 12345678",
        "0031612345678",
        "+31 (0)6 1234 5678",
        "+310612345678",
    ],
)
def test_every_notation_of_one_mobile_number(typed: str) -> None:
    assert parse_telefoonnummer(typed) == "+31612345678"


@pytest.mark.parametrize(
    ("typed", "normal", "shown"),
    [
        ("(0515) 12 34 56", "+31515123456", "(0515) 12 34 56"),
        ("023-1234567", "+31231234567", "(023) 123 45 67"),
        ("06-12345678", "+31612345678", "06 12 34 56 78"),
        ("14 023", "14023", "14 023"),
        ("14 0515", "140515", "14 0515"),
        ("0800-1351", "08001351", "0800 1351"),
        ("088 123 45 67", "+31881234567", "088 123 45 67"),
        ("+32 2 123 45 67", "+3221234567", "+32 212 345 67"),
        ("001 212 555 0100", "+12125550100", "+1 212 555 010 0"),
        ("112", "112", "112"),
    ],
)
def test_normal_form_and_display(typed: str, normal: str, shown: str) -> None:
    assert parse_telefoonnummer(typed) == normal
    assert display_telefoonnummer(normal) == shown


@pytest.mark.parametrize(
    "typed", ["", "061234567", "612345678", "06-1234567a", "0012", "٠٦١٢٣٤٥٦٧٨", "0" * 10_000, "000000000000"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_telefoonnummer(typed)
    assert caught.value.message.endswith(".")


@given(st.from_regex(r"0[1-9][0-9]{8}|\+4[3-9][1-9][0-9]{6,11}|0800[0-9]{4}|140[1-9][0-9]", fullmatch=True))
def test_what_is_shown_reads_back_as_the_same_number(typed: str) -> None:
    normal = parse_telefoonnummer(typed)
    assert parse_telefoonnummer(display_telefoonnummer(normal)) == normal


def test_a_foreign_notation_in_a_register_is_shown_as_it_is() -> None:
    assert display_telefoonnummer("toestel 12") == "toestel 12"


@pytest.mark.parametrize("number", ["06 12 34 56 78", "(0515) 12 34 56", "088 123 45 67", "+32 212 345 67"])
def test_a_number_in_a_text_stays_on_one_line(number: str) -> None:
    text = unbroken_numbers(f"Telefoonnummer: {number} Voorkeursmoment: ochtend")
    assert text == f"Telefoonnummer: {number.replace(' ', chr(0xA0))} Voorkeursmoment: ochtend"


@pytest.mark.parametrize(
    "text", ["Op 12 november om 14 uur", "Aanslag 2026 van 40 euro", "1 2 3 4 5 6 7 8 9 10 11 12 13 14"]
)
def test_other_figures_break_where_they_did(text: str) -> None:
    assert unbroken_numbers(text) == text
