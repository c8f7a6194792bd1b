"""The window loses its power: everything typed is back, and what was finished without a network arrives once."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from kcs_desktop.sdk import Kanaal, Resultaat
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.harness.vensterproces import window_process
from tests.journeys.stappen import JOHANNA, is_settled, open_customer
from tests.journeys.stappen_stroomuitval import BELNOTITIE, NOTITIE, NUMMER, klant_tab
from ui.aanmelden.view import AanmeldScherm

STAPPEN = "tests.journeys.stappen_stroomuitval"


async def unlock(seat: Venster) -> None:
    screen = await seat.until(lambda: seat.shown(AanmeldScherm), "the lock")
    wachtwoord = await seat.until(lambda: screen.presenter.proefwachtwoord, "the published password")
    screen.vergrendeld.submitted.emit(wachtwoord)
    await seat.until(lambda: not seat.window.is_covered, "the work behind the lock")


def test_every_contact_field_cursor_tab_and_timer_is_back(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    profile = tmp_path / "seat"
    profile.mkdir()

    async def journey(stage: Stage) -> None:
        with window_process(STAPPEN, proefdam.url, profile, secret_service) as child:
            await child.do("sign_in")
            await child.do("type_a_days_work")
            await asyncio.sleep(1.0)  # the rule itself: durable within a second
            child.kill()
        seat = await stage.open(proefdam.url, profile)
        await seat.until(lambda: seat.composition.frame is not None, "the remembered session")
        eerste, tweede, derde = seat.seat.contacten.open

        assert seat.seat.contacten.active == eerste
        assert (eerste.kanaal, eerste.beller) == (Kanaal.TELEFOON, "+31612345678")
        assert timedelta(seconds=1) < seat.seat.now() - eerste.begonnen_op < timedelta(minutes=5)
        assert [vraag.notitie for vraag in eerste.vragen] == [NOTITIE, "Tweede vraag."]
        assert eerste.actieve_vraag == 0
        verzoek = eerste.vragen[1].terugbelverzoek
        assert eerste.vragen[1].resultaat is Resultaat.CONTACTVERZOEK
        assert verzoek is not None
        assert (verzoek.telefoonnummer, verzoek.voorkeursmoment) == ("06 1122", "morgen na twee")

        paneel = seat.frame.paneel
        assert paneel.notitie.text == NOTITIE
        cursor = paneel.notitie.edit.textCursor()
        assert (cursor.anchor(), cursor.position()) == (11, 5)
        await seat.reads("Registreren")  # the panel is still unfolded
        assert seat.frame.tabs.current == "klant"
        await seat.until(lambda: klant_tab(seat).beeld.contacten.leest, "the contact that was being read")
        assert klant_tab(seat).beeld.contacten.lijst.selected

        seat.seat.contacten.activate(tweede.id)
        await seat.reads(NUMMER)
        seat.seat.contacten.activate(derde.id)
        await seat.reads("Onbekende persoon registreren")
        assert klant_tab(seat).registreren.velden["achternaam"].text == "Proefperso"

    play(qapp, journey, patience=200)


@pytest.mark.parametrize(
    ("stappen", "tekst", "plaats"),
    [
        (("stop_in_a_field_of_the_panel",), "Rijbewijs kwijt", 4),
        (("stop_in_a_form_of_a_customer",), NUMMER, 3),
        (("stop_in_a_form_of_a_zaak",), "Tegel ligt los.", 6),
        (("stop_in_a_form_of_a_customer", "lock"), NUMMER, 3),
    ],
)
def test_the_cursor_is_back_in_the_field_where_it_was(
    qapp: QApplication,
    proefdam: BackendProcess,
    tmp_path: Path,
    secret_service: Mapping[str, str],
    stappen: tuple[str, ...],
    tekst: str,
    plaats: int,
) -> None:
    async def journey(stage: Stage) -> None:
        with window_process(STAPPEN, proefdam.url, tmp_path, secret_service) as child:
            await child.do("sign_in")
            await child.do(stappen[0])
            await asyncio.sleep(1.0)  # the rule itself: durable within a second
            for stap in stappen[1:]:
                await child.do(stap)
            child.kill()
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.until(lambda: seat.composition.frame is not None, "the remembered session")
        if "lock" in stappen:
            await unlock(seat)

        def stands() -> tuple[str, int] | None:
            match seat.window.focusWidget():
                case QPlainTextEdit() as edit:
                    return edit.toPlainText(), edit.textCursor().position()
                case QLineEdit() as edit:
                    return edit.text(), edit.cursorPosition()
            return None

        await seat.until(lambda: stands() == (tekst, plaats), "the cursor where it was")

    play(qapp, journey, patience=200)


def test_what_was_typed_at_a_callback_note_is_back_in_its_panel(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    async def journey(stage: Stage) -> None:
        with window_process(STAPPEN, proefdam.url, tmp_path, secret_service) as child:
            await child.do("sign_in")
            await child.do("type_at_a_note")
            await asyncio.sleep(1.0)  # the rule itself: durable within a second
            child.kill()
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.until(lambda: seat.composition.frame is not None, "the remembered session")
        assert seat.seat.contacten.open == ()
        await seat.reads("Belpoging vastleggen")
        await seat.reads(BELNOTITIE)

    play(qapp, journey, patience=200)


def test_a_contact_finished_without_a_network_arrives_once_after_the_power_failed(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()

    async def journey(stage: Stage) -> None:
        colleague = await stage.open(proefdam.url, there)
        await colleague.sign_in("tic", "tic-1", "tic")
        await open_customer(colleague, JOHANNA)
        await colleague.reads("12, nieuwste boven")
        async with bad_network(proefdam.url) as network:
            with window_process(STAPPEN, network.url, here, secret_service) as child:
                await child.do("sign_in")
                await child.do("begin_a_contact")
                network.cut()
                await child.do("finish_it_offline")
                child.kill()
            seat = await stage.open(network.url, here)
            await seat.until(lambda: seat.composition.frame is not None, "the remembered session")
            (rij,) = seat.seat.outbox.waiting()
            assert seat.seat.contacten.open == ()
            assert not is_settled(seat.seat)
            network.is_down = False
            await seat.until(lambda: is_settled(seat.seat), "the registration", 60)
            await colleague.reads("13, nieuwste boven")
            await colleague.reads("Het net valt nu weg, en het contact gaat door")
            assert [al.opdracht.id for al in seat.seat.outbox.waiting()] == [rij.opdracht.id]
            beeld = klant_tab(colleague).presenter.beeld
            assert beeld is not None
            assert sum(regel.inhoud.startswith("Het net valt nu weg") for regel in beeld.contacten) == 1
            await seat.close()

    play(qapp, journey, patience=200)
