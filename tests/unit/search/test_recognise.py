"""What a line of text is taken for, which register can answer it, and what is wrong with it."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.tekst import clean
from kcs_desktop.domain.zoeken import Soortvraag
from kcs_desktop.search.recognise import recognise

S = Soortvraag
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "soort", "volledig", "fields"),
    [
        ("", S.LEEG, False, {}),
        ("999 990 019", S.BSN, True, {"bsn": "999990019", "rsin": "999990019"}),
        ("8999.00.008", S.RSIN, True, {"bsn": "", "rsin": "899900008"}),
        ("68599084", S.KVK_NUMMER, True, {"kvk_nummer": "68599084", "bsn": ""}),
        ("10000008", S.KVK_NUMMER, True, {"kvk_nummer": "10000008", "bsn": "010000008"}),
        ("14031971", S.KVK_NUMMER, True, {"kvk_nummer": "14031971", "geboortedatum": "1971-03-14"}),
        ("000037837045", S.VESTIGINGSNUMMER, True, {"vestigingsnummer": "000037837045"}),
        ("06-12345678", S.TELEFOONNUMMER, False, {"telefoonnummer": "+31612345678"}),
        ("06 12 34 56 78", S.TELEFOONNUMMER, False, {"telefoonnummer": "+31612345678"}),
        ("06 12 34", S.TELEFOONNUMMER, False, {"telefoonnummer": "", "geboortedatum": ""}),
        ("+31 (0)515 123456", S.TELEFOONNUMMER, False, {"telefoonnummer": "+31515123456"}),
        ("14 0515", S.TELEFOONNUMMER, False, {"telefoonnummer": "140515"}),
        ("Jan@Voorbeeld.NL", S.EMAIL, False, {"email": "Jan@voorbeeld.nl"}),
        ("jan@", S.EMAIL, False, {"email": "", "fout": ""}),
        ("9999zz", S.POSTCODE, False, {"postcode": "9999ZZ"}),
        ("9999 z", S.POSTCODE, False, {"postcode": "9999Z"}),
        ("9999zz 12-a", S.POSTCODE, True, {"postcode": "9999ZZ", "huisnummer": 12, "huisletter": "A"}),
        ("9999ZZ 12 bis", S.POSTCODE, True, {"huisnummer": 12, "toevoeging": "bis"}),
        ("9999zz jansen", S.POSTCODE, False, {"postcode": "9999ZZ", "naam": "jansen"}),
        ("kerkstraat 12", S.ADRES, False, {"straat": "kerkstraat", "huisnummer": 12}),
        ("Kerkstraat 12a, Voorbeeldstad", S.ADRES, True, {"huisletter": "A", "plaats": "Voorbeeldstad", "naam": ""}),
        ("Kerkstraat 12 9999ZZ Voorbeeldstad", S.ADRES, True, {"postcode": "9999ZZ", "plaats": "Voorbeeldstad"}),
        ("Plein 1945 3", S.ADRES, False, {"straat": "Plein 1945", "huisnummer": 3}),
        ("14-3-1971", S.GEBOORTEDATUM, False, {"geboortedatum": "1971-03-14"}),
        ("geb. 14 mrt 1971", S.GEBOORTEDATUM, False, {"geboortedatum": "1971-03-14"}),
        ("de Vries 14-3-1971", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "Vries", "voorvoegsel": "de"}),
        ("14 maart 1971 jan jansen", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "jansen", "voornamen": "jan"}),
        ("Vries, de, geboren op 14-3-71", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "Vries"}),
        ("duinrode j. 14-03-1971", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "duinrode", "voornamen": "j."}),
        ("14 mrt 71 duinrode j", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "duinrode", "voornamen": "j"}),
        ("duinrode 14 mrt 71 j", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "duinrode", "voornamen": "j"}),
        ("kerkstraat 12 jan 5 x", S.ADRES, True, {"geboortedatum": ""}),
        ("j 14-3-1971 duinrode", S.NAAM_EN_GEBOORTEDATUM, True, {"geslachtsnaam": "duinrode", "voornamen": "j"}),
        ("jansen 1971", S.NAAM_EN_GEBOORTEDATUM, False, {"geboortedatum": "1971"}),
        ("kerkstraat 1971", S.ADRES, False, {"huisnummer": 1971}),
        ("j", S.NAAM, False, {"naam": "j"}),
        ("Bakkerij De Gouden Krakeling", S.NAAM, True, {"naam": "Bakkerij De Gouden Krakeling"}),
    ],
)  # fmt: skip
def test_what_the_text_is_taken_for(text: str, soort: Soortvraag, volledig: bool, fields: dict[str, Any]) -> None:
    vraag = recognise(text, TODAY)
    assert (vraag.soort, vraag.is_volledig) == (soort, volledig)
    assert {name: getattr(vraag, name) for name in fields} == fields
    assert not vraag.fout


@pytest.mark.parametrize(
    ("text", "fout"),
    [
        ("999990018", "Dit is geen geldig BSN: de controle klopt niet."),
        ("1234567890", "Dit nummer heeft 10 cijfers."),
        ("14-13-1971", "Deze datum bestaat niet: er is geen maand 13."),
        ("jansen 31-4-1971", "Deze datum bestaat niet: april heeft 30 dagen."),
        ("9999SS", "Deze postcode bestaat niet"),
        ("9999zz 123456789", "Een huisnummer ligt tussen"),
        ("x" * 10_000, "Deze tekst is te lang"),
    ],
)
def test_what_is_wrong_is_said_and_no_register_is_asked(text: str, fout: str) -> None:
    vraag = recognise(text, TODAY)
    assert vraag.fout.startswith(fout)
    assert not vraag.is_volledig


def test_nine_digits_that_are_no_bsn_may_be_a_telephone_number() -> None:
    vraag = recognise("612345678", TODAY)
    assert vraag.fout.startswith("Dit is geen geldig BSN")
    assert (vraag.telefoonnummer, vraag.beller) == ("+31612345678", "+31612345678")
    assert "06 12 34 56 78" in vraag.uitleg


@pytest.mark.parametrize("text", ["123456789", "123 456 789", "515123457", "2026-00000", "2026/00000", "1999-12345"])
def test_no_telephone_number_is_made_of_a_wrong_bsn_or_the_number_of_a_zaak(text: str) -> None:
    vraag = recognise(text, TODAY)
    assert vraag.fout.startswith("Dit is geen geldig BSN")
    assert vraag.beller == ""
    assert "telefoonnummer" not in vraag.uitleg


@pytest.mark.parametrize("text", ["2026-00000", "1999-12345", "ZAAK-2026-00000", "ZAAK-2026-0000000042"])
def test_nobody_is_looked_for_by_the_number_of_a_zaak(text: str) -> None:
    assert recognise(text, TODAY).telefoonnummer == ""


def test_who_is_known_by_a_number_is_found_without_its_zero_too() -> None:
    assert recognise("515123457", TODAY).telefoonnummer == "+31515123457"


@pytest.mark.parametrize("text", ["0612345678", "06-12345678", "0515-123456", "+31 515 123456", "0031612345678"])
def test_a_contact_can_start_from_a_number_that_was_typed_in_full(text: str) -> None:
    vraag = recognise(text, TODAY)
    assert vraag.beller == vraag.telefoonnummer != ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("06-12345678", "kunnen niet zoeken op telefoonnummer"),
        ("jan@voorbeeld.nl", "kunnen niet zoeken op e-mailadres"),
        ("jansen 14-3-1971", "Met een tikfout vindt de BRP niets"),
        ("jansen", "Voor de BRP is ook een geboortedatum nodig"),
        ("kerkstraat 12", "typ ook de plaats"),
    ],
)
def test_what_a_register_cannot_answer_is_said(text: str, said: str) -> None:
    assert said in recognise(text, TODAY).uitleg


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    vraag = recognise(text, TODAY)
    assert vraag.tekst == clean(text[:200] if len(text) > 200 else text)
    assert (vraag.soort is Soortvraag.LEEG) == (not vraag.tekst)


@pytest.mark.parametrize("part", ["a", "1", "9999zz ", "14-3-", "a 1", "@.", "((", "'", "de ", "1 a ", "\u202e", "é"])
def test_long_text_costs_no_time(part: str) -> None:
    begin = time.perf_counter()
    for length in (190, 10_000):
        recognise(part * (length // len(part)), TODAY)
    assert time.perf_counter() - begin < 0.25
