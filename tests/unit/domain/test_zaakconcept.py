"""What the backend had against a draft, once the draft was answered anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.zaakconcept import Bezwaar, Zaakconcept, answered_anew
from kcs_desktop.domain.zaakgegevens import Eigenschapwaarde, Locatie

KLANT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "J. van Duinrode")
NAMEN = (
    "",
    "klant",
    "omschrijving",
    "locatie.huisnummer",
    "documenten.0.titel",
    "eigenschappen.e-kenteken",
    "eigenschappen.e-straat",
)
CONCEPT = Zaakconcept(
    "c-1",
    "o-1",
    "r-1",
    "zt-1",
    datetime(2026, 11, 24, 9, tzinfo=UTC),
    eigenschappen=(Eigenschapwaarde("e-kenteken", "AB-123-C"), Eigenschapwaarde("e-straat", "Duinweg")),
    bezwaren=tuple(Bezwaar(naam, "Dit kan niet.") for naam in NAMEN),
)


@pytest.mark.parametrize(
    ("anders", "weg"),
    [
        ({"omschrijving": "Fietswrak"}, {"omschrijving"}),
        ({"klant": KLANT}, {"klant"}),
        ({"locatie": Locatie(straat="Duinweg", huisnummer=3)}, {"locatie.huisnummer"}),
        ({"eigenschappen": (Eigenschapwaarde("e-kenteken", "AB-123-C"),)}, {"eigenschappen.e-straat"}),
        ({}, set()),
    ],
)
def test_an_objection_goes_with_what_it_was_about_and_the_others_stay(anders: dict[str, Any], weg: set[str]) -> None:
    nieuw = answered_anew(CONCEPT, msgspec.structs.replace(CONCEPT, **anders))
    assert {al.veld for al in CONCEPT.bezwaren} - {al.veld for al in nieuw.bezwaren} == weg


def test_a_field_that_is_given_the_same_answer_again_is_judged_anew() -> None:
    nieuw = answered_anew(CONCEPT, CONCEPT, "e-kenteken", "documenten")
    assert {al.veld for al in nieuw.bezwaren} == set(NAMEN) - {"eigenschappen.e-kenteken", "documenten.0.titel"}
