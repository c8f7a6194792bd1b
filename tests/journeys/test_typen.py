"""What is typed arrives where the cursor was put, and is about whom the window shows: also after zaken were viewed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Contact, Zaakverwijzing
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.journeys.test_contact import JOHANNA
from tests.journeys.test_statusvraag import zakenpagina
from tests.journeys.test_two_seats import open_customer
from tests.journeys.test_zaak_aanmaken import draft, page_of


def active(seat: Venster) -> Contact:
    contact = seat.seat.contacten.active
    assert contact is not None, "no contact began"
    return contact


async def open_first_zaak(seat: Venster) -> Zaakverwijzing:
    """The first of the zaken of the customer in sight, by keys."""
    await seat.reads("lopend")
    seat.press("Ctrl+Shift+L")
    page = zakenpagina(seat)
    await seat.until(lambda: page.lijst.lijst.model.rowCount() >= 4, "the zaken")
    seat.press("Return")
    await seat.reads("Uiterlijk klaar")
    zaak = page.presenter.zaak
    assert zaak is not None
    return zaak


def test_a_zaak_that_was_made_after_zaken_were_viewed_leaves_the_cursor_in_the_note(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await seat.seat.zaakaanmaken.refresh()
        await open_customer(seat, JOHANNA)
        await open_first_zaak(seat)
        seat.press("Ctrl+Shift+S")
        seat.write("losse stoep")
        seat.press("Return")
        page = page_of(seat)
        await seat.until(page.formulier.plaats.adres.edit.hasFocus, "the question for the place")
        seat.write("bij de vijver")
        page.formulier.vragen[next(iter(page.formulier.vragen))].focus()
        seat.write("bes")
        seat.press("Tab")
        seat.write("ja")
        seat.press("Tab")
        seat.write("Tegel ligt los.")
        concept = await seat.until(lambda: draft(seat), "the draft")
        seat.press("Ctrl+Return")
        await seat.spell("Adres klopt")
        assert active(seat).vraag.notitie == "Adres klopt"
        await seat.until(lambda: seat.seat.zaakaanmaken.concept(concept.id) is None, "the zaak")
        await seat.spell(", meldt het later nog eens")
        assert active(seat).vraag.notitie == "Adres klopt, meldt het later nog eens"

    play(qapp, journey)
