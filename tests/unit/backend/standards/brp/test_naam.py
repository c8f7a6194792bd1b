"""Names and how to address somebody, as the BRP derives them."""

from __future__ import annotations

from typing import Any

import pytest

from kcs_desktop.backend.standards.brp.naam import aanschrijving, volledige_naam, voorletters

PARTNER = {"voorvoegsel": "van den", "geslachtsnaam": "Berg"}


def _naam(gebruik: str = "E", titel: str = "") -> dict[str, Any]:
    naam: dict[str, Any] = {
        "voornamen": "Johanna Maria",
        "voorvoegsel": "de",
        "geslachtsnaam": "Vries",
        "aanduidingNaamgebruik": {"code": gebruik},
    }
    return {**naam, "adellijkeTitelPredicaat": {"code": titel}} if titel else naam


@pytest.mark.parametrize(
    ("gebruik", "naam", "aanhef", "lopend"),
    [
        ("E", "J.M. de Vries", "Geachte mevrouw De Vries", "mevrouw De Vries"),
        ("P", "J.M. van den Berg", "Geachte mevrouw Van den Berg", "mevrouw Van den Berg"),
        ("V", "J.M. van den Berg-de Vries", "Geachte mevrouw Van den Berg-de Vries", "mevrouw Van den Berg-de Vries"),
        ("N", "J.M. de Vries-van den Berg", "Geachte mevrouw De Vries-van den Berg", "mevrouw De Vries-van den Berg"),
    ],
)
def test_the_name_follows_the_chosen_use(gebruik: str, naam: str, aanhef: str, lopend: str) -> None:
    gevonden = aanschrijving(_naam(gebruik), "V", PARTNER, "M")
    assert gevonden is not None
    assert (gevonden.naam, gevonden.aanhef, gevonden.lopende_tekst) == (naam, aanhef, lopend)


@pytest.mark.parametrize("gebruik", ["P", "V", "N"])
def test_without_a_partner_everybody_has_their_own_name(gebruik: str) -> None:
    assert aanschrijving(_naam(gebruik), "V", None, "O") == aanschrijving(_naam("E"), "V", None, "O")


def test_an_unknown_sex_is_addressed_by_name() -> None:
    gevonden = aanschrijving(_naam(), "O", None, "O")
    assert gevonden is not None
    assert gevonden.aanhef == "Geachte J.M. de Vries"


def test_an_unknown_family_name_gives_no_address() -> None:
    assert aanschrijving({"voornamen": "Jan", "geslachtsnaam": "."}, "M", None, "O") is None


@pytest.mark.parametrize(
    ("titel", "geslacht", "volledig"),
    [
        ("JH", "M", "jonkheer Johanna Maria de Vries"),
        ("JH", "V", "jonkvrouw Johanna Maria de Vries"),
        ("B", "M", "Johanna Maria baron de Vries"),
        ("BS", "V", "Johanna Maria barones de Vries"),
        ("R", "V", "Johanna Maria de Vries"),
    ],
)
def test_a_predicaat_stands_first_and_a_titel_before_the_family_name(titel: str, geslacht: str, volledig: str) -> None:
    assert volledige_naam(_naam(titel=titel), geslacht) == volledig


@pytest.mark.parametrize(
    ("voornamen", "letters"),
    [("Johanna Maria", "J.M."), ("IJsbrand", "IJ."), ("", None), (None, None), ("élodie", "É.")],
)
def test_voorletters(voornamen: str | None, letters: str | None) -> None:
    assert voorletters(voornamen) == letters


def test_blanks_that_the_register_has_too_many_are_one() -> None:
    assert volledige_naam({"voornamen": "Johanna  Maria ", "geslachtsnaam": "Vries"}, "V") == "Johanna Maria Vries"
