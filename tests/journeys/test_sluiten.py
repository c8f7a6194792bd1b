"""A window whose work stands in memory only does not close in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from kcs_desktop.cache import bestand
from kcs_desktop.services import opslag
from tests.harness.backend import BackendProcess
from tests.harness.kleine_schijf import small_disk
from tests.harness.venster import Stage, Venster, play
from ui.uitgaand.sluitscherm import SluitScherm

NOTE = "Wil haar naam veranderen. " * 4


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.1)
    monkeypatch.setattr(opslag, "SAVE_EVERY", 0.1)


async def _asked(seat: Venster) -> SluitScherm:
    seat.window.close()
    return await seat.until(lambda: seat.shown(SluitScherm), "the question before closing")


async def _with_work(stage: Stage, url: str, profile: Path) -> Venster:
    seat = await stage.open(url, profile)
    await seat.sign_in("snelbalie", "balie-1", "snelbalie")
    seat.press("Ctrl+N")
    seat.write(NOTE)
    return seat


def test_closing_on_a_full_disk_asks_and_staying_goes_on(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: dict[str, str]
) -> None:
    async def journey(stage: Stage) -> None:
        with small_disk(tmp_path / "schijf", 4096) as schijf:
            profile = schijf.path / "profiel"
            profile.mkdir()
            seat = await _with_work(stage, proefdam.url, profile)
            vulling = schijf.fill()
            contact = seat.seat.contacten.open[0]
            seat.seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie=NOTE * 5000)
            page = await _asked(seat)
            assert "1 open contact. Sluit u nu, dan is het weg." in page.uitleg.text()
            assert page.blijven.hasFocus()
            page.blijven.click()
            await seat.until(lambda: not seat.window.is_covered, "the work again")
            assert not seat.task.done()
            assert seat.seat.contacten.open[0].vraag.notitie == NOTE * 5000

            page = await _asked(seat)
            page.exporteren.click()
            dialog = await seat.until(lambda: seat.shown(QFileDialog), "where the file goes")
            doel = tmp_path / "bewaard.json"
            dialog.fileSelected.emit(str(doel))
            dialog.close()
            await seat.until(lambda: "Opgeslagen in bewaard.json." in page.melding.text(), "the file")
            assert json.loads(doel.read_text())["Open contacten"][0]["Vragen"][0]["Notitie"] == NOTE * 5000

            vulling.unlink()  # there is room: what was asked first happens by itself
            await seat.until(seat.task.done, "the closed window")
            stage.seats.remove(seat)

            again = await stage.open(proefdam.url, profile)
            await again.until(lambda: again.composition.frame is not None, "the work of before")
            assert again.seat.contacten.open[0].vraag.notitie == NOTE * 5000
            await again.close()

    play(qapp, journey)


def test_closing_anyway_closes_and_a_locked_window_exports_for_nobody(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: dict[str, str]
) -> None:
    async def journey(stage: Stage) -> None:
        with small_disk(tmp_path / "schijf", 4096) as schijf:
            profile = schijf.path / "profiel"
            profile.mkdir()
            seat = await _with_work(stage, proefdam.url, profile)
            schijf.fill()
            contact = seat.seat.contacten.open[0]
            seat.seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie=NOTE * 5000)
            seat.frame.actions.session_asked.emit("slot")
            page = await _asked(seat)
            assert not page.exporteren.isVisible()
            page.blijven.click()
            await seat.until(lambda: seat.shown(SluitScherm) is None, "the page gone")
            assert seat.window.is_covered, "it is still locked"
            page = await _asked(seat)
            page.sluiten.click()
            await seat.until(seat.task.done, "the closed window")
            stage.seats.remove(seat)

    play(qapp, journey)


def test_a_zaak_in_the_making_and_its_document_are_named_and_exported(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path, secret_service: dict[str, str]
) -> None:
    async def journey(stage: Stage) -> None:
        with small_disk(tmp_path / "schijf", 6000) as schijf:
            profile = schijf.path / "profiel"
            profile.mkdir()
            window = await stage.open(proefdam.url, profile)
            await window.sign_in("snelbalie", "balie-1", "snelbalie")
            aanmaken = window.seat.zaakaanmaken
            await aanmaken.refresh()
            keuze = await window.until(
                lambda: next((al for al in aanmaken.catalogus.keuzes if al.doorverwijzing is None), None), "a zaaktype"
            )
            concept = aanmaken.start(keuze.zaaktype.uuid)
            inhoud_document = b"%PDF-1.4 bezwaar " * 500
            schijf.fill()
            await window.seat.dossier.add(concept.verwijzing, inhoud_document, "bezwaar.pdf")
            page = await _asked(window)
            assert "1 zaak die u nog niet aanmaakte" in page.uitleg.text()
            assert "1 document dat nog niet is toegevoegd" in page.uitleg.text()
            assert "afgemeld" not in page.uitleg.text()
            doel = tmp_path / "bewaard.json"
            await window.seat.outbox.export(doel)
            inhoud = json.loads(doel.read_text("utf-8"))
            assert [al["Id"] for al in inhoud["Zaken in voorbereiding"]] == [concept.id]
            assert [al["Naam"] for al in inhoud["Documenten onderweg"]] == ["bezwaar.pdf"]
            assert inhoud["Documenten onderweg"][0]["Zaak"]["Opdracht"] == concept.opdracht
            (stuk,) = await window.seat.dossier.export(doel)
            assert (tmp_path / stuk).read_bytes() == inhoud_document
            page.sluiten.click()
            await window.until(window.task.done, "the closed window")
            stage.seats.remove(window)

    play(qapp, journey)
