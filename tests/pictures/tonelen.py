"""The scenes: what is on screen in each picture."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kcs_desktop.sdk import Kanaal, Toevoegstand, Verbinding, Zaakverwijzing
from plugins.klant.registreren_view import Registreerview
from plugins.zaken.aanmaken_pagina import Aanmaakpagina
from plugins.zaken.eformulieren_view import Eformulierenview
from plugins.zaken.lijst_view import Lijstview
from plugins.zaken.view import ZakenTab
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster
from tests.unit.voorbeeld import stukken
from ui.settings.model import Settings
from ui.start import first_frame
from ui.theme.theme import Look, current_theme

JOHANNA, VELE, PROEFDUIN = "999990019", "999990020", "90000001"
OTHER_SEATS = ("leeg", "nieuw", "auditor")  # folders for the profiles of seats beside the first
LOOKS = {
    "licht": Look(thema="licht"),
    "donker": Look(thema="donker"),
    "contrast": Look(thema="contrast"),
    "200": Look(thema="licht", tekst=200),
}
USUAL, LARGE, SMALL = QSize(1440, 900), QSize(1920, 1080), QSize(1280, 720)


async def photograph(stage: Stage, backend: BackendProcess, folder: Path, camera: Camera) -> None:
    """Walk through the window once, and take each scene in every look."""
    await photograph_first_frame(stage, camera, folder / "leeg")
    seat = await stage.open(backend.url, folder)
    await seat.reads("kijken-en-proberen")
    await camera.take(seat.window, "aanmelden")
    await seat.sign_in("alles", "balie-3", "snelbalie", "tic")
    await settle(seat.window)
    await camera.take(seat.window, "start")
    await search(seat, "duinrode")
    await seat.reads("Klanten en contactpersonen")
    await camera.take(seat.window, "zoeken")
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
    await settle(seat.window)
    await camera.take(seat.window, "klant", USUAL, LARGE, SMALL)
    paneel.finish()
    await camera.take(seat.window, "afronden")
    paneel.step_back()
    paneel.callback()
    await camera.take(seat.window, "terugbellen")
    paneel.step_back()
    assert seat.frame.run("klant.wijzigen")
    await seat.reads("Contactgegevens wijzigen")
    await camera.take(seat.window, "wijzigen")
    seat.press("Esc")
    assert seat.frame.run("venster.help")
    await camera.take(seat.window, "toetsen")
    assert seat.frame.run("venster.help")
    await open_customer(seat, VELE)
    await camera.take(seat.window, "veel-contacten")
    await photograph_zaken(seat, camera)
    await photograph_making(seat, camera)
    await photograph_company(seat, camera)
    await photograph_empty_outbox(stage, backend, folder / "nieuw", camera)
    await photograph_audit(stage, backend, folder / "auditor", camera)
    seat.take_turn()
    await search(seat, "999990018")
    await settle(seat.window)
    await camera.take(seat.window, "zoeken-fout")
    seat.press("Esc")
    backend.stop()
    await seat.until(lambda: seat.seat.verbinding is Verbinding.GEEN_VERBINDING, "the lost connection", 60)
    await open_customer(seat, JOHANNA, wait_for="nieuwste boven")
    await camera.take(seat.window, "offline")
    await search(seat, "jansen 1-1-1980")
    seat.press("Return")
    await settle(seat.window)
    await camera.take(seat.window, "zoeken-offline")
    seat.press("Esc")
    await photograph_outbox(seat, camera)


async def photograph_zaken(seat: Venster, camera: Camera) -> None:
    """The zaken of a customer, one of them open; zaken found by a part of their number; forms of the website."""
    assert seat.frame.run("zaken.zoeken")
    await settle(seat.window)
    await camera.take(seat.window, "zaken-leeg")
    await open_customer(seat, JOHANNA)
    assert seat.frame.klant is not None
    seat.frame.open_tab("zaken", seat.frame.klant)
    await seat.reads("Zaken van")
    page = seat.shown(Lijstview)
    assert page is not None
    await seat.until(lambda: page.lijst.model.rowCount() > 0, "the zaken")
    page.gekozen.emit(page.lijst.model.rows[0].key)
    await seat.reads("Uiterlijk klaar")
    await settle(seat.window)
    await camera.take(seat.window, "zaak", USUAL, LARGE, SMALL)
    assert seat.frame.run("zaken.zoeken")
    seat.write("ZAAK-20")
    seat.press("Return")
    await seat.reads("gevonden")
    await settle(seat.window)
    await camera.take(seat.window, "zaken-zoeken")
    seat.press("Esc")
    assert seat.frame.run("zaken.eformulieren")
    forms = await seat.until(lambda: seat.shown(Eformulierenview), "the forms")
    await seat.until(lambda: forms.lijst.model.rowCount() > 0, "what waits")
    seat.press("Down")
    await settle(seat.window)
    await camera.take(seat.window, "eformulieren", USUAL, LARGE, SMALL)
    assert seat.frame.run("zaken.zoeken")


async def photograph_making(seat: Venster, camera: Camera) -> None:
    """A melding being started: the choice, the form with a fault in it, what is referred, and after sending."""
    await seat.seat.zaakaanmaken.refresh()
    await open_customer(seat, JOHANNA)
    seat.seat.contacten.start(Kanaal.TELEFOON, klant=seat.frame.klant)
    page = begun(seat)
    await settle(seat.window)
    await camera.take(seat.window, "zaak-kiezen")
    seat.write("stoep")
    seat.press("Return")
    await seat.reads("noem dit nummer nu")
    seat.write("schelpenlaan 1")
    await seat.until(lambda: page.formulier.plaats.is_offering, "the addresses")
    await camera.take(seat.window, "zaak-adres")
    seat.press("Return")
    seat.write("voor de oprit")
    seat.press("Tab")
    seat.write("best")
    seat.press("Tab")
    seat.press("Tab")
    seat.write("Tegel ligt los voor nummer 14, moeder is gestruikeld.")
    seat.press("Tab")
    seat.write("24-13-2026")
    await hand_over(seat, page)
    seat.press("Ctrl+Return")
    await camera.take(seat.window, "zaak-aanmaken", USUAL, LARGE, SMALL)
    seat.press("Ctrl+Shift+S")
    seat.write("wmo")
    seat.press("Return")
    await camera.take(seat.window, "zaak-doorverwijzen")
    seat.press("Ctrl+Shift+S")
    seat.write("container aanvragen")
    seat.press("Return")
    await seat.reads("noem dit nummer nu")
    answer(page)
    seat.press("Ctrl+Return")
    await seat.reads("De zaak is aangemaakt")
    await settle(seat.window)
    await camera.take(seat.window, "zaak-aangemaakt")
    contact = seat.seat.contacten.active
    if contact is not None:
        seat.seat.contacten.cancel(contact.id)


def begun(seat: Venster) -> Aanmaakpagina:
    """The page on which a zaak is made, with the cursor where one types what the customer wants."""
    assert seat.frame.run("zaken.aanmaken")
    tab = seat.frame.tabs.loaded["zaken"]
    assert isinstance(tab, ZakenTab)
    page = tab.show_making()
    assert page is not None
    return page


async def hand_over(seat: Venster, page: Aanmaakpagina) -> None:
    """Two papers for the zaak in sight."""
    concept = page.presenter.concept
    assert concept is not None
    zaak, soorten = Zaakverwijzing("", "", opdracht=concept.id), page.presenter.formulier.documenttypen
    for naam, inhoud in (("Foto van de tegel.png", stukken.image()), ("Toelichting.txt", b"Sinds vorige week.")):
        al = await seat.seat.dossier.add(zaak, inhoud, naam, soorten=soorten)
        if not al.informatieobjecttype:
            seat.seat.dossier.change(al.id, informatieobjecttype=soorten[0].uuid)
    await seat.until(lambda: all(al.stand is Toevoegstand.GEREED for al in seat.seat.dossier.of(zaak)), "the papers")


def answer(page: Aanmaakpagina) -> None:
    """Something in every question of the form."""
    page.presenter.place("Schelpenlaan 12, Proefdam", "")
    for veld in page.presenter.formulier.velden:
        if veld.verplicht and veld.id not in page.presenter.plaatsvelden:
            page.presenter.fill(f"eigenschappen.{veld.id}", veld.keuzes[0] if veld.keuzes else "1")


async def photograph_outbox(seat: Venster, camera: Camera) -> None:
    """Without a connection: both contacts are finished and wait."""
    for contact in seat.seat.contacten.open:
        seat.seat.contacten.activate(contact.id)
        for place in range(len(contact.vragen)):
            seat.seat.contacten.activate_vraag(contact.id, place)
            seat.frame.paneel.presenter.choose_product("Rijbewijs")
        seat.frame.paneel.finish()
        seat.frame.paneel.finish()
        await seat.until(partial(_is_gone, seat, contact.id), "the finished contact")
    assert seat.frame.run("uitgaand.tonen")
    await camera.take(seat.window, "uitgaand")


def _is_gone(seat: Venster, contact: str) -> bool:
    return contact not in {al.id for al in seat.seat.contacten.open}


async def photograph_first_frame(stage: Stage, camera: Camera, profile: Path) -> None:
    """What a new seat shows before anybody signed in: no customer was ever opened here."""
    window, _plugins, _glance = first_frame(stage.app, profile, Settings())
    window.show()
    await camera.take(window, "start-leeg")
    window.let_go()
    window.deleteLater()


async def photograph_company(seat: Venster, camera: Camera) -> None:
    """A company, and the forms for who is in no register: the cursor has left a wrong e-mail address."""
    await search(seat, PROEFDUIN)
    seat.press("Return")
    await seat.reads("rechtspersoon")
    seat.press("Down")
    seat.press("Return")
    await seat.until(lambda: seat.frame.klant is not None and seat.frame.klant.sleutel.kvk_nummer == PROEFDUIN, "it")
    await seat.reads("nieuwste boven")
    await settle(seat.window)
    await camera.take(seat.window, "bedrijf")
    seat.click(seat.button("Contactpersoon registreren"))
    await camera.take(seat.window, "registreren-contactpersoon")
    seat.press("Esc")
    assert seat.frame.run("klant.bedrijf_registreren")
    form = seat.shown(Registreerview)
    assert form is not None
    velden = form.velden
    velden["naam"].edit.setFocus()
    seat.write("Strandkiosk Zand & Zout")
    velden["email"].edit.setFocus()
    seat.write("info@strandkiosk")
    velden["telefoon"].edit.setFocus()
    await camera.take(seat.window, "registreren")
    seat.press("Esc")


async def photograph_empty_outbox(stage: Stage, backend: BackendProcess, profile: Path, camera: Camera) -> None:
    """At a seat where nothing was done yet."""
    seat = await stage.open(backend.url, profile)
    await seat.sign_in("alles", "balie-4", "snelbalie")
    assert seat.frame.run("uitgaand.tonen")
    await settle(seat.window)
    assert not seat.seat.outbox.waiting()
    await camera.take(seat.window, "uitgaand-leeg")
    await seat.close()


async def photograph_audit(stage: Stage, backend: BackendProcess, profile: Path, camera: Camera) -> None:
    """The auditor's question and its answer."""
    auditor = await stage.open(backend.url, profile)
    await auditor.sign_in("auditor", "kantoor-1", "auditor")
    assert auditor.frame.run("audit.vraag")
    auditor.write(JOHANNA)
    auditor.press("Return")
    await auditor.reads("Anna Proef")
    await camera.take(auditor.window, "audit")
    await auditor.close()


async def search(seat: Venster, text: str) -> None:
    seat.frame.focus_search()
    seat.write(text)
    await settle(seat.window)


async def open_customer(seat: Venster, bsn: str, wait_for: str = "nieuwste boven") -> None:
    """By BSN and Enter, and until its contacts are there."""
    await search(seat, bsn)
    seat.press("Return")
    await seat.until(lambda: seat.frame.klant is not None and seat.frame.klant.sleutel.bsn == bsn, "the customer")
    await seat.reads(wait_for)
    await settle(seat.window)


async def settle(window: QWidget) -> None:
    """Until nothing moves: motion lasts at most 150 ms, a skeleton comes after 150."""
    for _ in range(40):
        await asyncio.sleep(0.02)
    window.repaint()


class Camera:
    """Takes one scene in every look; only those asked for, all when none is."""

    def __init__(self, target: Path, scenes: frozenset[str] = frozenset()) -> None:
        self._target = target
        self._scenes = scenes

    async def take(self, window: QWidget, scene: str, *sizes: QSize) -> None:
        if self._scenes and scene not in self._scenes:
            return
        for look in LOOKS:
            for size in sizes or (USUAL,):
                with wearing(look):
                    window.resize(size)
                    await settle(window)
                    suffix = "" if size == USUAL else f"-{size.width()}"
                    assert window.grab().save(str(self._target / f"{scene}-{look}{suffix}.png"))
        window.resize(USUAL)


@contextmanager
def wearing(look: str) -> Iterator[None]:
    """The application in this look, and back in light after."""
    theme = current_theme()
    theme.apply(LOOKS[look])
    try:
        yield
    finally:
        theme.apply(LOOKS["licht"])
