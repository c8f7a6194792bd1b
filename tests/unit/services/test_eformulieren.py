"""The worklist of e-formulieren at a seat: live, kept for when there is no connection, its customers recognised."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.security.sleutelbos import Geheugenbos
from kcs_desktop.services import eformulieren
from kcs_desktop.services.seat import SeatService
from tests.doubles.openformulieren import Inzending, OpenFormulieren
from tests.doubles.stoel_proxy import Fault, bad_network
from tests.harness.backend import BackendProcess, backend_process, create_application
from tests.harness.zitplaats import find, running_seat, until

JOHANNA = "999990019"
Gemeente = tuple[BackendProcess, str, Path]  # with the token of Open Formulieren, and the file of its database


@pytest.fixture(scope="module")
def gemeente(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gemeente]:
    """A proefgemeente of its own."""
    folder = tmp_path_factory.mktemp("eformulieren")
    database = f"sqlite:///{folder / 'kcs.db'}"
    with backend_process(database, log=folder / "backend.log", proefgemeente=True) as process:
        yield process, create_application(database, "Open Formulieren", zaken=Recht.WIJZIGEN), folder / "kcs.db"


@pytest.fixture
async def website(gemeente: Gemeente) -> AsyncIterator[OpenFormulieren]:
    process, token, _database = gemeente
    async with httpx.AsyncClient(base_url=process.url, headers={"Authorization": f"Token {token}"}) as client:
        yield OpenFormulieren(client, lambda: datetime.now(UTC))


def _inzending(website: OpenFormulieren, referentie: str, **velden: Any) -> Inzending:
    return Inzending(website, "parkeervergunning-bewoners", referentie, **{"bsn": JOHANNA, **velden})


def _nobodys_customer(database: Path) -> str:
    """Somebody in the BRP whom the municipality registered nowhere."""
    with closing(sqlite3.connect(database)) as db:
        known = "SELECT object_id FROM ki_partij_identificator WHERE object_id IS NOT NULL"
        row = db.execute(f"SELECT bsn FROM brp_persoon WHERE bsn NOT IN ({known}) ORDER BY bsn").fetchone()
    return str(row[0])


def _has(seat: SeatService, nummer: str) -> bool:
    return any(al.regel.verwijzing.identificatie == nummer for al in seat.eformulieren.lijst.formulieren)


async def test_a_form_comes_by_itself_and_its_customer_is_recognised(
    gemeente: Gemeente, website: OpenFormulieren, tmp_path: Path
) -> None:
    async with running_seat(tmp_path, gemeente[0].url, account="snelbalie") as seat:
        await seat.eformulieren.load()
        assert not _has(seat, "OF-LIVE")
        greep = seat.eformulieren.watch()
        zaak = await _inzending(website, "OF-LIVE").register()

        def is_whole() -> bool:
            """A form sends several calls after each other, and each is told."""
            al = seat.eformulieren.lijst.find(zaak["uuid"])
            return al is not None and al.heeft_tijd and al.klant is not None and bool(al.klant.naam)

        await until(seat.eformulieren.changed, is_whole)
        al = seat.eformulieren.lijst.find(zaak["uuid"])
        assert al is not None
        assert al.klant is not None
        assert (al.vanuit, al.klant.sleutel.bsn) == ("klantregistratie", JOHANNA)
        assert "Duinrode" in al.klant.naam
        assert seat.eformulieren.lijst.formulieren[0].uuid == zaak["uuid"], "the newest on top"
        greep.close()


async def test_changes_that_keep_coming_do_not_keep_the_list_from_being_shown(
    gemeente: Gemeente, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eformulieren, "SOON", 0.0)
    lijsten = "/zaken/api/v1/zaken?"
    async with (
        bad_network(gemeente[0].url) as network,
        running_seat(tmp_path, network.url, account="snelbalie") as seat,
    ):
        await seat.eformulieren.load()
        gelezen = seat.eformulieren.lijst
        greep = seat.eformulieren.watch()
        network.seen.clear()
        network.method, network.prefix = "GET", lijsten
        network.faults.append(Fault.HELD)
        for _ in range(3):
            seat.eformulieren.on_change(Wijziging("zaak", "z", "gemaakt", "zaken"))
            await find(seat, JOHANNA)  # to the backend and back: time enough to begin another reading
        asked = [one for one in network.passed("GET", lijsten) if "kenmerk__bron" in one.path]
        assert len(asked) == 1, "one reading, which is still under way"
        network.released.set()
        await until(seat.eformulieren.changed, lambda: seat.eformulieren.lijst.opgehaald_op != gelezen.opgehaald_op)
        assert seat.eformulieren.lijst.formulieren == gelezen.formulieren
        greep.close()


async def test_the_list_is_read_again_only_for_what_can_be_a_form(
    gemeente: Gemeente, website: OpenFormulieren, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(eformulieren, "SOON", 0.0)
    async with running_seat(tmp_path, gemeente[0].url, account="snelbalie") as seat:
        zaak = await _inzending(website, "OF-RUST").register()
        await seat.eformulieren.load()
        assert _has(seat, "OF-RUST")
        readings: list[bool] = []
        seat.eformulieren.changed.connect(lambda _: readings.append(seat.eformulieren.lijst.laadt))
        greep = seat.eformulieren.watch()

        async def is_read_for(uuid: str, handeling: str) -> bool:
            readings.clear()
            seat.eformulieren.on_change(Wijziging("zaak", uuid, handeling, "zaken"))
            if not seat.eformulieren._is_changed:
                return False
            await until(seat.eformulieren.changed, lambda: bool(readings) and not readings[-1])
            return True

        assert not await is_read_for("van-een-ander", "gewijzigd")
        assert await is_read_for(zaak["uuid"], "gewijzigd")
        assert await is_read_for("nieuw", "gemaakt")
        assert await is_read_for("nieuw", "gewijzigd"), "its initiator comes after it"
        greep.close()


async def test_the_brp_is_asked_for_one_form_and_only_when_the_role_may(
    gemeente: Gemeente, website: OpenFormulieren, tmp_path: Path
) -> None:
    zaak = await _inzending(website, "OF-BRP", bsn=_nobodys_customer(gemeente[2])).register()
    async with running_seat(tmp_path, gemeente[0].url, account="snelbalie") as seat:
        await seat.eformulieren.load()
        al = seat.eformulieren.lijst.find(zaak["uuid"])
        assert al is not None
        assert al.klant is not None
        assert (al.klant.naam, al.vanuit) == ("", ""), "a list asks the BRP nothing"
        await seat.eformulieren.recognise(zaak["uuid"])
        al = seat.eformulieren.lijst.find(zaak["uuid"])
        assert al is not None
        assert al.klant is not None
        assert al.vanuit == "BRP"
        assert al.klant.naam


async def test_what_was_read_is_there_without_a_connection_with_its_age(
    gemeente: Gemeente, website: OpenFormulieren, tmp_path: Path
) -> None:
    bos = Geheugenbos()
    await _inzending(website, "OF-BEWAARD").register()
    async with bad_network(gemeente[0].url) as network:
        async with running_seat(tmp_path, network.url, bos=bos, account="snelbalie") as seat:
            await seat.eformulieren.load()
            gelezen = seat.eformulieren.lijst
            assert _has(seat, "OF-BEWAARD")
        network.is_down = True
        async with running_seat(tmp_path, network.url, bos=bos) as seat:
            assert await seat.aanmelden.resume() is not None
            greep = seat.eformulieren.watch()
            await seat.eformulieren.load()
            lijst = seat.eformulieren.lijst
            assert lijst.formulieren == gelezen.formulieren
            assert (lijst.uit_cache, lijst.opgehaald_op) == (True, gelezen.opgehaald_op)
            assert lijst.fout
            assert await seat.inzagen.waiting() > 0, "a look from the store is told to the audit trail"
            greep.close()


async def test_a_role_without_zaken_has_no_list(gemeente: Gemeente, tmp_path: Path) -> None:
    async with running_seat(tmp_path, gemeente[0].url, account="floormanager") as seat:
        assert seat.sessie is not None
        await seat.eformulieren.load()
        assert bool(seat.eformulieren.lijst.opgehaald_op) is seat.sessie.mag("zaken")
