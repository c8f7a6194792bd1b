"""Steps that many journeys have in common, by the keys of an employee."""

from __future__ import annotations

from kcs_desktop.sdk import Contact, Seat, Wachtstand, Zaakconcept, Zaakverwijzing
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.view import ZakenTab
from plugins.zaken.zaken_pagina import Zakenpagina
from tests.harness.venster import Venster

JOHANNA = "999990019"


# --- the customer and the contact -------------------------------------------------------------------------------------


async def open_customer(seat: Venster, bsn: str) -> None:
    """Type a BSN and Enter; one exact hit opens by itself."""
    seat.frame.focus_search()
    seat.write(bsn)
    seat.press("Return")
    await seat.until(lambda: seat.frame.klant is not None, "the customer")
    await seat.reads("nieuwste boven")


def active(seat: Venster) -> Contact:
    contact = seat.seat.contacten.active
    assert contact is not None, "no contact began"
    return contact


def send(seat: Venster) -> None:
    """Enter in a contact that stands ready; past what a department asks of a callback note, where the cursor goes."""
    contact = active(seat)
    seat.press("Return")
    if seat.frame.paneel.terugbel.antwoorden and any(al.id == contact.id for al in seat.seat.contacten.open):
        seat.press("Return")


async def register(seat: Venster) -> None:
    """Finish the active contact, and wait until the register has it."""
    contact = active(seat)
    seat.press("Ctrl+Return")
    send(seat)

    def is_registered() -> bool:
        return all(al.id != contact.id for al in seat.seat.contacten.open) and is_settled(seat.seat)

    await seat.until(is_registered, "the registration")


def is_settled(seat: Seat) -> bool:
    """Whether every command of this seat has its outcome."""
    return all(rij.stand is Wachtstand.GESLAAGD for rij in seat.outbox.waiting())


# --- zaken ------------------------------------------------------------------------------------------------------------


def zakenpagina(seat: Venster) -> Zakenpagina:
    return _zaken_tab(seat).show_zaken()


async def open_first_zaak(seat: Venster) -> Zaakverwijzing:
    """The first of the zaken of the customer in sight, who has four."""
    await seat.reads("lopend")  # the zaken are a card of the picture
    seat.press("Ctrl+Shift+L")
    await seat.reads("Zaken van")
    page = zakenpagina(seat)
    await seat.until(lambda: page.lijst.lijst.model.rowCount() >= 4, "the zaken")
    seat.press("Return")
    await seat.reads("Uiterlijk klaar")
    zaak = page.presenter.zaak
    assert zaak is not None
    return zaak


def aanmaakpagina(seat: Venster) -> Aanmaakpagina:
    page = _zaken_tab(seat).show_making()
    assert page is not None
    return page


def draft(seat: Venster) -> Zaakconcept | None:
    return aanmaakpagina(seat).presenter.concept


async def begin_zaak(seat: Venster, zaaktype: str) -> Aanmaakpagina:
    """The form of this type, with the cursor in the question for the place."""
    seat.press("Ctrl+Shift+S")
    seat.write(zaaktype)
    seat.press("Return")
    page = aanmaakpagina(seat)
    await seat.until(page.formulier.plaats.adres.edit.hasFocus, "the question for the place")
    return page


async def fill_in_loose_tile(seat: Venster, plaats: str) -> Aanmaakpagina:
    """A melding with all that is asked for; it is not sent."""
    page = await begin_zaak(seat, "losse stoep")
    seat.write(plaats)
    waarover, wat, gevaar, *_ = page.formulier.vragen.values()
    for veld, antwoord in ((waarover, "bes"), (gevaar, "ja"), (wat, "Tegel ligt los.")):
        veld.focus()
        seat.write(antwoord)
    return page


def _zaken_tab(seat: Venster) -> ZakenTab:
    tab = seat.frame.tabs.loaded["zaken"]
    assert isinstance(tab, ZakenTab)
    return tab
