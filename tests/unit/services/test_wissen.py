"""What a seat keeps of customers is gone when it is withdrawn or wiped; the employee's own work stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kcs_desktop.domain.klantcontact import Kanaal
from kcs_desktop.domain.zitplaats import winkel_of
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services.profielslot import Profielslot
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.beheer import Administered, administered
from tests.harness.zitplaats import find, finish_contact, picture, running_seat, sign_in, until
from ui.__main__ import main

JOHANNA = "999990019"


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Administered]:
    with administered(tmp_path_factory.mktemp("ingetrokken")) as backend:
        yield backend


async def _see_johanna(seat: SeatService) -> None:
    await picture(seat, await find(seat, JOHANNA))


def _recent(seat: SeatService) -> list[str]:
    return [beeld.naam for beeld in seat.klanten.recent()]


def _cache(profile: Path, account: str, url: str) -> Path:
    return profile / f"cache-{winkel_of(account, url)}.db"


async def test_a_withdrawn_session_loses_its_cache_at_once_and_keeps_drafts_and_outbox(
    backend: Administered, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(backend.url) as network, running_seat(tmp_path, network.url, bos=bos, account="tic") as seat:
        await _see_johanna(seat)
        seat.contacten.start(Kanaal.TELEFOON)
        network.is_down = True
        opdracht = finish_contact(seat, None, "Nog te versturen")
        await until(seat.outbox.changed, lambda: bool(seat.outbox.waiting()) and seat.outbox.waiting()[0].pogingen > 0)
        await backend.account("intrekken", "tic")
        network.is_down = False
        await until(seat.sessie_changed, lambda: seat.sessie is None)
        await sign_in(seat, "tic")
        assert _recent(seat) == []
        assert [contact.kanaal for contact in seat.contacten.open] == [Kanaal.TELEFOON]
        assert opdracht.id in [rij.opdracht.id for rij in seat.outbox.waiting()]


async def test_a_closed_window_that_was_withdrawn_loses_its_cache_at_the_next_start(
    backend: Administered, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, backend.url, bos=bos, account="snelbalie") as seat:
        await _see_johanna(seat)
        contact = seat.contacten.start(Kanaal.BALIE)
    await backend.account("blokkeer", "snelbalie")
    async with running_seat(tmp_path, backend.url, bos=bos) as seat:
        assert await seat.aanmelden.resume() is None
        await backend.account("blokkeer", "snelbalie", "--op")
        await sign_in(seat, "snelbalie")
        assert _recent(seat) == []
        assert [open_.id for open_ in seat.contacten.open] == [contact.id]


async def test_who_signed_out_and_was_withdrawn_later_loses_the_cache_while_another_works(
    backend: Administered, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, backend.url, bos=bos, account="balie2") as seat:
        await _see_johanna(seat)
        await seat.aanmelden.sign_out()
        await sign_in(seat, "digitaal")
        await _see_johanna(seat)
        assert _cache(tmp_path, "balie2", backend.url).is_file()
    await backend.account("intrekken", "balie2")
    async with running_seat(tmp_path, backend.url, bos=bos) as seat:
        await seat.aanmelden.check_withdrawn()
        assert not _cache(tmp_path, "balie2", backend.url).exists()
        assert await seat.aanmelden.resume() is not None
        assert _recent(seat) == ["Johanna van Duinrode"]


async def test_who_signs_in_again_after_a_start_without_connection_loses_the_cache_too(
    backend: Administered, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    async with bad_network(backend.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="balie2") as seat:
            await _see_johanna(seat)
            await seat.aanmelden.sign_out()
        await backend.account("intrekken", "balie2")
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            await seat.aanmelden.check_withdrawn()
            assert _cache(tmp_path, "balie2", network.url).is_file()
            network.is_down = False
            await sign_in(seat, "balie2")
            assert _recent(seat) == []


async def test_the_command_of_the_window_wipes_and_the_work_goes_on(backend: Administered, tmp_path: Path) -> None:
    bos = Geheugenbos()
    async with bad_network(backend.url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="tweedelijn") as seat:
            await _see_johanna(seat)
            contact = seat.contacten.start(Kanaal.CHAT)
            await seat.wipe()
            assert _recent(seat) == []
            network.is_down = True
            treffers = [al async for al in seat.zoeken.while_typing("duinrode")][-1].treffers
            assert treffers == ()
        network.is_down = False
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None  # the session itself was not wiped
            assert [open_.id for open_ in seat.contacten.open] == [contact.id]


async def test_the_command_line_wipes_every_employee_of_the_profile_and_not_under_an_open_window(
    backend: Administered, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bos = Geheugenbos()
    async with running_seat(tmp_path, backend.url, bos=bos, account="post") as seat:
        await _see_johanna(seat)
        contact = seat.contacten.start(Kanaal.POST)
    slot = Profielslot(tmp_path)
    assert slot.take()
    assert main(["--wis-opslag", "--profiel", str(tmp_path)]) == 1
    assert "Sluit het venster" in capsys.readouterr().err
    slot.release()
    assert _cache(tmp_path, "post", backend.url).is_file()
    assert main(["--wis-opslag", "--profiel", str(tmp_path)]) == 0
    assert "1 bestand met eigen werk van medewerkers blijft staan" in capsys.readouterr().out
    assert not _cache(tmp_path, "post", backend.url).exists()
    async with running_seat(tmp_path, backend.url, bos=bos, account="post") as seat:
        assert _recent(seat) == []
        assert [open_.id for open_ in seat.contacten.open] == [contact.id]
