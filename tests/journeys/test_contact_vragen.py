"""What is registered of each vraag: its own sources, and a callback note that says what is known."""

from __future__ import annotations

import json
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.harness.backend import BackendProcess
from tests.harness.venster import Stage, Venster, play
from tests.journeys.stappen import JOHANNA, is_settled, register, send
from tests.journeys.test_contact_begint import asked
from ui.contactpaneel.presenter import Paneelstand


async def with_johanna(stage: Stage, url: str, profile: Path) -> Venster:
    seat = await stage.open(url, profile)
    await seat.sign_in("snelbalie", "balie-1", "snelbalie")
    seat.frame.focus_search()
    seat.write(JOHANNA)
    seat.press("Return")
    await seat.reads("nieuwste boven")
    await seat.reads("06 12 34 56 78")
    return seat


def test_each_vraag_registers_the_sources_of_its_customer(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await with_johanna(stage, proefdam.url, tmp_path)
        seat.press("F2")
        seat.write("Wil rijbewijs verlengen.")
        await seat.reads("BRP › Persoonsgegevens")
        await seat.reads("CRM › Klantbeeld")
        seat.frame.run("contact.vraag_erbij")
        seat.write("Vraagt ook naar een uittreksel.")
        await register(seat)
        query = "SELECT metadata FROM ki_klantcontact WHERE onderwerp IN (?, ?)"
        rows = asked(tmp_path, query, "Wil rijbewijs verlengen", "Vraagt ook naar een uittreksel")
        assert [json.loads(str(gegevens))["bronnen"] for (gegevens,) in rows] == [
            "BRP › Persoonsgegevens, CRM › Klantbeeld"
        ] * 2

    play(qapp, journey)


def test_the_note_goes_along_to_the_colleague_who_calls_back(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    async def journey(stage: Stage) -> None:
        seat = await with_johanna(stage, proefdam.url, tmp_path)
        seat.press("F2")
        seat.write("Bezwaar over de uitrit, dossier niet gevonden.")
        paneel = seat.frame.paneel
        paneel.callback()
        assert paneel.presenter.stand is Paneelstand.AFRONDEN
        veld = paneel.terugbel.toelichting
        assert veld.isVisible()
        assert veld.text == "Bezwaar over de uitrit, dossier niet gevonden."
        assert veld.counter.text().startswith(f"{len(veld.text)} / ")
        paneel.presenter.change_verzoek("afdeling", "APV")
        paneel.terugbel.moment.edit.setFocus()
        seat.write("morgen")
        assert paneel.terugbel.moment.box.tag.text() == "6 / 100"
        send(seat)
        await seat.until(lambda: seat.seat.outbox.waiting() and is_settled(seat.seat), "the registration")
        rows = asked(tmp_path, "SELECT toelichting FROM ki_internetaak WHERE toelichting LIKE ?", "%Bezwaar over de%")
        assert rows == [
            ("Telefoonnummer: 06 12 34 56 78\nVoorkeursmoment: morgen\nBezwaar over de uitrit, dossier niet gevonden.",)
        ]

    play(qapp, journey)


def add_newer_contacts(tmp_path: Path, partij: str, aantal: int) -> None:
    """Contacts of today, so that those of before no longer stand on the first page."""
    with closing(sqlite3.connect(tmp_path / "proefdam.db")) as database, database:
        database.row_factory = sqlite3.Row
        betrokkene = dict(database.execute("SELECT * FROM ki_betrokkene WHERE partij = ?", (partij,)).fetchone())
        query = "SELECT * FROM ki_klantcontact WHERE uuid = ?"
        contact = dict(database.execute(query, (betrokkene["klantcontact"],)).fetchone())
        now = datetime.now(UTC).replace(tzinfo=None)
        for nummer in range(aantal):
            at = str(now - timedelta(minutes=nummer))
            contact |= {"uuid": str(uuid.uuid4()), "nummer": None, "referentienummer": None, "plaatsgevonden_op": at}
            betrokkene |= {"uuid": str(uuid.uuid4()), "klantcontact": contact["uuid"]}
            for table, row in (("ki_klantcontact", contact), ("ki_betrokkene", betrokkene)):
                marks = ", ".join("?" * len(row))
                database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def test_an_open_callback_note_older_than_a_hundred_contacts_is_in_sight(
    qapp: QApplication, proefdam: BackendProcess, tmp_path: Path
) -> None:
    query = "SELECT partij FROM ki_partij_identificator WHERE object_id = ?"
    ((partij,),) = asked(tmp_path, query, JOHANNA)
    add_newer_contacts(tmp_path, str(partij), 110)

    async def journey(stage: Stage) -> None:
        seat = await with_johanna(stage, proefdam.url, tmp_path)
        await seat.reads("100 van 122, nieuwste boven")
        await seat.reads("Betalingsregeling bespreken")
        assert "Geen terugbelnotities." not in seat.texts()
        assert "1 open" in seat.texts()

    play(qapp, journey)
