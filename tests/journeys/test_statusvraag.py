""" "Hoe staat mijn aanvraag ervoor?": from the customer to the answer by keys, and the contact stands with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.backend import BackendProcess
from tests.harness.opzet import Opzet
from tests.harness.venster import Stage, play
from tests.journeys.stappen import JOHANNA, open_first_zaak, register, zakenpagina


def test_a_question_how_it_stands_is_answered_from_the_zaken_tab(
    qapp: QApplication, overal: BackendProcess, opzet: Opzet, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await stage.open(overal.url, tmp_path)
        await seat.sign_in("snelbalie", "balie-1", "snelbalie")
        seat.press("Ctrl+N")
        seat.frame.focus_search()
        seat.write(JOHANNA)
        seat.press("Return")
        await seat.until(lambda: seat.frame.klant is not None, "the customer")
        await seat.reads("lopend")
        assert "te laat" in seat.texts()

        seat.actions = 0
        verwijzing = await open_first_zaak(seat)
        page = zakenpagina(seat)
        klant = page.presenter.klant
        assert verwijzing.identificatie in seat.texts()
        assert len(page.detail.kop.lijn.stappen) >= 4
        seat.press("Ctrl+Shift+J")
        assert seat.actions <= 3, "from customer to answer"
        await seat.reads("Gekoppeld aan dit contact")
        assert f"{verwijzing.identificatie} · {verwijzing.zaaktype}" in seat.texts(), "the panel says what it is about"

        seat.press("F2")
        seat.write("Vraagt hoe het staat. Stand en termijn genoemd.")
        await register(seat)
        assert seat.frame.klant is None, "the page let go of her with the contact"
        seat.frame.open_zaak(verwijzing, klant)
        await seat.reads("Contacten over deze zaak")
        await seat.reads("Stand en termijn genoemd")

    play(qapp, journey)
    if opzet.elders is not None:
        there = opzet.elders.zaken
        assert there.count("GET", "/zaken/api/v1/zaken") > 0, "the zaken came from there"
        assert {one.claims["user_id"] for one in there.asked if one.claims} == {"snelbalie"}
        assert opzet.elders.klanten.count("POST", "/klantcontacten") == 1, "the contact went there"
