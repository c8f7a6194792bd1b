"""The scenes: what is on screen in each picture."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize

from kcs_desktop.sdk import Kanaal, Verbinding
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster
from ui.theme.theme import Look, current_theme

JOHANNA, VELE = "999990019", "999990020"
LOOKS = {
    "licht": Look(thema="licht"),
    "donker": Look(thema="donker"),
    "contrast": Look(thema="contrast"),
    "200": Look(thema="licht", tekst=200),
}
USUAL, LARGE, SMALL = QSize(1440, 900), QSize(1920, 1080), QSize(1280, 720)


async def photograph(stage: Stage, backend: BackendProcess, folder: Path, target: Path) -> None:
    """Walk through the window once, and take each scene in every look."""
    camera = Camera(target)
    seat = await stage.open(backend.url, folder)
    await seat.reads("kijken-en-proberen")
    await camera.take(seat, "aanmelden")
    await seat.sign_in("alles", "balie-3", "snelbalie", "tic")
    await settle(seat)
    await camera.take(seat, "start")
    await search(seat, "duinrode")
    await seat.reads("Klanten en contactpersonen")
    await camera.take(seat, "zoeken")
    seat.press("Esc")
    await open_customer(seat, JOHANNA)
    contact = seat.seat.contacten.start(Kanaal.BALIE, klant=seat.frame.klant)
    seat.seat.contacten.start(Kanaal.TELEFOON, beller="06 87 65 43 21")
    seat.seat.contacten.activate(contact.id)
    await seat.until(lambda: seat.frame.klant is not None, "the customer")
    await seat.reads("12, nieuwste boven")
    seat.frame.actions.add_vraag()
    seat.seat.contacten.activate_vraag(contact.id, 0)
    paneel = seat.frame.paneel
    paneel.presenter.choose_product("Rijbewijs")
    seat.frame.actions.focus_note()
    seat.write("Wil rijbewijs verlengen en vraagt of dat vandaag nog kan. Heeft pasfoto bij zich, oud rijbewijs ook.")
    await settle(seat)
    await camera.take(seat, "klant", USUAL, LARGE, SMALL)
    paneel.finish()
    await camera.take(seat, "afronden")
    paneel.step_back()
    paneel.callback()
    await camera.take(seat, "terugbellen")
    paneel.step_back()
    assert seat.frame.run("klant.wijzigen")
    await seat.reads("Contactgegevens wijzigen")
    await camera.take(seat, "wijzigen")
    seat.press("Esc")
    assert seat.frame.run("venster.help")
    await camera.take(seat, "toetsen")
    assert seat.frame.run("venster.help")
    await open_customer(seat, VELE)
    await camera.take(seat, "veel-contacten")
    await search(seat, "999990018")
    await settle(seat)
    await camera.take(seat, "zoeken-fout")
    seat.press("Esc")
    backend.stop()
    await seat.until(lambda: seat.seat.verbinding is Verbinding.GEEN_VERBINDING, "the lost connection", 60)
    await open_customer(seat, JOHANNA, wait_for="nieuwste boven")
    await camera.take(seat, "offline")
    await search(seat, "jansen 1-1-1980")
    seat.press("Return")
    await settle(seat)
    await camera.take(seat, "zoeken-offline")
    seat.press("Esc")
    assert seat.frame.run("uitgaand.tonen")
    await camera.take(seat, "uitgaand")


async def search(seat: Venster, text: str) -> None:
    seat.frame.focus_search()
    seat.write(text)
    await settle(seat)


async def open_customer(seat: Venster, bsn: str, wait_for: str = "nieuwste boven") -> None:
    """By BSN and Enter, and until its contacts are there."""
    await search(seat, bsn)
    seat.press("Return")
    await seat.until(lambda: seat.frame.klant is not None and seat.frame.klant.sleutel.bsn == bsn, "the customer")
    await seat.reads(wait_for)
    await settle(seat)


async def settle(seat: Venster) -> None:
    """Until nothing moves: motion lasts at most 150 ms, a skeleton comes after 150."""
    for _ in range(40):
        await asyncio.sleep(0.02)
    seat.window.repaint()


class Camera:
    """Takes one scene in every look."""

    def __init__(self, target: Path) -> None:
        self._target = target

    async def take(self, seat: Venster, scene: str, *sizes: QSize) -> None:
        for look in LOOKS:
            for size in sizes or (USUAL,):
                with wearing(look):
                    seat.window.resize(size)
                    await settle(seat)
                    suffix = "" if size == USUAL else f"-{size.width()}"
                    assert seat.window.grab().save(str(self._target / f"{scene}-{look}{suffix}.png"))
        seat.window.resize(USUAL)


@contextmanager
def wearing(look: str) -> Iterator[None]:
    """The application in this look, and back in light after."""
    theme = current_theme()
    theme.apply(LOOKS[look])
    try:
        yield
    finally:
        theme.apply(LOOKS["licht"])
