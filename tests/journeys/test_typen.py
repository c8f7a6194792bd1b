"""What is typed arrives where the cursor was put, and is about whom the window shows: also after zaken were viewed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import (
    JOHANNA,
    aanmaakpagina,
    active,
    draft,
    fill_in_loose_tile,
    open_customer,
    open_first_zaak,
    register,
    zakenpagina,
)

ANDER = "999990032"
VRAAG = "Vraagt naar de akte en de termijn"


async def search_zaak(seat: Venster, bsn: str) -> None:
    """The first zaak of this person, found by BSN."""
    seat.press("Ctrl+Shift+F")
    seat.write(bsn)
    seat.press("Return")
    page = zakenpagina(seat)
    await seat.until(lambda: page.lijst.lang.isVisible() and page.presenter.bladen.totaal, "the zaken found")
    seat.press("Return")
    await seat.reads("Dit leest de inwoner online")
    await seat.until(lambda: page.presenter.aanvrager, "who asked for it")


def test_a_contact_that_begins_beside_a_zaak_keeps_every_letter_and_the_zaak(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await open_customer(seat, JOHANNA)
        zaak = await open_first_zaak(seat)
        seat.press("F2")
        await seat.spell(VRAAG)
        assert active(seat).vraag.notitie == VRAAG
        klant = active(seat).klant
        assert klant is not None
        assert klant.sleutel.bsn == JOHANNA
        assert seat.frame.tabs.current == "zaken"
        assert zaak.identificatie in seat.texts()
        seat.press("Ctrl+Shift+J")
        assert active(seat).vraag.zaak == zaak
        await register(seat)

    play(qapp, journey)


def test_the_button_for_a_contact_keeps_every_letter_after_zaken_of_another_were_viewed(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await open_customer(seat, ANDER)
        await search_zaak(seat, JOHANNA)
        seat.press("Ctrl+1")
        seat.click(seat.button("Contact starten"))
        await seat.spell(VRAAG)
        contact = active(seat)
        assert contact.vraag.notitie == VRAAG
        assert contact.klant is not None
        assert contact.klant.sleutel.bsn == ANDER
        assert seat.frame.tabs.current == "klant"
        page = zakenpagina(seat)
        assert page.presenter.zaak is None, "of another, and out of sight when this contact began"

    play(qapp, journey)


def test_a_contact_is_with_whom_the_window_shows_and_with_nobody_who_was_there_before(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await seat.seat.zaakaanmaken.refresh()
        await open_customer(seat, JOHANNA)
        await open_first_zaak(seat)
        seat.press("F2")
        await seat.spell("Vraagt hoe het staat")
        await register(seat)
        await seat.reads("Geen contact")
        assert seat.frame.tabs.current == "zaken"

        seat.press("F2")
        await seat.spell("Anonieme vraag over afval")
        assert active(seat).klant is None
        assert active(seat).vraag.bronnen == (), "nothing of whom nobody sees"
        await register(seat)

        await search_zaak(seat, ANDER)
        seat.press("F2")
        await seat.spell("Vraagt naar de termijn")
        klant = active(seat).klant
        assert klant is not None
        assert klant.sleutel.bsn == ANDER
        await register(seat)

        seat.press("Ctrl+K")
        seat.write("bijstand")
        await seat.reads("Contact starten over een product")
        seat.press("Down")
        seat.press("Ctrl+Return")
        assert active(seat).klant is None
        await seat.until(lambda: aanmaakpagina(seat).presenter.elders, "where the customer is sent")
        said = aanmaakpagina(seat).presenter.to_say
        assert "Duinrode" not in said
        assert "Hoekstra" not in said

    play(qapp, journey)


def test_a_zaak_that_was_made_after_zaken_were_viewed_leaves_the_cursor_in_the_note(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        await seat.seat.zaakaanmaken.refresh()
        await open_customer(seat, JOHANNA)
        await open_first_zaak(seat)
        await fill_in_loose_tile(seat, "bij de vijver")
        concept = await seat.until(lambda: draft(seat), "the draft")
        seat.press("Ctrl+Return")
        await seat.spell("Adres klopt")
        assert active(seat).vraag.notitie == "Adres klopt"
        await seat.until(lambda: seat.seat.zaakaanmaken.concept(concept.id) is None, "the zaak")
        await seat.spell(", meldt het later nog eens")
        assert active(seat).vraag.notitie == "Adres klopt, meldt het later nog eens"

    play(qapp, journey)
