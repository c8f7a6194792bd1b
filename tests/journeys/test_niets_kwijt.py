"""What an employee was told is saved stays saved: with a colleague at the same seat, and over a restored backup."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kcs_desktop.backend.beheer.backup import backup, restore
from kcs_desktop.sdk import Wachtstand
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess, backend_process
from tests.harness.postgres import free_port
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, is_settled, open_customer, register
from tests.journeys.stappen_stroomuitval import klant_tab
from ui.aanmelden.view import AanmeldScherm

OTHER = "999990020"


def note(seat: Venster, text: str) -> None:
    seat.press("F2")
    seat.write(text)


def drafts(seat: Venster) -> list[str]:
    return [contact.vraag.notitie for contact in seat.seat.contacten.open]


async def switch_to(seat: Venster, account: str, werkplek: str) -> None:
    """Wissel van persoon, and the next one signs in."""
    assert seat.frame.run("sessie.wissel")
    await seat.until(lambda: seat.composition.frame is None, "the sign-in page")
    await seat.sign_in(account, werkplek, account)


def test_two_employees_at_one_window_see_nothing_of_each_other(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    assert secret_service

    async def journey(stage: Stage) -> None:
        async with bad_network(proefdam.url) as network:
            seat = await stage.open(network.url, tmp_path)
            await seat.sign_in("snelbalie", "balie-1", "snelbalie")
            await open_customer(seat, JOHANNA)
            network.faults.extend([Fault.UNSENT] * 1000)
            note(seat, "Wacht op verzending.")
            seat.press("Ctrl+Return")
            seat.press("Return")
            await seat.until(lambda: seat.seat.outbox.waiting()[0].pogingen > 0, "the first attempt")
            note(seat, "Van de balie.")
            wachtend = seat.seat.outbox.waiting()[0].opdracht.id

            await switch_to(seat, "tic", "tic-1")
            assert drafts(seat) == []
            assert seat.seat.outbox.waiting() == []
            assert "uitgaand" not in seat.texts()
            assert "Van de balie" not in seat.texts()
            assert "Wacht op verzending" not in seat.texts()
            note(seat, "Van de telefoon.")

            await switch_to(seat, "snelbalie", "balie-1")
            assert drafts(seat) == ["Van de balie."]
            await seat.until(lambda: seat.frame.paneel.notitie.text == "Van de balie.", "the note")
            assert "Van de telefoon" not in seat.texts()
            assert [rij.opdracht.id for rij in seat.seat.outbox.waiting()] == [wachtend]
            network.faults.clear()
            seat.seat.outbox.retry(wachtend)
            await seat.until(lambda: is_settled(seat.seat), "the registration", 60)

            await switch_to(seat, "tic", "tic-1")
            assert drafts(seat) == ["Van de telefoon."]
            assert seat.seat.outbox.waiting() == []
            await seat.close()

    play(qapp, journey, patience=200)


def test_a_backup_put_back_under_two_open_seats_loses_nothing_that_was_saved(
    qapp: QApplication, tmp_path: Path, secret_service: Mapping[str, str]
) -> None:
    assert secret_service
    port, database, file = free_port(), f"sqlite:///{tmp_path / 'proefdam.db'}", tmp_path / "gisteren.kcsbackup"
    for name in ("here", "there"):
        (tmp_path / name).mkdir()

    async def journey(stage: Stage) -> None:
        with backend_process(database, log=tmp_path / "1.log", proefgemeente=True, port=port) as first:
            here = await stage.open(first.url, tmp_path / "here")
            await here.sign_in("snelbalie", "balie-1", "snelbalie")
            await open_customer(here, JOHANNA)
            await asyncio.to_thread(backup, database, file)
            there = await stage.open(first.url, tmp_path / "there")  # a sign-in the backup does not know
            await there.sign_in("tic", "tic-1", "tic")
            await open_customer(there, OTHER)
            for seat in (here, there):
                seat.take_turn()
                note(seat, "Geregistreerd na de back-up.")
                await register(seat)
                note(seat, "Staat nog open.")
            first.stop()
        await asyncio.to_thread(restore, database, file)
        with backend_process(database, log=tmp_path / "2.log", proefgemeente=True, port=port):
            await there.until(lambda: there.shown(AanmeldScherm), "the sign-in page", 60)
            await there.sign_in("tic", "tic-1", "tic")
            for seat, bsn in ((here, JOHANNA), (there, OTHER)):
                seat.take_turn()
                await seat.until(partial(_was_offered_again, seat), "what was registered since the backup", 60)
                assert drafts(seat) == ["Staat nog open."]
                await open_customer(seat, bsn)
                await seat.until(partial(_stands_once, seat), "the contact, once")
                assert is_settled(seat.seat)
            for seat in (here, there):
                await seat.close()

    play(qapp, journey, patience=200)


def _was_offered_again(seat: Venster) -> bool:
    if seat.composition.frame is None:
        return False
    (rij,) = seat.seat.outbox.waiting()
    return rij.stand is Wachtstand.GESLAAGD and rij.pogingen > 1


def _stands_once(seat: Venster) -> bool:
    """Whether the register shows once what was registered after the backup."""
    beeld = klant_tab(seat).presenter.beeld
    if beeld is None or not all(bron.stand.value == "klaar" and not bron.uit_cache for bron in beeld.bronnen[:1]):
        return False
    return sum(regel.inhoud == "Geregistreerd na de back-up." and not regel.opdracht for regel in beeld.contacten) == 1
