"""What is done elsewhere: what may be said there of the customer, and how the vraag ends with it."""

from __future__ import annotations

from kcs_desktop.sdk import Contact, Resultaat, Seat, SoortDigitaalAdres, spoken, written_telefoonnummer
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
    """The active vraag ends as referred, with to which loket and what was passed on; False without a contact."""
    contact = seat.contacten.active
    if contact is None or keuze.elders is None:
        return False
    vraag, regel = contact.vraag, tekst.referral_note(keuze.elders)
    is_noted = regel in vraag.notitie
    seat.contacten.change_vraag(
        contact.id,
        vraag.id,
        resultaat=Resultaat.DOORVERWEZEN,
        notitie=vraag.notitie if is_noted else "\n".join(filter(None, (vraag.notitie.rstrip(), regel))),
        onderwerp=vraag.onderwerp or keuze.titel,
        product=vraag.product or keuze.product,
    )
    return True


def _phone(seat: Seat, contact: Contact | None) -> str:
    if contact is None:
        return ""
    beeld = seat.klanten.known(contact.klant) if contact.klant is not None else None
    adressen = beeld.digitale_adressen if beeld is not None else ()
    nummers = [al for al in adressen if al.soort is SoortDigitaalAdres.TELEFOONNUMMER]
    beste = next((al for al in nummers if al.standaard), nummers[0] if nummers else None)
    return written_telefoonnummer(contact.beller or (beste.adres if beste is not None else ""))
