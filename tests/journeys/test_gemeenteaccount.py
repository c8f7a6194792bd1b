"""Signing in with the account of the municipality: through the window, a browser and a provider that really answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import SignedOut
from kcs_desktop.services.seat import SeatService
from tests.doubles.aanmelddienst import CLIENT, SECRET, Aanmelddienst, running_aanmelddienst
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.loopklok import Loopklok
from tests.harness.opzet import Opzet
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, is_settled, open_customer
from tests.journeys.test_niets_kwijt import drafts, note
from ui.aanmelden.view import AanmeldScherm

KNOP = "Aanmelden met uw gemeente-account"


class Browser(QObject):
    """In the place of the system's browser: follows the provider to the seat, in a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.pages: list[str] = []
        self.state = ""  # sent back instead of the right one
        self.is_closed = False  # the employee closes it at once
        self._threads: list[threading.Thread] = []

    @Slot(QUrl)
    def follow(self, url: QUrl) -> None:
        address = url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
        self.opened.append(address)
        if not self.is_closed:
            thread = threading.Thread(target=self._follow, args=(address,))
            thread.start()
            self._threads.append(thread)

    def _follow(self, address: str) -> None:
        with httpx.Client(trust_env=False) as client:
            back = client.get(address).headers["location"]
            assert client.get(back.partition("?")[0].replace("/aangemeld", "/favicon.ico")).status_code == 404
            if self.state:
                back = back.replace(parse_qs(urlsplit(back).query)["state"][0], self.state)
            self.pages.append(client.get(back).text)

    def end(self) -> None:
        for thread in self._threads:
            thread.join(20)


@pytest.fixture
def browser(qapp: QApplication) -> Iterator[Browser]:
    made = Browser()
    method: Any = "follow"  # the stub asks bytes, the call a text
    QDesktopServices.setUrlHandler("http", made, method)
    yield made
    QDesktopServices.unsetUrlHandler("http")
    made.end()


@pytest.fixture
def dienst() -> Iterator[Aanmelddienst]:
    with running_aanmelddienst() as running:
        yield running


def environment(dienst: Aanmelddienst, **others: str) -> dict[str, str]:
    given = {
        "KCS_OIDC_ISSUER": dienst.url,
        "KCS_OIDC_CLIENT_ID": CLIENT,
        "KCS_OIDC_CLIENT_SECRET": SECRET,
        "KCS_OIDC_ROLMAP": "KCC-medewerkers=snelbalie,tic",
    }
    return given | others


@pytest.fixture
def gemeente(tmp_path: Path, dienst: Aanmelddienst) -> Iterator[BackendProcess]:
    database = f"sqlite:///{tmp_path / 'gemeente.db'}"
    log = tmp_path / "backend.log"
    with backend_process(database, log=log, proefgemeente=True, environment=environment(dienst)) as process:
        yield process


async def _press_button(seat: Venster) -> AanmeldScherm:
    screen = await seat.until(lambda: seat.shown(AanmeldScherm), "the sign-in page")
    await seat.until(lambda: KNOP in seat.texts() or None, "the button")
    seat.click(seat.button(KNOP))
    return screen


async def _begin_work(seat: Venster, screen: AanmeldScherm) -> None:
    await seat.until(lambda: screen.werkplek.isVisible() and bool(screen.werkplek.boxes), "the choice of werkplek")
    screen.werkplek.begin.click()
    if await seat.until(lambda: seat.composition.frame or screen.presenter.vraag, "the window") is not None:
        if screen.presenter.vraag is not None:
            screen.wachtzin.zonder.click()
        await seat.until(lambda: seat.composition.frame, "the window")
    seat.take_turn()


def test_from_the_button_through_the_browser_to_work_and_past_the_lock(
    qapp: QApplication, gemeente: BackendProcess, browser: Browser, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(gemeente.url, tmp_path)
        screen = await _press_button(seat)
        await seat.reads("Dag S. Bakker")
        assert list(screen.werkplek.boxes) == ["snelbalie", "tic"]
        assert "U kunt deze pagina sluiten" in browser.pages[0]
        assert "code_challenge_method=S256" in browser.opened[0]
        await _begin_work(seat, screen)
        assert seat.seat.sessie is not None
        assert seat.seat.sessie.gemeenteaccount
        seat.press("Ctrl+L")
        await seat.until(screen.vergrendeld.isVisible, "the lock")
        assert screen.vergrendeld.wachtwoord.isHidden()
        seat.click(seat.button("Ontgrendelen in uw browser"))
        await seat.until(lambda: not seat.window.is_covered, "the work behind the lock")
        assert "prompt=login" in browser.opened[1]

    play(qapp, journey)


def test_what_went_wrong_in_the_browser_is_said_and_can_be_tried_again(
    qapp: QApplication, gemeente: BackendProcess, dienst: Aanmelddienst, browser: Browser, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(gemeente.url, tmp_path)
        browser.state = "A" * 64
        screen = await _press_button(seat)
        await seat.until(lambda: bool(browser.pages), "the page about an answer that is not to this attempt")
        assert "KCS Desktop wacht nog" in browser.pages[0]
        await seat.until(screen.browser.isVisible, "the page that still waits")
        seat.press("Escape")
        await seat.until(screen.wachtwoord.isVisible, "the way back")
        browser.state = ""
        dienst.denies = "access_denied"
        await _press_button(seat)
        await seat.reads("Het aanmelden is in de browser afgebroken of geweigerd.")
        dienst.denies = ""
        dienst.person["roles"] = []
        await _press_button(seat)
        await seat.reads("Uw gemeente-account heeft geen rol in KCS Desktop.")
        browser.is_closed = True
        await _press_button(seat)
        await seat.until(screen.browser.isVisible, "the page that waits")
        await seat.until(screen.browser.opnieuw.isVisible, "a way to open the browser again")
        seat.press("Escape")
        await seat.until(screen.wachtwoord.isVisible, "the way back")
        dienst.person["roles"] = ["KCC-medewerkers"]
        browser.is_closed = False
        await _press_button(seat)
        await seat.reads("Dag S. Bakker")
        assert "heeft geen rol" not in seat.texts()

    play(qapp, journey)


def test_a_withdrawn_account_is_back_at_the_sign_in_page_and_only_that_way_in_is_shown(
    qapp: QApplication, dienst: Aanmelddienst, browser: Browser, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path / 'alleen.db'}"
    log = tmp_path / "backend.log"

    async def journey(stage: Stage) -> None:
        seat = await stage.open(process.url, tmp_path)
        screen = await _press_button(seat)
        assert screen.wachtwoord.naam.isHidden()
        assert screen.wachtwoord.verder.isHidden()
        await _begin_work(seat, screen)
        dienst.withdraw("sub-bakker")
        service = seat.seat
        assert isinstance(service, SeatService)
        with pytest.raises(SignedOut):  # as at the end of the access token
            await service._houder.renew(await service._houder.token())
        await seat.reads("Uw sessie is beëindigd.")
        assert seat.button(KNOP).isVisible()

    only = environment(dienst, KCS_OIDC_ALLEEN="true")
    with backend_process(database, log=log, proefgemeente=True, environment=only) as process:
        play(qapp, journey)


def _refreshed(dienst: Aanmelddienst) -> int:
    return sum(form["grant_type"] == "refresh_token" for form in dienst.forms)


def test_a_token_that_ends_is_renewed_and_where_that_is_refused_work_goes_on_after_a_new_sign_in(
    qapp: QApplication,
    opzet_op_klok: Opzet,
    loopklok: Loopklok,
    browser: Browser,
    tmp_path: Path,
    secret_service: Mapping[str, str],
) -> None:
    assert secret_service

    async def journey(stage: Stage) -> None:
        seat = await stage.open(process.url, tmp_path)
        await _begin_work(seat, await _press_button(seat))
        loopklok.advance(minutes=11)
        await open_customer(seat, JOHANNA)
        assert _refreshed(dienst) == 1, "the provider was asked once, and nobody noticed"
        assert len(browser.opened) == 1

        note(seat, "Onderweg toen de sessie eindigde.")
        dienst.end_sessions()
        dienst.hold()
        loopklok.advance(minutes=11)
        seat.press("Ctrl+Return")
        seat.press("Return")
        await seat.until(dienst.decided.is_set, "the refusal")
        note(seat, "Staat nog open.")
        dienst.go_on.set()
        await seat.reads("Uw sessie is beëindigd.")
        assert seat.composition.frame is None
        assert "Staat nog open" not in seat.texts()

        await _begin_work(seat, await _press_button(seat))
        assert len(browser.opened) == 2
        assert drafts(seat) == ["Staat nog open."]
        await seat.until(lambda: seat.frame.paneel.notitie.text == "Staat nog open.", "the note")
        await seat.until(lambda: is_settled(seat.seat), "the registration")
        assert len(seat.seat.outbox.waiting()) == 1
        await open_customer(seat, JOHANNA)
        await seat.reads("Onderweg toen de sessie eindigde.")
        await seat.close()

    with (
        running_aanmelddienst(loopklok) as dienst,
        opzet_op_klok.serve(environment(dienst)) as process,
    ):
        play(qapp, journey)
    if opzet_op_klok.elders is not None:
        there = opzet_op_klok.elders.klanten
        assert there.count("POST", "/klantcontacten") == 1, "the contact went there, once"
