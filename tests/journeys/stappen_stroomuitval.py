"""What an employee does in a window that is about to lose its power. Each is one step of `window_process`."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kcs_desktop.sdk import Kanaal, Verbinding
from plugins.klant.view import KlantTab
from tests.harness.venster import Venster
from tests.journeys.stappen import JOHANNA, fill_in_loose_tile, open_customer
from tests.journeys.test_terugbellen import show_list
from tests.journeys.test_two_seats import write_phone

NOTITIE = "Heeft gebeld over het rijbewijs.\nWil het voor vrijdag."
NUMMER = "06-1122 en dan"
BELNOTITIE = "Zoon nam op, belt vrijdag terug."


def klant_tab(seat: Venster) -> KlantTab:
    tab = seat.frame.tabs.loaded["klant"]
    assert isinstance(tab, KlantTab)
    return tab


async def sign_in(seat: Venster) -> None:
    await seat.sign_in("snelbalie", "balie-1", "snelbalie")


async def type_a_days_work(seat: Venster) -> None:
    """Three contacts: two vragen with a half-typed callback, a half-typed change, a half-typed registration."""
    seat.seat.contacten.start(Kanaal.TELEFOON, beller="+31612345678")
    await open_customer(seat, JOHANNA)
    seat.press("F2")
    seat.seat.contacten.change_vraag(*_vraag(seat), notitie=NOTITIE)
    seat.press("Ctrl+J")
    seat.write("Tweede vraag.")
    seat.frame.paneel.callback()
    for veld, tekst in (("nummer", "06 1122"), ("moment", "morgen na twee")):
        edit = getattr(seat.frame.paneel.terugbel, veld).edit
        edit.setFocus()
        edit.selectAll()
        seat.write(tekst)
    contact = seat.seat.contacten.active
    assert contact is not None
    seat.seat.contacten.activate_vraag(contact.id, 0)
    cursor = seat.frame.paneel.notitie.edit.textCursor()
    cursor.setPosition(11)
    cursor.setPosition(5, cursor.MoveMode.KeepAnchor)
    seat.frame.paneel.notitie.edit.setTextCursor(cursor)

    seat.press("Ctrl+N")
    await open_customer(seat, "999990020")
    await write_phone(seat, NUMMER)

    seat.press("Ctrl+N")
    assert seat.frame.run("klant.persoon_registreren")
    await seat.until(lambda: "achternaam" in klant_tab(seat).registreren.velden, "the form")
    klant_tab(seat).registreren.velden["achternaam"].edit.setFocus()
    seat.write("Proefperso")

    seat.seat.contacten.activate(contact.id)
    await seat.reads("12, nieuwste boven")
    klant_tab(seat).step(4)
    assert klant_tab(seat).beeld.contacten.leest


def _vraag(seat: Venster) -> tuple[str, str]:
    contact = seat.seat.contacten.active or seat.seat.contacten.start(Kanaal.TELEFOON)
    return contact.id, contact.vraag.id


async def type_at_a_note(seat: Venster) -> None:
    """Without a contact: half an attempt at the first of all callback notes."""
    page = await show_list(seat, "Alle")
    await seat.until(lambda: page.lijst.model.rows, "the notes")
    page.lijst.select(page.lijst.model.rows[0].key)
    seat.press("Alt+2")
    page.detail.paneel.toelichting.edit.setFocus()
    seat.write(BELNOTITIE)


async def begin_a_contact(seat: Venster) -> None:
    await open_customer(seat, JOHANNA)
    seat.press("F2")
    seat.write("Het net valt nu weg,")


async def finish_it_offline(seat: Venster) -> None:
    """The network is gone: the window says so, and the contact is finished all the same."""
    await seat.until(lambda: seat.seat.verbinding is Verbinding.GEEN_VERBINDING, "the lost connection", 60)
    seat.write(" en het contact gaat door.")
    seat.press("Ctrl+Return")
    seat.press("Return")
    assert seat.seat.contacten.open == ()
    await seat.until(lambda: seat.seat.outbox.waiting()[0].pogingen > 0, "the first attempt")
    await seat.reads("1 uitgaand")


async def stop_in_a_field_of_the_panel(seat: Venster) -> None:
    """With a note in the contact: half-way a word in another field."""
    await open_customer(seat, JOHANNA)
    seat.press("F2")
    seat.write("Belt over het rijbewijs.")
    _leave_cursor(seat, seat.frame.paneel.onderwerp.edit, "Rijbewijs kwijt", 4)


async def stop_in_a_form_of_a_customer(seat: Venster) -> None:
    await open_customer(seat, JOHANNA)
    await write_phone(seat, NUMMER)
    edit = seat.window.focusWidget()
    assert isinstance(edit, QLineEdit)
    edit.setCursorPosition(3)


async def stop_in_a_form_of_a_zaak(seat: Venster) -> None:
    await seat.seat.zaakaanmaken.refresh()
    await open_customer(seat, JOHANNA)
    await fill_in_loose_tile(seat, "Schelpenlaan 1")
    edit = seat.window.focusWidget()
    assert isinstance(edit, QPlainTextEdit)
    cursor = edit.textCursor()
    cursor.setPosition(6)
    edit.setTextCursor(cursor)


async def lock(seat: Venster) -> None:
    seat.press("Ctrl+L")
    assert seat.window.is_covered


def _leave_cursor(seat: Venster, edit: QLineEdit, tekst: str, place: int) -> None:
    edit.setFocus()
    edit.selectAll()
    seat.write(tekst)
    edit.setCursorPosition(place)
