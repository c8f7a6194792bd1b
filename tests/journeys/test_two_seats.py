"""Two windows on one backend: what one does, the other sees without reloading."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kcs_desktop.sdk import Resultaat
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, is_settled, open_customer, register, send


async def two_seats_with(stage: Stage, url: str, tmp_path: Path, bsn: str) -> tuple[Venster, Venster]:
    """Snelbalie and TIC, both with this customer on screen; the first has the keyboard."""
    seats = []
    for naam, plek, rol in (("snelbalie", "balie-1", "snelbalie"), ("tic", "tic-1", "tic")):
        profile = tmp_path / naam
        profile.mkdir()
        seat = await stage.open(url, profile)
        await seat.sign_in(naam, plek, rol)
        await open_customer(seat, bsn)
        seats.append(seat)
    seats[0].take_turn()
    return seats[0], seats[1]


async def write_phone(seat: Venster, nummer: str) -> None:
    """Open the form and type over the first phone number, once the cursor stands there; nothing is saved yet."""
    assert seat.frame.run("klant.wijzigen")

    def stands_in_number() -> bool:
        focused = seat.window.focusWidget()
        return focused is not None and "elefoon" in focused.accessibleName()

    await seat.until(stands_in_number, "the cursor in the number")
    seat.press("Ctrl+A")
    seat.write(nummer)
    await seat.reads(nummer)


def test_a_finished_contact_appears_at_the_other_seat(
    qapp: QApplication, ingebed: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        here, there = await two_seats_with(stage, ingebed.url, tmp_path, JOHANNA)
        here.press("F2")
        here.write("Vraagt of het paspoort klaar ligt.")
        await register(here)
        await there.reads("Vraagt of het paspoort klaar ligt")
        await there.reads("13, nieuwste boven")
        assert "12, nieuwste boven" not in there.texts()

    play(qapp, journey)


def test_a_new_callback_note_appears_at_the_other_seat(
    qapp: QApplication, ingebed: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        here, there = await two_seats_with(stage, ingebed.url, tmp_path, JOHANNA)
        here.press("F2")
        here.write("Wil uitleg over de aanslag hondenbelasting.")
        paneel = here.frame.paneel
        here.click(here.button("Terugbellen"))
        contact = here.seat.contacten.active
        assert contact is not None
        assert contact.vraag.resultaat is Resultaat.CONTACTVERZOEK
        paneel.presenter.change_verzoek("afdeling", "Belastingen")
        paneel.presenter.change_verzoek("gevraagde_handeling", "Bellen over de hondenbelasting")
        send(here)
        await here.until(lambda: is_settled(here.seat), "the registration")
        await there.reads("Bellen over de hondenbelasting")
        await there.reads("2 open")

    play(qapp, journey)


def test_a_changed_phone_number_appears_at_the_other_seat(
    qapp: QApplication, ingebed: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        here, there = await two_seats_with(stage, ingebed.url, tmp_path, JOHANNA)
        await write_phone(here, "06-11223344")
        here.press("Return")
        await here.until(lambda: is_settled(here.seat), "the change")
        await there.reads("06 11 22 33 44")
        assert "06 12 34 56 78" not in there.texts()

    play(qapp, journey)


def test_a_colleague_at_the_same_customer_is_seen_typing_and_leaving(
    qapp: QApplication, ingebed: BackendProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Long enough for a slow machine to tell it before it is over.
    monkeypatch.setattr("kcs_desktop.services.meekijkers.TYPING", 12.0)

    async def journey(stage: Stage) -> None:
        here, there = await two_seats_with(stage, ingebed.url, tmp_path, "999990032")
        await there.reads("kijkt mee")
        here.press("F2")
        here.write("Belt over de verhuizing")
        await there.reads("is aan het typen")
        await there.reads("kijkt mee", patience=40)  # some seconds after the last key
        here.press("Ctrl+2")  # the contact stays in sight beside any tab
        here.press("F2")
        here.write(" naar Proefdam")
        await there.reads("is aan het typen")
        await here.reads("kijkt mee")  # and so is the colleague, in the panel
        here.press("Ctrl+L")  # a locked seat looks at nobody
        gone = ("kijkt mee", "is aan het typen")
        await there.until(lambda: not any(wat in there.texts() for wat in gone), "the colleague gone")

    play(qapp, journey)
