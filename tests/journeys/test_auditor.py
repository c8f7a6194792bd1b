"""The auditor finds out who looked at a person; nobody else sees that there is such a screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from plugins.beheer.view import Auditview
from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, play
from tests.journeys.stappen import JOHANNA, open_customer


def test_the_auditor_sees_who_looked_at_a_person_when_and_why(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        profiles = [tmp_path / naam for naam in ("balie", "auditor")]
        for profile in profiles:
            profile.mkdir()
        employee = await stage.open(proefdam.url, profiles[0])
        await employee.sign_in("tic", "tic-1", "tic")
        assert [m.id for m in employee.frame.manifests] == ["klant", "zaken"]
        assert not employee.frame.run("audit.vraag")
        await open_customer(employee, JOHANNA)

        auditor = await stage.open(proefdam.url, profiles[1])
        await auditor.sign_in("auditor", "kantoor-1", "auditor")
        assert [m.id for m in auditor.frame.manifests] == ["audit"]
        assert auditor.frame.run("audit.vraag")
        auditor.write(JOHANNA)
        auditor.press("Return")
        await auditor.reads("Tom van Dijk")
        view = auditor.shown(Auditview)
        assert view is not None
        lines = [row.spoken for row in view.lijst.model.rows]
        looked = [line for line in lines if "Tom van Dijk" in line and "Geraadpleegd in de BRP" in line]
        assert looked, lines
        assert "TIC · tic-1" in looked[0]
        assert "Publieksdienstverlening" in looked[0] or "Klantcontact" in looked[0]
        assert "Gelukt" in looked[0]

        view.zoeken.setFocus()
        view.zoeken.click()
        await auditor.reads("Spoor ingezien")

    play(qapp, journey)
