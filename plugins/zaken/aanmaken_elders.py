"""What is done elsewhere: what may be said there of the customer, and how the vraag ends with it."""

from __future__ import annotations

from kcs_desktop.sdk import (
    Contact,
    Resultaat,
    Seat,
    SoortDigitaalAdres,
    renewed_subject,
    spoken,
    written_telefoonnummer,
)
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_keuzes import Keuze


def to_say(seat: Seat, keuze: Keuze) -> str:
    """What that loket may hear of the customer of the active contact, and nothing else."""
    if keuze.elders is None:
        return ""
    contact = seat.contacten.active
    klant = contact.klant if contact is not None else None
    return spoken(keuze.elders, klant.naam if klant is not None else "", _phone(seat, contact))


def note_referral(seat: Seat, keuze: Keuze) -> bool:
    """The active vraag ends as referred, with to which loket and what was passed on; one that is about something else
    keeps what it is, and the referral is a vraag of its own, as a second zaak is. False without a contact."""
    contact = seat.contacten.active
    if contact is None or keuze.elders is None:
        return False
    regel = tekst.referral_note(keuze.elders)
    if _is_about_another(seat, contact, keuze, regel):
        contact = seat.contacten.add_vraag(contact.id)
    vraag = contact.vraag
    is_noted = regel in vraag.notitie
    seat.contacten.change_vraag(
        contact.id,
        vraag.id,
        herkomst=None,
        resultaat=Resultaat.DOORVERWEZEN,
        notitie=vraag.notitie if is_noted else "\n".join(filter(None, (vraag.notitie.rstrip(), regel))),
        **_subject(contact, keuze),
    )
    return True


def _is_about_another(seat: Seat, contact: Contact, keuze: Keuze, regel: str) -> bool:
    """Whether the active vraag has a zaak, made or begun, ends in another way, or is about a product that goes nowhere,
    to another loket, or was referred to this one already."""
    vraag, aan = contact.vraag, seat.zaakaanmaken
    if vraag.zaak is not None or any((al.contact, al.vraag) == (contact.id, vraag.id) for al in aan.concepten):
        return True
    if vraag.resultaat not in (Resultaat.BEANTWOORD, Resultaat.DOORVERWEZEN):
        return True
    if tekst.is_referred(vraag.notitie) and regel not in vraag.notitie:
        return True
    product = _subject(contact, keuze).get("product", vraag.product)
    if product in ("", keuze.product, keuze.titel):
        return False
    was_referred = bool(keuze.product) and regel in vraag.notitie
    return was_referred or aan.referral(product) != keuze.elders


def _subject(contact: Contact, keuze: Keuze) -> dict[str, str]:
    """What the active vraag is about from here on, as far as nobody said otherwise."""
    velden, _ = renewed_subject(contact.vraag, {"onderwerp": keuze.titel, "product": keuze.product})
    return velden


def _phone(seat: Seat, contact: Contact | None) -> str:
    if contact is None:
        return ""
    beeld = seat.klanten.known(contact.klant) if contact.klant is not None else None
    adressen = beeld.digitale_adressen if beeld is not None else ()
    nummers = [al for al in adressen if al.soort is SoortDigitaalAdres.TELEFOONNUMMER]
    beste = next((al for al in nummers if al.standaard), nummers[0] if nummers else None)
    return written_telefoonnummer(contact.beller or (beste.adres if beste is not None else ""))
