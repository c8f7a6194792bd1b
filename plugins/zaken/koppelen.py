"""Linking a zaak to the vraag of the contact, from whichever page shows the zaak."""

from __future__ import annotations

from kcs_desktop.sdk import Seat, Zaakverwijzing
from ui.sdk import TabContext


def is_attached(seat: Seat, zaak: Zaakverwijzing | None) -> bool:
    """Whether the active vraag is about this zaak."""
    contact = seat.contacten.active
    gekoppeld = contact.vraag.zaak if contact is not None else None
    return zaak is not None and gekoppeld is not None and gekoppeld.uuid == zaak.uuid


def attach(context: TabContext, zaak: Zaakverwijzing | None) -> None:
    """Link the zaak to the active vraag, or take it off; says what was done, or what is in the way."""
    seat, frame = context.seat, context.frame
    contact = seat.contacten.active
    if zaak is None:
        frame.refuse("Kies eerst een zaak. Die koppelt u aan het contact.")
        return
    if contact is None:
        frame.refuse("Begin eerst een contact. Daaraan koppelt u de zaak.")
        return
    vraag = contact.vraag
    if is_attached(seat, zaak):
        seat.contacten.change_vraag(contact.id, vraag.id, zaak=None)
        frame.toast(f"{zaak.identificatie} is losgemaakt van dit contact")
        return
    velden: dict[str, object] = {"zaak": zaak}
    herkomst = {}
    if not vraag.onderwerp and zaak.zaaktype:
        velden["onderwerp"], herkomst = zaak.zaaktype, {"onderwerp": "zaak"}
    seat.contacten.change_vraag(contact.id, vraag.id, herkomst=herkomst, **velden)
    frame.toast(f"{zaak.identificatie} is gekoppeld aan dit contact")
