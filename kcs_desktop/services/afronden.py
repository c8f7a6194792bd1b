"""Pure rules of finishing a contact: what still keeps it from being finished, and the command it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import msgspec

from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klant import Bronstand, DigitaalAdres, Klantbeeld, SoortDigitaalAdres
from kcs_desktop.domain.klantcontact import (
    MAX_GEVRAAGDE_HANDELING,
    MAX_INHOUD,
    MAX_ONDERWERP,
    MAX_TOELICHTING,
    Antwoord,
    Contact,
    Resultaat,
    Terugbelverzoek,
    Vraag,
)
from kcs_desktop.domain.opdracht import KlantcontactRegistreren, Opdracht, VraagGegevens
from kcs_desktop.domain.tekst import clean, clean_lines
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer
from kcs_desktop.domain.terugbelverzoek import answer_to, as_text, questions_for
from kcs_desktop.domain.uuid7 import new_id


def problems_of(
    contact: Contact,
    catalogus: Catalogus = Catalogus(),  # noqa: B008 -- immutable
    beeld: Klantbeeld | None = None,
) -> list[InvalidInput]:
    """In the order of the panel; `field` is "vragen.0.onderwerp". `beeld` is what is known of the customer."""
    is_bereikbaar = _is_reachable(contact, beeld)
    return [
        fout
        for nummer, vraag in enumerate(contact.vragen)
        for fout in _problems_of_vraag(f"vragen.{nummer}", vraag, catalogus, is_bereikbaar=is_bereikbaar)
    ]


def _is_reachable(contact: Contact, beeld: Klantbeeld | None) -> bool:
    """Whether a callback note may do without a number: the customer can be reached by what is in the contact or in the
    register. What the register has is not known before it answered; only that it has nothing says that nobody can.
    """
    if _adressen(contact):
        return True
    if contact.klant is None:
        return False
    if beeld is None or beeld.digitale_adressen:
        return True
    bron = beeld.bron("klantinteracties")
    return bron.stand is not Bronstand.KLAAR or bron.uit_cache


def _problems_of_vraag(pad: str, vraag: Vraag, catalogus: Catalogus, *, is_bereikbaar: bool) -> Iterator[InvalidInput]:
    if not clean(vraag.onderwerp):
        yield InvalidInput("Vul in waar de vraag over gaat.", field=f"{pad}.onderwerp", code="verplicht")
    yield from _too_long(f"{pad}.onderwerp", "Het onderwerp", clean(vraag.onderwerp), MAX_ONDERWERP)
    yield from _too_long(f"{pad}.notitie", "De notitie", clean_lines(vraag.notitie), MAX_INHOUD)
    if vraag.resultaat is Resultaat.CONTACTVERZOEK:
        verzoek = vraag.terugbelverzoek or Terugbelverzoek()
        yield from _problems_of_terugbelverzoek(f"{pad}.terugbelverzoek", verzoek)
        for nummer, te_vragen in enumerate(questions_for(verzoek, catalogus)):
            if te_vragen.verplicht and not clean(answer_to(verzoek, te_vragen.vraag)):
                veld = f"{pad}.terugbelverzoek.antwoorden.{nummer}"
                yield InvalidInput("Deze afdeling wil dit weten.", field=veld, code="verplicht")
        if not clean(verzoek.telefoonnummer) and not is_bereikbaar:
            veld = f"{pad}.terugbelverzoek.telefoonnummer"
            yield InvalidInput("Vul een telefoonnummer in.", field=veld, code="verplicht")


def _problems_of_terugbelverzoek(pad: str, verzoek: Terugbelverzoek) -> Iterator[InvalidInput]:
    handeling = clean(verzoek.gevraagde_handeling)
    if not handeling:
        yield InvalidInput("Vul in wat de collega moet doen.", field=f"{pad}.gevraagde_handeling", code="verplicht")
    yield from _too_long(f"{pad}.gevraagde_handeling", "De gevraagde handeling", handeling, MAX_GEVRAAGDE_HANDELING)
    if not verzoek.afdeling and not verzoek.groep and not verzoek.medewerker:
        yield InvalidInput("Kies een afdeling, een groep of een collega.", field=f"{pad}.afdeling", code="verplicht")
    teveel = len(as_text(_cleaned(verzoek))) - MAX_TOELICHTING
    if teveel > 0:
        yield InvalidInput(
            f"Telefoonnummer, moment, antwoorden en toelichting zijn samen {teveel} tekens te lang."
            " Kort de toelichting in.",
            field=f"{pad}.toelichting",
            code="max_length",
        )
    if verzoek.telefoonnummer:
        try:
            parse_telefoonnummer(verzoek.telefoonnummer, field=f"{pad}.telefoonnummer")
        except InvalidInput as fout:
            yield fout


def _too_long(pad: str, naam: str, tekst: str, maximum: int) -> Iterator[InvalidInput]:
    if len(tekst) > maximum:
        yield InvalidInput(
            f"{naam} is {len(tekst) - maximum} tekens te lang (ten hoogste {maximum}).", field=pad, code="max_length"
        )


def as_opdracht(contact: Contact, op: datetime) -> Opdracht:
    """The whole contact as one command, under the id it got when it started."""
    return Opdracht(
        contact.opdracht,
        KlantcontactRegistreren(
            contact.id,
            contact.kanaal,
            contact.begonnen_op,
            max(op, contact.begonnen_op),
            tuple(_gegevens(vraag) for vraag in contact.vragen),
            klant=contact.klant,
            namens=contact.namens,
            digitale_adressen=_adressen(contact),
        ),
        op,
        contact=contact.id,
        product=contact.vraag.product,
        kanaal=contact.kanaal.value,
    )


def as_contact(opdracht: Opdracht, gegevens: KlantcontactRegistreren) -> Contact:
    """The contact that this command was made of, open again, to be finished under the same id."""
    return Contact(
        gegevens.contact,
        opdracht.id,
        gegevens.kanaal,
        gegevens.begonnen_op,
        tuple(
            Vraag(
                new_id(),
                vraag.onderwerp,
                vraag.inhoud,
                vraag.product,
                vraag.afdeling,
                vraag.resultaat,
                vraag.bronnen,
                vraag.terugbelverzoek,
                vraag.zaak,
            )
            for vraag in gegevens.vragen
        ),
        klant=gegevens.klant,
        namens=gegevens.namens,
        digitale_adressen=gegevens.digitale_adressen,
        beller=next((a.adres for a in gegevens.digitale_adressen if a.soort is SoortDigitaalAdres.TELEFOONNUMMER), ""),
        actieve_tab="klant",
    )


def _adressen(contact: Contact) -> tuple[DigitaalAdres, ...]:
    """By what the customer was in touch: the number that called, and what was typed. What is no number stays out."""
    adressen = list(contact.digitale_adressen)
    if contact.beller:
        with suppress(InvalidInput):
            adressen.insert(0, DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, parse_telefoonnummer(contact.beller)))
    return tuple({(adres.soort, adres.adres): adres for adres in adressen}.values())


def _gegevens(vraag: Vraag) -> VraagGegevens:
    verzoek = vraag.terugbelverzoek if vraag.resultaat is Resultaat.CONTACTVERZOEK else None
    return VraagGegevens(
        clean(vraag.onderwerp),
        inhoud=clean_lines(vraag.notitie),
        product=vraag.product,
        afdeling=vraag.afdeling,
        resultaat=vraag.resultaat,
        bronnen=tuple(bron for bron in vraag.bronnen if bron.meegenomen),
        terugbelverzoek=None if verzoek is None else _cleaned(verzoek),
        zaak=vraag.zaak,
    )


def _cleaned(verzoek: Terugbelverzoek) -> Terugbelverzoek:
    return msgspec.structs.replace(
        verzoek,
        gevraagde_handeling=clean(verzoek.gevraagde_handeling),
        voorkeursmoment=clean(verzoek.voorkeursmoment),
        toelichting=clean_lines(verzoek.toelichting),
        antwoorden=tuple(
            Antwoord(clean(al.vraag), antwoord) for al in verzoek.antwoorden if (antwoord := clean(al.antwoord))
        ),
    )
