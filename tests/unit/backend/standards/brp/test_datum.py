"""Dates of which a part is unknown, the age that follows, folded names and address lines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.backend.standards.brp.datum import datum, leeftijd
from kcs_desktop.backend.standards.brp.verblijf import adresregels
from kcs_desktop.backend.standards.brp.zoekvorm import fold

VANDAAG = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("bron", "soort", "lang"),
    [
        ("19710314", "Datum", "14 maart 1971"),
        ("19710300", "JaarMaandDatum", "maart 1971"),
        ("19710000", "JaarDatum", "1971"),
        ("00000000", "DatumOnbekend", "onbekend"),
    ],
)
def test_a_date_tells_what_is_known(bron: str, soort: str, lang: str) -> None:
    gevonden = datum(bron)
    assert gevonden is not None
    assert (gevonden["type"], gevonden["langFormaat"]) == (soort, lang)


@pytest.mark.parametrize(
    ("bron", "jaren"),
    [
        ("19710314", 55), ("19710315", 54), ("19710200", 55), ("19710400", 54), ("19710300", None),
        ("19710000", None), ("00000000", None), ("", None), ("20260314", 0), ("20270101", None),
    ],
)  # fmt: skip
def test_an_age_is_given_only_where_the_known_part_decides_it(bron: str, jaren: int | None) -> None:
    assert leeftijd(bron, VANDAAG) == jaren


@given(st.dates(date(1880, 1, 1), VANDAAG))
def test_an_age_is_the_number_of_birthdays(geboren: date) -> None:
    jaren = leeftijd(geboren.strftime("%Y%m%d"), VANDAAG)
    assert jaren is not None
    assert geboren.year + jaren + ((geboren.month, geboren.day) > (3, 14)) == 2026


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("text", "vorm"), [("Özdemir", "ozdemir"), ("Søren  Łuk", "soren luk"), ("Ĳssel", "ijssel")])
def test_names_compare_without_case_and_diacritics(text: str, vorm: str) -> None:
    assert fold(text) == vorm


@pytest.mark.parametrize(
    ("bron", "eerste", "tweede"),
    [
        (
            {"straat": "Kade", "huisnummer": "12", "huisletter": "A", "huisnummertoevoeging": "bis",
             "postcode": "1234AB", "woonplaats": "Proefdam"},
            "Kade 12A-bis", "1234 AB Proefdam",
        ),
        (
            {"straat": "Kade", "huisnummer": "12", "aanduidingBijHuisnummer": {"code": "to"}, "postcode": "1234AB"},
            "Kade tegenover 12", "1234 AB Elders",
        ),
        ({"locatiebeschrijving": "Woonboot bij de brug"}, "Woonboot bij de brug", "Elders"),
        ({"land": {"code": "5010"}, "regel1": "Rue 1", "regel2": "Brussel"}, "Rue 1", "Brussel"),
    ],
)  # fmt: skip
def test_address_lines(bron: dict[str, object], eerste: str, tweede: str) -> None:
    regels = adresregels(bron, "Elders")
    assert (regels["adresregel1"], regels["adresregel2"]) == (eerste, tweede)


def test_an_unknown_address_has_no_lines() -> None:
    assert adresregels({"land": {"code": "0000"}}, "Elders") == {}
