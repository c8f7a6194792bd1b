"""A zaak and the vraag of the contact: linked to it, or looked at for it, from whichever page shows the zaak."""

from __future__ import annotations

from kcs_desktop.sdk import GeraadpleegdeBron, Seat, Zaakverwijzing
from ui.sdk import TabContext

# Without a number or a kind of zaak: it goes along into the register, for who may not see the zaak too.
_GELEZEN = "Zaken › Zaakgegevens"


def is_attached(seat: Seat, zaak: Zaakverwijzing | None) -> bool:
    """Whether the active vraag is about this zaak."""
    contact = seat.contacten.active
    gekoppeld = contact.vraag.zaak if contact is not None else None
    return zaak is not None and gekoppeld is not None and gekoppeld.uuid == zaak.uuid


def note_read(seat: Seat, zaak: Zaakverwijzing) -> None:
    """Keep with the active vraag that this zaak was looked at for it."""
    contact = seat.contacten.active
    if contact is not None:
        seat.contacten.consulted(GeraadpleegdeBron("zaak", _GELEZEN, zaak.uuid), vraag=contact.vraag.id)


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
