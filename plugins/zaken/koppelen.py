"""Linking a zaak to the vraag of the contact, from whichever page shows the zaak."""

from __future__ import annotations

from kcs_desktop.sdk import Seat, Zaakverwijzing


def is_attached(seat: Seat, zaak: Zaakverwijzing | None) -> bool:
    """Whether the active vraag is about this zaak."""
    contact = seat.contacten.active
    gekoppeld = contact.vraag.zaak if contact is not None else None
    return zaak is not None and gekoppeld is not None and gekoppeld.uuid == zaak.uuid


def attach(seat: Seat, zaak: Zaakverwijzing | None) -> str:
    """Link the zaak to the active vraag, or take it off; what was done or is in the way, in words."""
    contact = seat.contacten.active
    if zaak is None:
        return ""
    if contact is None:
        return "Begin eerst een contact. Daaraan koppelt u de zaak."
    vraag = contact.vraag
    if is_attached(seat, zaak):
        seat.contacten.change_vraag(contact.id, vraag.id, zaak=None)
        return f"{zaak.identificatie} is losgemaakt van dit contact"
    velden: dict[str, object] = {"zaak": zaak}
    herkomst = {}
    if not vraag.onderwerp and zaak.zaaktype:
        velden["onderwerp"], herkomst = zaak.zaaktype, {"onderwerp": "zaak"}
    seat.contacten.change_vraag(contact.id, vraag.id, herkomst=herkomst, **velden)
    return f"{zaak.identificatie} is gekoppeld aan dit contact"
