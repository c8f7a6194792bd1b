"""A promise that nobody keeps: reminded of on its day, then the coordinator hears, then the floormanager; seen live."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.loopklok import Loopklok
from tests.harness.opzet import Opzet
from tests.harness.venster import Stage, Venster, play
from tests.journeys.test_terugbellen import HANDELING, promise, show_list


async def sit_down(stage: Stage, url: str, profile: Path, naam: str, plek: str, lijst: str) -> Venster:
    """Sign in, and open this list of callback notes."""
    await asyncio.to_thread(profile.mkdir, exist_ok=True)
    seat = await stage.open(url, profile)
    await seat.sign_in(naam, plek, naam)
    if lijst:
        await show_list(seat, lijst)
    return seat


def row(seat: Venster) -> str:
    """What the row of this note says in the list on screen."""
    return next((line for line in seat.texts().splitlines() if HANDELING in line), "")


async def says(seat: Venster, text: str) -> None:
    await seat.until(lambda: text in row(seat), f"{text!r} at the note")


def test_a_promise_is_reminded_of_before_the_norm_and_escalated_after_it(
    qapp: QApplication, opzet_op_klok: Opzet, loopklok: Loopklok, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        with opzet_op_klok.serve() as backend:
            anna = await sit_down(stage, backend.url, tmp_path / "anna", "snelbalie", "balie-1", "")
            await promise(anna)  # on Tuesday: to be kept on Wednesday before five
            await anna.close()

            loopklok.put_at_hour(7, 30, days=1)
            thea = await sit_down(stage, backend.url, tmp_path / "thea", "tweedelijn", "kantoor-1", "Mijn team")
            anna = await sit_down(stage, backend.url, tmp_path / "anna", "snelbalie", "balie-1", "Door mij beloofd")
            for seat in (thea, anna):
                await says(seat, "Vandaag")
                assert "Gemeld aan" not in row(seat), "before the opening nobody is told"

            loopklok.put_at_hour(8, 31)
            for seat in (thea, anna):
                await says(seat, "Herinnering: vandaag")
                assert "Gemeld aan" not in row(seat)

            loopklok.put_at_hour(17, 1)
            for seat in (thea, anna):
                await says(seat, "Gemeld aan Thea Visser, coördinator")
                assert "Te laat" in row(seat)
            for seat in (thea, anna):
                await seat.close()

            loopklok.put_at_hour(16, 50, days=1)
            floor = await sit_down(stage, backend.url, tmp_path / "floor", "floormanager", "kantoor-1", "Alle")
            await says(floor, "Gemeld aan Thea Visser, coördinator")
            loopklok.put_at_hour(17, 1)
            await says(floor, "Gemeld aan de floormanager")

    play(qapp, journey)
