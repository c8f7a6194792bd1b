"""Names come apart whatever order they were typed in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.naam import Naam, parse_naam, readings
from kcs_desktop.domain.tekst import clean


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Jan de Vries", Naam("Vries", "Jan", "de")),
        ("de Vries", Naam("Vries", "", "de")),
        ("Vries, de", Naam("Vries", "", "de")),
        ("Vries, Jan de", Naam("Vries", "Jan", "de")),
        ("de Vries, J.P.", Naam("Vries", "J.P.", "de")),
        ("van der Berg Jan", Naam("Berg", "Jan", "van der")),
        ("J. v.d. Berg", Naam("Berg", "J.", "van der")),
        ("Jan Jansen", Naam("Jansen", "Jan")),
        ("Ben Jansen", Naam("Jansen", "Ben")),
        ("Ali ben Said", Naam("Said", "Ali", "ben")),
        ("Anna van 't Hof-de Boer", Naam("Hof-de Boer", "Anna", "van 't")),
        ("van Duinrode-de Proef", Naam("Duinrode-de Proef", "", "van")),
        ("J. van Duinrode-de Proef", Naam("Duinrode-de Proef", "J.", "van")),
        ("Jansen-van der Berg", Naam("Jansen-van der Berg")),
        ("Anna Jansen-van der Berg", Naam("Jansen-van der Berg", "Anna")),
        ("van Duinrode-de Proef Johanna", Naam("Duinrode-de Proef", "Johanna", "van")),
        ("Jansen-de", Naam("Jansen-de")),
        ("S. Bakker", Naam("Bakker", "S.")),
        ("Bakker S.", Naam("Bakker", "S.")),
        ("duinrode j", Naam("duinrode", "j")),
        ("Duinrode J. P.", Naam("Duinrode", "J. P.")),
        ("van der Berg J.", Naam("Berg", "J.", "van der")),
        ("Vries J. de", Naam("Vries", "J.", "de")),
        ("Vries de J.", Naam("Vries", "J.", "de")),
        ("Jansen Bakker A.", Naam("Jansen Bakker", "A.")),
        ("Anna Bakker", Naam("Bakker", "Anna")),
        ("jansen", Naam("jansen")),
        ("de", Naam("de")),
        ("", Naam("")),
    ],
)
def test_parts(typed: str, expected: Naam) -> None:
    assert parse_naam(typed) == expected


def test_a_double_name_may_be_known_under_each_of_its_parts() -> None:
    assert readings(parse_naam("J. van Duinrode-de Proef")) == (
        Naam("Duinrode-de Proef", "J.", "van"),
        Naam("Duinrode", "J.", "van"),
        Naam("Proef", "J.", "de"),
    )
    for single in ("Jan de Vries", "-", "Jansen-", ""):
        assert len(readings(parse_naam(single))) == 1


def test_how_a_name_is_written() -> None:
    naam = Naam("Vries", "Jan Piet", "de")
    assert naam.volledig == "Jan Piet de Vries"
    assert naam.sorteernaam == "Vries, Jan Piet de"
    assert naam.aanschrijf == "J.P. de Vries"
    assert naam.initialen == "JV"


@given(
    st.sampled_from(["Jan", "Fatma", "Åse"]),
    st.sampled_from(["", "de", "van der", "van 't"]),
    st.sampled_from(["Vries", "Çelik"]),
)
def test_both_written_forms_read_back(voornaam: str, voorvoegsel: str, achternaam: str) -> None:
    naam = Naam(achternaam, voornaam, voorvoegsel)
    assert parse_naam(naam.volledig) == naam
    assert parse_naam(naam.sorteernaam) == naam


@given(st.text(max_size=200))
def test_any_text_gives_a_name(typed: str) -> None:
    naam = parse_naam(typed)
    assert naam.volledig == " ".join(naam.volledig.split())
    assert bool(naam.volledig) == any(teken not in ", " for teken in clean(typed))
