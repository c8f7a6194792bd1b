"""A seat whose disk is full or read-only: the employee works on, reads why, and nothing is lost once there is room."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from kcs_desktop.cache import bestand
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import opslag
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess
from tests.harness.kleine_schijf import small_disk
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, sign_in, until
from tests.unit.voorbeeld import stukken

LONG = "Een lange notitie. " * 1000


def _open_ids(seat: SeatService) -> list[str]:
    return [contact.id for contact in seat.contacten.open]


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bestand, "RETRY", 0.1)
    monkeypatch.setattr(opslag, "SAVE_EVERY", 0.1)


async def test_a_full_disk_is_said_stops_nothing_and_is_forgotten_when_there_is_room(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    with small_disk(tmp_path / "schijf") as schijf:
        profile = schijf.path / "profiel"
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            vulling = schijf.fill()
            contact = seat.contacten.start(Kanaal.TELEFOON)
            seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie=LONG)
            await until(seat.bewaart_changed, lambda: "De schijf is vol." in seat.bewaart)
            assert "sluit KCS Desktop niet af voordat deze melding weg is" in seat.bewaart
            beeld = await picture(seat, await find(seat, "999900213"))
            assert beeld.naam
            rij = await outcome(seat, finish_contact(seat, None, "Op een volle schijf"))
            assert rij.stand is Wachtstand.GESLAAGD
            vulling.unlink()
            await until(seat.bewaart_changed, lambda: "De schijf is vol." not in seat.bewaart)
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            assert seat.bewaart == ""
            (terug,) = seat.contacten.open
            assert (terug.id, terug.vraag.notitie) == (contact.id, LONG)
            assert [rij.stand for rij in seat.outbox.waiting()] == [Wachtstand.GESLAAGD]


async def test_a_read_only_profile_shows_the_work_of_before_and_saves_what_comes_when_it_can(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    with small_disk(tmp_path / "schijf") as schijf:
        profile = schijf.path / "profiel"
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            eerste = seat.contacten.start(Kanaal.TELEFOON)
        schijf.make_read_only()
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            assert "De map van KCS Desktop is alleen-lezen." in seat.bewaart
            assert [contact.id for contact in seat.contacten.open] == [eerste.id]
            tweede = seat.contacten.start(Kanaal.BALIE)
            schijf.make_writable()
            await until(seat.bewaart_changed, lambda: "alleen-lezen" not in seat.bewaart)
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            assert [contact.id for contact in seat.contacten.open] == [eerste.id, tweede.id]


async def test_a_window_lets_go_only_of_what_is_on_disk(proefdam: BackendProcess, tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        profile = schijf.path / "profiel"
        async with running_seat(profile, proefdam.url, bos=Geheugenbos(), account="tic") as seat:
            contact = seat.contacten.start(Kanaal.TELEFOON)
            assert await seat.can_let_go()
            vulling = schijf.fill()
            seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie=LONG * 10)
            assert not await seat.can_let_go()
            vulling.unlink()
            assert await seat.can_let_go()


async def test_a_draft_of_a_zaak_that_is_in_memory_only_holds_the_window(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        async with running_seat(schijf.path / "profiel", proefdam.url, bos=Geheugenbos(), account="snelbalie") as seat:
            await seat.zaakaanmaken.refresh()
            vulling = schijf.fill()
            concept = seat.zaakaanmaken.start("melding-openbare-ruimte")
            seat.zaakaanmaken.change(concept.id, toelichting=LONG * 10)
            assert (await outcome(seat, seat.outbox.waiting()[0].opdracht)).stand is Wachtstand.GESLAAGD
            assert not seat.contacten.open
            assert not await seat.can_let_go()
            vulling.unlink()
            assert await seat.can_let_go()


async def test_a_document_that_is_in_memory_only_holds_the_window_until_it_is_let_go(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    zaak = Zaakverwijzing("", "", opdracht="concept")
    with small_disk(tmp_path / "schijf") as schijf:
        async with running_seat(schijf.path / "profiel", proefdam.url, bos=Geheugenbos(), account="snelbalie") as seat:
            vulling = schijf.fill()
            al = await seat.dossier.add(zaak, stukken.pdf() + bytes(200_000), "scan.pdf")
            seat.dossier.change(al.id, beschrijving=LONG * 10)
            assert not await seat.can_let_go()
            assert list((schijf.path / "profiel").glob("bijlagen-*/*")) == [], "no half copies on a full disk"
            vulling.unlink()
            assert not await seat.can_let_go(), "what it says is on disk now, its content is not"
            (terug,) = seat.dossier.of(zaak)
            assert terug.beschrijving == LONG * 10
            seat.dossier.cancel(al.id)
            assert await seat.can_let_go()


async def test_who_signs_out_on_a_full_disk_finds_the_work_back_and_it_is_saved_when_there_is_room(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    with small_disk(tmp_path / "schijf") as schijf:
        profile = schijf.path / "profiel"
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            contact = seat.contacten.start(Kanaal.TELEFOON)
            vulling = schijf.fill()
            seat.contacten.change_vraag(contact.id, contact.vraag.id, notitie=LONG * 10)
            assert not await seat.can_let_go()
            await seat.aanmelden.sign_out()
            assert not await seat.can_let_go(), "closing now would lose what the disk refused"
            await sign_in(seat, "tic")
            assert [one.vraag.notitie for one in seat.contacten.open] == [LONG * 10]
            await seat.aanmelden.sign_out()
            vulling.unlink()
            async with asyncio.timeout(20):
                while not await seat.can_let_go():  # noqa: ASYNC110 -- the thread of the store saves it
                    await asyncio.sleep(0.05)
        async with running_seat(profile, proefdam.url, bos=bos, account="tic") as seat:
            assert [one.vraag.notitie for one in seat.contacten.open] == [LONG * 10]


async def test_what_is_in_memory_only_can_be_exported_open_contacts_too(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        async with running_seat(schijf.path / "profiel", proefdam.url, bos=Geheugenbos(), account="tic") as seat:
            schijf.fill()
            contact = seat.contacten.start(Kanaal.TELEFOON)
            seat.contacten.change_vraag(contact.id, contact.vraag.id, onderwerp="Bezwaar", notitie=LONG)
            assert not await seat.can_let_go()
            await seat.outbox.export(tmp_path / "uit.json")
    (kept,) = json.loads((tmp_path / "uit.json").read_text("utf-8"))["Open contacten"]
    assert (kept["Vragen"][0]["Onderwerp"], kept["Vragen"][0]["Notitie"]) == ("Bezwaar", LONG)


async def test_work_of_before_that_could_not_be_read_stands_there_again_when_the_folder_is_back(
    proefdam: BackendProcess, tmp_path: Path
) -> None:
    bos, profile = Geheugenbos(), tmp_path / "profiel"
    async with bad_network(proefdam.url) as network:
        async with running_seat(profile, network.url, bos=bos, account="tic") as seat:
            contact = seat.contacten.start(Kanaal.TELEFOON)
            network.faults.extend([Fault.UNSENT] * 1000)
            eerste = finish_contact(seat, None, "Van eerder")
            await until(seat.outbox.changed, lambda: any(rij.pogingen for rij in seat.outbox.waiting()))
        network.faults.clear()
        away = profile.rename(tmp_path / "weg")
        profile.write_bytes(b"")
        async with running_seat(profile, network.url, bos=bos, account="tic") as seat:
            assert _open_ids(seat) == []
            tweede = finish_contact(seat, None, "Van nu")
            assert (await outcome(seat, tweede)).stand is Wachtstand.GESLAAGD
            profile.unlink()
            away.rename(profile)
            assert (await outcome(seat, eerste)).stand is Wachtstand.GESLAAGD
            await until(seat.contacten.changed, lambda: bool(_open_ids(seat)))
            assert _open_ids(seat) == [contact.id]
            assert [rij.opdracht.id for rij in seat.outbox.waiting()] == [eerste.id, tweede.id]
