"""Whether two places are one: by address, by point, by words."""

from __future__ import annotations

import msgspec
import pytest

from kcs_desktop.domain.dubbelezaak import same_place
from kcs_desktop.domain.zaakgegevens import Locatie

ADRES = Locatie("Wulpweg", 14, postcode="2991AB", woonplaats="Proefdam", bag="0632200000010001")
PUNT = Locatie(lon=4.5, lat=52.0)


@pytest.mark.parametrize(
    "ander",
    [
        Locatie("wulpweg", 14, woonplaats="Proefdam", toelichting="bij het hek"),
        Locatie("Wulpweg", 14, "A", postcode="2991 ab"),
        Locatie("Wulpenweg", 99, bag="0632200000010001"),
    ],
)
def test_an_address_is_one_with_and_without_what_is_not_said_of_it(ander: Locatie) -> None:
    assert same_place(ADRES, ander)
    assert same_place(ander, ADRES)


@pytest.mark.parametrize(
    "ander",
    [
        Locatie("Wulpweg", 16, woonplaats="Proefdam"),
        Locatie("Wulpweg", 14, woonplaats="Duinstad"),
        Locatie(toelichting="Wulpweg"),
        Locatie(),
    ],
)
def test_another_address_is_another_place(ander: Locatie) -> None:
    assert not same_place(ADRES, ander)


def test_points_a_few_steps_apart_are_one_place() -> None:
    assert same_place(PUNT, Locatie(lon=4.5003, lat=52.0001))
    assert not same_place(PUNT, Locatie(lon=4.501, lat=52.0))


def test_a_place_in_words_is_one_by_those_words() -> None:
    vijver = Locatie(toelichting="Bij de vijver")
    assert same_place(vijver, msgspec.structs.replace(vijver, toelichting="bij de vijver"))
    assert not same_place(vijver, Locatie(toelichting="bij de school"))
    assert not same_place(Locatie(), Locatie())
