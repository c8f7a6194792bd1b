"""What a contact becomes when it is finished, and what keeps it from being finished."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from kcs_desktop.domain.catalogus import Catalogus, Lijstvraag
from kcs_desktop.domain.klant import (
    Bron,
    Bronstand,
    DigitaalAdres,
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    SoortDigitaalAdres,
    SoortKlant,
)
from kcs_desktop.domain.klantcontact import Antwoord, Contact, Kanaal, Resultaat, Terugbelverzoek, Vraag
from kcs_desktop.domain.opdracht import KlantcontactRegistreren
from kcs_desktop.services.afronden import as_contact, as_opdracht, problems_of

NU = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TELEFOON, EMAIL = SoortDigitaalAdres.TELEFOONNUMMER, SoortDigitaalAdres.EMAIL


def contact(*vragen: Vraag, beller: str = "", adressen: tuple[DigitaalAdres, ...] = ()) -> Contact:
    vragen = vragen or (Vraag("v", "Paspoort"),)
    return Contact("c", "o", Kanaal.TELEFOON, NU, vragen, beller=beller, digitale_adressen=adressen)


def registered(van: Contact) -> tuple[DigitaalAdres, ...]:
    gegevens = as_opdracht(van, NU).gegevens
    assert isinstance(gegevens, KlantcontactRegistreren)
    return gegevens.digitale_adressen


@pytest.mark.parametrize(
    ("beller", "adressen", "expected"),
    [
        ("", (), ()),
        ("06 12 34 56 78", (), (DigitaalAdres(TELEFOON, "+31612345678"),)),
        ("+31612345678", (DigitaalAdres(TELEFOON, "+31612345678"),), (DigitaalAdres(TELEFOON, "+31612345678"),)),
        ("", (DigitaalAdres(EMAIL, "a@b.nl"),), (DigitaalAdres(EMAIL, "a@b.nl"),)),
        ("anoniem", (), ()),
    ],
)
def test_by_what_the_customer_was_in_touch_is_registered(
    beller: str, adressen: tuple[DigitaalAdres, ...], expected: tuple[DigitaalAdres, ...]
) -> None:
    assert registered(contact(beller=beller, adressen=adressen)) == expected


def test_a_contact_that_is_taken_back_shows_its_caller_again() -> None:
    opdracht = as_opdracht(contact(beller="0612345678"), NU + timedelta(minutes=4))
    assert isinstance(opdracht.gegevens, KlantcontactRegistreren)
    terug = as_contact(opdracht, opdracht.gegevens)
    assert terug.titel == "06 12 34 56 78"
    assert registered(terug) == opdracht.gegevens.digitale_adressen


def test_number_moment_and_explanation_share_the_room_of_the_note() -> None:
    verzoek = Terugbelverzoek("Bellen", "APV", telefoonnummer="0612345678", toelichting="x" * 971)
    vraag = Vraag("v", "Uitrit", resultaat=Resultaat.CONTACTVERZOEK, terugbelverzoek=verzoek)
    (fout,) = problems_of(contact(vraag))
    assert (fout.field, fout.code) == ("vragen.0.terugbelverzoek.toelichting", "max_length")
    assert "2 tekens te lang" in fout.message


def test_a_question_that_the_department_must_have_answered_keeps_the_contact_open() -> None:
    catalogus = Catalogus(
        groepen={"Wijkteam": "Groen"}, vragensets={"Groen": (Lijstvraag("Waar?", (), True), Lijstvraag("Wat?"))}
    )
    verzoek = Terugbelverzoek("Bellen", groep="Wijkteam", telefoonnummer="0612345678")
    open_ = Vraag("v", onderwerp="Boom", resultaat=Resultaat.CONTACTVERZOEK, terugbelverzoek=verzoek)
    (fout,) = problems_of(contact(open_), catalogus)
    assert fout.field == "vragen.0.terugbelverzoek.antwoorden.0"
    answered = msgspec.structs.replace(verzoek, antwoorden=(Antwoord("Waar?", "Hier"),))
    assert problems_of(contact(msgspec.structs.replace(open_, terugbelverzoek=answered)), catalogus) == []


SLEUTEL = KlantSleutel(SoortKlant.PERSOON, bsn="999990019")
NUMMER, ADRES = DigitaalAdres(TELEFOON, "+31612345678"), DigitaalAdres(EMAIL, "a@b.nl")
GELEZEN = Bron("klantinteracties", Bronstand.KLAAR)


def beeld(*adressen: DigitaalAdres, bron: Bron = GELEZEN) -> Klantbeeld:
    return Klantbeeld(SLEUTEL, "Johanna", digitale_adressen=adressen, bronnen=(bron,))


@pytest.mark.parametrize(
    ("beller", "is_klant", "bekend", "mist"),
    [
        ("", False, None, True),
        ("0612345678", False, None, False),
        ("", True, beeld(), True),
        ("", True, beeld(NUMMER), False),  # taken out of the note by hand: the colleague finds it with the customer
        ("", True, beeld(ADRES), False),
        ("", True, None, False),  # not read: nobody can say that there is none
        ("", True, beeld(bron=Bron("klantinteracties", Bronstand.FOUT)), False),
        ("", True, beeld(bron=Bron("klantinteracties", Bronstand.KLAAR, uit_cache=True)), False),
        ("0612345678", True, beeld(), False),
    ],
)
def test_a_callback_note_of_somebody_who_cannot_be_reached_wants_a_number(
    beller: str, is_klant: bool, bekend: Klantbeeld | None, mist: bool
) -> None:
    verzoek = Terugbelverzoek("Bellen", "APV")
    vraag = Vraag("v", "Uitrit", resultaat=Resultaat.CONTACTVERZOEK, terugbelverzoek=verzoek)
    open_ = contact(vraag, beller=beller)
    if is_klant:
        open_ = msgspec.structs.replace(open_, klant=Klantverwijzing(SLEUTEL, "Johanna"))
    fouten = [(fout.field, fout.code) for fout in problems_of(open_, beeld=bekend)]
    assert fouten == ([("vragen.0.terugbelverzoek.telefoonnummer", "verplicht")] if mist else [])
    gevuld = msgspec.structs.replace(verzoek, telefoonnummer="0612345678")
    assert problems_of(contact(msgspec.structs.replace(vraag, terugbelverzoek=gevuld)), beeld=bekend) == []
