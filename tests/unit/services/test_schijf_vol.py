"""A seat whose disk is full or read-only: the employee works on, reads why, and nothing is lost once there is room."""

from __future__ import annotations

from pathlib import Path

import pytest

from kcs_desktop.cache import bestand
from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import opslag
from tests.harness.backend import BackendProcess
from tests.harness.kleine_schijf import small_disk
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, until

LONG = "Een lange notitie. " * 1000


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
