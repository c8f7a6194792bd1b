"""What the rows of the outbox mean for the draft of a zaak, and for the picture of its customer."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest

from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst, Uitkomststand, ZaaknummerReserveren, needed_by
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.zaak import Zaakregel, Zaakverwijzing
from kcs_desktop.domain.zaakconcept import Conceptstand, Nummerstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Eigenschapwaarde, Locatie
from kcs_desktop.services.overlay import overlaid
from kcs_desktop.services.zaakuitkomst import after_create, after_reservation, as_gegevens

NU = datetime(2026, 11, 24, 9, tzinfo=UTC)
KLANT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999900031"), "J. Kowalski")
CONCEPT = Zaakconcept("c", "o", "r", "zt", NU, "Melding", klant=KLANT, startdatum=NU.date())


def row(
    stand: Wachtstand,
    reden: str = "",
    *,
    resultaat: dict[str, object] | None = None,
    fout: dict[str, object] | None = None,
) -> Wachtrij:
    gegevens = as_gegevens(CONCEPT)
    uitkomst = None
    if resultaat is not None or fout is not None:
        how = Uitkomststand.GESLAAGD if fout is None else Uitkomststand.GEWEIGERD
        uitkomst = Uitkomst("o", how, resultaat or {}, fout or {})
    return Wachtrij(Opdracht("o", gegevens, NU), stand, "Zaak", NU, reden=reden, uitkomst=uitkomst)


@pytest.mark.parametrize(
    ("rij", "nummer", "stand"),
    [
        (row(Wachtstand.WACHT), "", Nummerstand.GEVRAAGD),
        (row(Wachtstand.BEZIG), "", Nummerstand.GEVRAAGD),
        (row(Wachtstand.WACHT, "De server is niet bereikbaar."), "", Nummerstand.VOLGT),
        (row(Wachtstand.GESLAAGD, resultaat={"nummer": "Z-1"}), "Z-1", Nummerstand.BEKEND),
        (row(Wachtstand.GEWEIGERD, "Ingetrokken."), "", Nummerstand.GEWEIGERD),
        (row(Wachtstand.APART, "Onbekend."), "", Nummerstand.GEWEIGERD),
    ],
)
def test_the_number_stands_as_its_command_does(rij: Wachtrij, nummer: str, stand: Nummerstand) -> None:
    na = after_reservation(CONCEPT, rij)
    assert (na.nummer, na.nummerstand) == (nummer, stand)


def test_a_number_that_is_known_stays() -> None:
    bekend = msgspec.structs.replace(CONCEPT, nummer="Z-9", nummerstand=Nummerstand.BEKEND)
    assert after_reservation(bekend, row(Wachtstand.GESLAAGD, resultaat={"nummer": "Z-1"})) is bekend


def test_a_zaak_that_is_made_tells_its_number_and_says_when_that_is_another() -> None:
    made = after_create(CONCEPT, row(Wachtstand.GESLAAGD, resultaat={"zaak": "u", "nummer": "Z-1"}))
    assert (made.stand, made.zaak, made.nummer, made.reden) == (Conceptstand.GEMAAKT, "u", "Z-1", "")
    other = after_create(
        CONCEPT, row(Wachtstand.GESLAAGD, resultaat={"zaak": "u", "nummer": "Z-2", "nummer_bezet": "Z-1"})
    )
    assert "Z-1" in other.reden
    assert "Z-2" in other.reden


def test_a_formal_request_that_could_not_be_confirmed_says_so() -> None:
    gemaakt: dict[str, Any] = {"zaak": "u", "nummer": "Z-1", "zonder_ontvangstbevestiging": "documentsoort"}
    made = after_create(CONCEPT, row(Wachtstand.GESLAAGD, resultaat=gemaakt))
    assert made.stand is Conceptstand.GEMAAKT
    assert "geen ontvangstbevestiging" in made.reden


def test_what_is_set_apart_stays_what_was_sent_until_it_has_an_outcome() -> None:
    apart = after_create(CONCEPT, row(Wachtstand.APART, "Niet verwerkt."))
    assert (apart.stand, apart.is_apart, apart.reden) == (Conceptstand.VERSTUURD, True, "Niet verwerkt.")
    for rij, stand in (
        (row(Wachtstand.WACHT), Conceptstand.VERSTUURD),
        (row(Wachtstand.GEWEIGERD, "Nee."), Conceptstand.GEWEIGERD),
        (row(Wachtstand.GESLAAGD, resultaat={"zaak": "u", "nummer": "Z-1"}), Conceptstand.GEMAAKT),
    ):
        na = after_create(apart, rij)
        assert (na.stand, na.is_apart) == (stand, False)
        assert "Niet verwerkt." not in na.reden


def test_a_refusal_opens_the_draft_with_each_reason_at_its_field() -> None:
    params = [{"name": "eigenschappen.e1", "code": "required", "reason": "Vul dit in."}, "onzin"]
    na = after_create(CONCEPT, row(Wachtstand.GEWEIGERD, "Vul dit in.", fout={"invalidParams": params}))
    assert (na.stand, na.reden) == (Conceptstand.GEWEIGERD, "Vul dit in.")
    assert [(al.veld, al.code) for al in na.bezwaren] == [("eigenschappen.e1", "required")]
    again = after_create(na, row(Wachtstand.WACHT))
    assert (again.stand, again.bezwaren) == (Conceptstand.VERSTUURD, ())


def test_a_number_on_its_way_is_named_by_its_command_and_waited_for() -> None:
    gegevens = as_gegevens(CONCEPT)
    assert (gegevens.nummer, gegevens.reservering) == ("", "r")
    assert needed_by(gegevens) == ("r",)
    bekend = as_gegevens(msgspec.structs.replace(CONCEPT, nummer="Z-1"))
    assert (bekend.nummer, bekend.reservering) == ("Z-1", "")
    assert needed_by(bekend) == ()
    geen = as_gegevens(msgspec.structs.replace(CONCEPT, nummerstand=Nummerstand.GEWEIGERD))
    assert needed_by(geen) == ()
    assert needed_by(ZaaknummerReserveren("zt")) == ()


def test_what_was_left_empty_is_not_sent() -> None:
    leeg = msgspec.structs.replace(
        CONCEPT,
        locatie=Locatie(),
        omschrijving="  Een \u202e regel ",
        eigenschappen=(Eigenschapwaarde("e1", ""), Eigenschapwaarde("e2", "ja")),
    )
    gegevens = as_gegevens(leeg)
    assert gegevens.locatie is None
    assert gegevens.omschrijving == "Een regel"
    assert gegevens.eigenschappen == (Eigenschapwaarde("e2", "ja"),)


def beeld(*zaken: Zaakregel) -> Klantbeeld:
    return Klantbeeld(KLANT.sleutel, KLANT.naam, zaken=zaken, zaken_totaal=len(zaken))


def shown(rij: Wachtrij, van: Klantbeeld, *, unread: bool = True) -> tuple[Zaakregel, ...]:
    return overlaid(van, [rij], lambda _: unread).zaken


def test_a_zaak_in_the_making_stands_among_those_of_its_customer() -> None:
    oud = Zaakregel(Zaakverwijzing("u0", "Z-0", "Klacht"), startdatum=date(2026, 1, 1))
    nieuw, daarna = shown(row(Wachtstand.WACHT), beeld(oud))
    assert daarna is oud
    assert (nieuw.verwijzing.opdracht, nieuw.verwijzing.zaaktype, nieuw.status) == ("o", "Melding", "Wordt aangemaakt")
    assert overlaid(beeld(oud), [row(Wachtstand.BEZIG)], lambda _: True).zaken_totaal == 2


def test_it_goes_when_it_was_refused_and_is_the_registers_own_once_that_was_read() -> None:
    assert shown(row(Wachtstand.GEWEIGERD), beeld()) == ()
    made = row(Wachtstand.GESLAAGD, resultaat={"zaak": "u", "nummer": "Z-1"})
    (nog,) = shown(made, beeld())
    assert (nog.verwijzing.uuid, nog.verwijzing.opdracht) == ("u", "")  # it can be opened
    assert shown(made, beeld(), unread=False) == ()
    echt = Zaakregel(Zaakverwijzing("u", "Z-1"))
    assert shown(made, beeld(echt)) == (echt,)


def test_it_is_the_zaak_of_who_is_represented() -> None:
    bedrijf = Klantverwijzing(KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="12345678"), "Bakkerij")
    gegevens = msgspec.structs.replace(as_gegevens(CONCEPT), namens=bedrijf)
    rij = Wachtrij(Opdracht("o", gegevens, NU), Wachtstand.WACHT, "Zaak", NU)
    assert shown(rij, beeld()) == ()
    assert len(shown(rij, Klantbeeld(bedrijf.sleutel, "Bakkerij"))) == 1


def test_what_is_made_again_names_the_commands_before_it_and_that_of_its_contact() -> None:
    concept = msgspec.structs.replace(CONCEPT, contactopdracht="k")
    assert (as_gegevens(concept).eerdere, as_gegevens(concept).contactopdracht) == ((), "k")
    again = concept.again().again()
    assert len({"o", again.eerdere[1], again.opdracht}) == 3
    assert again.eerdere[0] == "o"
    assert (as_gegevens(again).eerdere, as_gegevens(again).contactopdracht) == (again.eerdere, "k")
