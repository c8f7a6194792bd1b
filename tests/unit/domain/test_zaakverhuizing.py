"""A draft under another zaaktype: answers follow their question, and none that was typed is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from kcs_desktop.domain.zaakconcept import Zaakconcept
from kcs_desktop.domain.zaakformulier import Formulierveld, Veldsoort, Zaakformulier
from kcs_desktop.domain.zaakgegevens import Eigenschapwaarde
from kcs_desktop.domain.zaakverhuizing import moved, with_names

OUD = Zaakformulier(
    "zt-oud",
    "Vergunning",
    (
        Formulierveld("o-kleur", "Kleur", "Welke kleur?"),
        Formulierveld("o-dag", "dag", "Wanneer?", Veldsoort.DATUM),
        Formulierveld("o-naam", "naam", "Van wie?"),
        Formulierveld("o-talen", "talen", "Welke?", meer=True),
    ),
)
NIEUW = Zaakformulier(
    "zt-nieuw",
    "Vergunning 2027",
    (
        Formulierveld("n-kleur", "kleur", "Welke kleur?", Veldsoort.KEUZE, keuzes=("rood", "groen")),
        Formulierveld("n-dag", "Dag", "Wanneer?", Veldsoort.DATUM),
        Formulierveld("n-talen", "talen", "Welke?"),
    ),
)


def answered(*antwoorden: tuple[str, str]) -> Zaakconcept:
    """A draft with these answers by eigenschap."""
    given = tuple(Eigenschapwaarde(eigenschap, waarde) for eigenschap, waarde in antwoorden)
    leeg = Zaakconcept("c", "o", "r", "zt-oud", datetime(2026, 11, 24, 9, tzinfo=UTC))
    return with_names(msgspec.structs.replace(leeg, eigenschappen=given), OUD)


def test_an_answer_goes_to_the_question_of_the_same_name() -> None:
    verder = moved(answered(("o-kleur", "groen"), ("o-dag", "20261201")), NIEUW)
    assert (verder.zaaktype, verder.naam) == ("zt-nieuw", "Vergunning 2027")
    assert [(al.eigenschap, al.waarde) for al in verder.eigenschappen] == [("n-kleur", "groen"), ("n-dag", "20261201")]
    assert verder.vragen == {"n-kleur": "kleur", "n-dag": "Dag"}
    assert verder.toelichting == ""


def test_what_was_typed_and_is_asked_no_more_or_otherwise_is_kept_in_words() -> None:
    concept = answered(("o-kleur", "paars"), ("o-naam", "Johanna"), ("o-talen", "nl"), ("o-talen", "fr"))
    verder = moved(msgspec.structs.replace(concept, toelichting="Belde vanmorgen."), NIEUW)
    assert verder.waarden("n-talen") == ("nl",)
    assert verder.toelichting == "Belde vanmorgen.\nKleur: paars\nnaam: Johanna\ntalen: fr"


def test_what_was_filled_in_by_itself_is_not_kept_in_words_and_keeps_where_it_came_from() -> None:
    concept = msgspec.structs.replace(
        answered(("o-naam", "Johanna"), ("o-dag", "20261201")),
        herkomst={"o-naam": "klant", "o-dag": "klant", "omschrijving": "contact"},
    )
    verder = moved(concept, NIEUW)
    assert verder.toelichting == ""
    assert verder.herkomst == {"omschrijving": "contact", "n-dag": "klant"}


def test_names_stay_when_the_form_is_gone() -> None:
    concept = answered(("o-naam", "Johanna"))
    assert with_names(concept, Zaakformulier("zt-oud")) is concept
    leeg = msgspec.structs.replace(concept, eigenschappen=())
    assert with_names(leeg, OUD).vragen == {}
