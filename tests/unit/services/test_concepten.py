"""An employee's own work is never lost, never shown to another, and never given up silently."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from kcs_desktop.cache.schema import open_encrypted
from kcs_desktop.domain.klantcontact import MAX_ONDERWERP, Kanaal, Resultaat, Terugbelverzoek
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zitplaats import winkel_of
from kcs_desktop.security.sleutelbos import Geheugenbos, OsSleutelbos
from kcs_desktop.security.sleutels import obtain_key
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import ROOT, BackendProcess
from tests.harness.zitplaats import find, finish_contact, picture, running_seat, sign_in, until

CHILD = """
import asyncio, pathlib, sys
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.security.sleutelbos import OsSleutelbos
from tests.harness.zitplaats import running_seat

async def main():
    async with running_seat(pathlib.Path(sys.argv[1]), sys.argv[2], bos=OsSleutelbos(), account="tic") as seat:
        eerste = seat.contacten.start(Kanaal.TELEFOON, beller="+31612345678")
        seat.contacten.change_vraag(eerste.id, eerste.vraag.id, onderwerp="Parkeren", notitie="eerste regel")
        seat.contacten.remember_screen(eerste.id, "klant", "gebladerd")
        tweede = seat.contacten.start(Kanaal.BALIE)
        seat.contacten.activate(eerste.id)
        print("getypt", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.usefixtures("secret_service")
async def test_what_was_typed_a_second_ago_is_back_after_the_power_fails(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, str(tmp_path), proefdam.url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert child.stdout is not None
        assert (await child.stdout.readline()).strip() == b"getypt"
        await asyncio.sleep(1.0)  # the rule itself: on disk within a second
    finally:
        child.kill()
        await child.communicate()
    async with running_seat(tmp_path, proefdam.url, bos=OsSleutelbos()) as seat:
        assert await seat.aanmelden.resume() is not None
        eerste, tweede = seat.contacten.open
        assert (eerste.vraag.onderwerp, eerste.vraag.notitie) == ("Parkeren", "eerste regel")
        assert (eerste.kanaal, eerste.beller, tweede.kanaal) == (Kanaal.TELEFOON, "+31612345678", Kanaal.BALIE)
        assert eerste.scherm == {"klant": "gebladerd"}
        assert seat.contacten.active == eerste


def _open(seat: SeatService) -> list[str]:
    return [contact.id for contact in seat.contacten.open]


async def test_two_employees_at_one_seat_do_not_see_each_others_work(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="tic") as seat:
        van_tic = seat.contacten.start(Kanaal.TELEFOON)
        await sign_in(seat, "snelbalie")
        assert _open(seat) == []
        van_balie = seat.contacten.start(Kanaal.BALIE)
        await seat.aanmelden.sign_out()
        assert _open(seat) == []
        await sign_in(seat, "tic")
        assert _open(seat) == [van_tic.id]
        assert seat.contacten.active is not None
        await sign_in(seat, "snelbalie")
        assert _open(seat) == [van_balie.id]


async def test_signing_out_with_unsent_work_says_so_and_sends_it_at_the_next_sign_in(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    async with bad_network(proefdam.url) as network, running_seat(tmp_path, network.url, account="tic") as seat:
        assert seat.aanmelden.sign_out_warning() == ""
        network.is_down = True
        opdracht = finish_contact(seat, None, "Nog te versturen")
        await until(seat.outbox.changed, lambda: seat.outbox.waiting()[0].pogingen > 0)
        assert seat.aanmelden.sign_out_warning().startswith("Er wacht nog 1 opdracht op verzending.")
        await seat.aanmelden.sign_out()
        assert seat.outbox.waiting() == []
        network.is_down = False
        await sign_in(seat, "snelbalie")
        assert seat.outbox.waiting() == []
        await sign_in(seat, "tic")
        await until(seat.outbox.changed, lambda: seat.outbox.waiting()[0].stand is Wachtstand.GESLAAGD)
        assert seat.outbox.waiting()[0].opdracht.id == opdracht.id


async def test_a_cancelled_contact_comes_back_whole(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="tic") as seat:
        contact = seat.contacten.start(Kanaal.TELEFOON)
        getypt = seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie="bijna kwijt")
        seat.contacten.cancel(contact.id)
        assert _open(seat) == []
        assert seat.contacten.undo_cancel() == getypt
        assert seat.contacten.active == getypt
        assert seat.contacten.undo_cancel() is None


async def test_problems_name_every_field_in_the_order_of_the_panel(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with running_seat(tmp_path, proefdam.url, account="tic") as seat:
        contact = seat.contacten.start(Kanaal.TELEFOON)
        seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="x" * (MAX_ONDERWERP + 3))
        contact = seat.contacten.add_vraag(contact.id)
        seat.contacten.change_vraag(contact.id, contact.vraag.id, resultaat=Resultaat.CONTACTVERZOEK)
        fouten = seat.contacten.problems(contact.id)
        assert [fout.field for fout in fouten] == [
            "vragen.0.onderwerp",
            "vragen.1.onderwerp",
            "vragen.1.terugbelverzoek.gevraagde_handeling",
            "vragen.1.terugbelverzoek.afdeling",
            "vragen.1.terugbelverzoek.telefoonnummer",
        ]
        assert "3 tekens te lang" in fouten[0].message


@pytest.mark.parametrize(("bsn", "mist"), [("999900225", True), ("999990019", False)])
async def test_a_callback_note_wants_a_number_where_the_register_has_none(
    proefdam: BackendProcess, tmp_path: Path, bsn: str, *, mist: bool
) -> None:
    async with running_seat(tmp_path, proefdam.url, account="snelbalie") as seat:
        klant = await find(seat, bsn)
        contact = seat.contacten.start(Kanaal.BALIE, klant=klant)
        seat.contacten.change_vraag(
            contact.id,
            contact.vraag.id,
            onderwerp="Aanslag",
            resultaat=Resultaat.CONTACTVERZOEK,
            terugbelverzoek=Terugbelverzoek("Bellen", afdeling="Belastingen"),
        )
        assert seat.contacten.problems(contact.id) == [], "not known before the register answered"
        await picture(seat, klant)
        fouten = [fout.field for fout in seat.contacten.problems(contact.id)]
        assert fouten == (["vragen.0.terugbelverzoek.telefoonnummer"] if mist else [])


async def test_a_store_that_was_set_aside_and_a_row_that_cannot_be_read_are_said(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, winkel = Geheugenbos(), winkel_of("tic", proefdam.url)
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert seat.bewaart == ""
        finish_contact(seat, None, "Wordt onleesbaar")
    db = open_encrypted(tmp_path / f"werk-{winkel}.db", obtain_key(bos, winkel))
    db.execute("UPDATE uitgaand SET opdracht = ?, stand = 'wacht'", (b"{}",))
    db.close()
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert "Niet leesbaar in uw uitgaande opdrachten: 1." in seat.bewaart
        (rij,) = seat.outbox.waiting()
        assert (rij.stand, rij.titel[:7]) == (Wachtstand.APART, "Contact")
        assert "blijven bewaard" in rij.reden
        seat.outbox.retry(rij.opdracht.id)
        assert not seat.outbox.remove(rij.opdracht.id)
        assert seat.outbox.waiting()[0].stand is Wachtstand.APART
    (tmp_path / f"werk-{winkel}.db").write_bytes(os.urandom(8192))
    async with running_seat(tmp_path, proefdam.url, bos=bos, account="tic") as seat:
        assert "beschadigd" in seat.bewaart
        assert "apart gezet" in seat.bewaart
