"""A number that the standard does not take for one is kept all the same, and comes back as a number."""

from __future__ import annotations

import pytest

from kcs_desktop.domain.digitaaladres import kind_from_register, kind_in_register
from kcs_desktop.domain.klant import DigitaalAdres, SoortDigitaalAdres
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer

Soort = SoortDigitaalAdres


@pytest.mark.parametrize(
    ("getypt", "soort"),
    [
        ("06 12345678", "telefoonnummer"),
        ("088-1234567", "telefoonnummer"),
        ("+32 2 123 45 67", "telefoonnummer"),
        ("14 0515", "overig"),
        ("0800-1351", "overig"),
        ("0900 123 45 67", "overig"),
        ("112", "overig"),
        ("+290 1234", "overig"),
    ],
)
def test_a_number_is_written_as_the_standard_takes_it_and_read_as_a_number(getypt: str, soort: str) -> None:
    adres = DigitaalAdres(Soort.TELEFOONNUMMER, parse_telefoonnummer(getypt))
    assert kind_in_register(adres) == soort
    assert kind_from_register(soort, adres.adres) is Soort.TELEFOONNUMMER


@pytest.mark.parametrize(
    ("soort", "adres", "is_dit"),
    [
        ("email", "jan@voorbeeld.nl", Soort.EMAIL),
        ("overig", "@jan op het forum", Soort.OVERIG),
        ("overig", "+31612345678", Soort.OVERIG),  # somebody's choice: it could have been a number
        ("fax", "0515123456", Soort.OVERIG),
        ("telefoonnummer", "geen nummer", Soort.TELEFOONNUMMER),
    ],
)
def test_what_another_system_wrote_is_what_it_says(soort: str, adres: str, is_dit: Soort) -> None:
    assert kind_from_register(soort, adres) is is_dit
    assert kind_in_register(DigitaalAdres(Soort.EMAIL, adres)) == "email"
