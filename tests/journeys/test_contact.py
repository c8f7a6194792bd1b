"""One whole contact: from greeting to registration, and how little it takes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, play
from tests.journeys.stappen import JOHANNA, is_settled


def test_a_known_customer_with_one_question_takes_four_actions_and_two_fields(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(proefdam.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        seat.frame.focus_search()  # the cursor stands in the search field when nothing else is going on
        seat.actions = seat.fields = 0

        seat.write(JOHANNA)
        seat.press("Return")
        await seat.until(lambda: seat.frame.klant is not None, "the customer")
        seat.press("F2")
        seat.write("Wil rijbewijs verlengen. Heeft pasfoto bij zich.")
        seat.press("Ctrl+Return")
        seat.press("Return")

        assert seat.actions <= 4
        assert seat.fields <= 2
        await seat.reads("Wil rijbewijs verlengen")
        await seat.until(lambda: is_settled(seat.seat), "the registration")
        await seat.reads("13, nieuwste boven")

    play(qapp, journey)
