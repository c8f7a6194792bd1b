"""Documents that could not be added, among what goes out: in words, and what can be done about each."""

from __future__ import annotations

from kcs_desktop.sdk import Toevoeging, Toevoegstand
from ui.widgets.row import Row

NEVER_SENT = "Dit gaat niet meer vanzelf weg. U kunt het weghalen."
_VIRUS = "Er is een virus in gevonden. Vraag de klant om een ander bestand."
_UNSAID = "U heeft nog niet gezegd dat het bij de zaak hoort. Open de zaak om het opnieuw te proberen."


def subtitle(al: Toevoeging) -> str:
    """ "Niet toegevoegd aan zaak ZAAK-2026-12. Het bestand is gewijzigd." """
    waaraan = f"zaak {al.zaak.identificatie}" if al.zaak.identificatie else "de zaak"
    return f"Niet toegevoegd aan {waaraan}. {al.reden}".rstrip()


def document_row(al: Toevoeging) -> Row:
    return Row(key=al.id, title=f"Document: {al.titel or al.naam}", subtitle=subtitle(al), icon="fout", tone="fout")


def refuses_retry(al: Toevoeging) -> str:
    """Why it cannot be tried again from here, in words; "" where it can."""
    if al.stand is Toevoegstand.BESMET:
        return _VIRUS
    return "" if al.bevestigd else _UNSAID
