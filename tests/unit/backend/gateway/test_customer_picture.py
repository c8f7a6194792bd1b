"""A customer's whole picture through the gateway, with a second backend of ours as the three registers behind it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from kcs_desktop.api.brp import Brp
from kcs_desktop.api.client import Client
from kcs_desktop.api.klantinteracties import read_contacten, read_partij, read_terugbelnotities
from kcs_desktop.api.kvk import Kvk
from kcs_desktop.backend.accounts.beheer import create_toepassing
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.backend.proefgemeente import fill
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.domain.rechten import Recht
from tests.doubles.voordeur import served
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

PADEN = {
    "brp": "/brp/haalcentraal/api/brp",
    "kvk": "/kvk/api",
    "klantinteracties": "/klantinteracties/api/v1",
}


class _Toegang:
    def __init__(self, token: str) -> None:
        self._token = token

    async def token(self) -> str:
        return self._token

    async def renew(self, used: str) -> str:
        return used


@pytest.fixture
async def registers(sqlite_template: Path, tmp_path: Path, klok: Klok) -> AsyncIterator[dict[str, RegisterSettings]]:
    """The proefgemeente as registers of another organisation."""
    path = tmp_path / "registers.db"
    shutil.copy(sqlite_template, path)
    db = Database(f"sqlite:///{path}", clock=klok)
    try:
        await fill(db)
        async with running_backend(db, klok) as behind, served(behind.app) as url:
            rechten = {"crm": Recht.RAADPLEGEN, "terugbelnotities": Recht.RAADPLEGEN}
            async with db.write() as unit:
                token = await create_toepassing(unit, "KCS", {**rechten, "basisregistraties": Recht.RAADPLEGEN})
            yield {naam: RegisterSettings(url + pad, token, 10.0) for naam, pad in PADEN.items()}
    finally:
        await db.close()


@pytest.fixture
async def gateway(registers: dict[str, RegisterSettings], db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, registers=registers) as made:
        yield made


@pytest.fixture
async def seat(gateway: Backend) -> AsyncIterator[Client]:
    antwoord = await gateway.sign_in(await gateway.account("Test", ["snelbalie"]), ["snelbalie"])
    client = Client(httpx.ASGITransport(cast(Any, gateway.app), client=("127.0.0.1", 50000)))
    client.aim("http://127.0.0.1:8000")
    client.toegang = _Toegang(antwoord.tokens.toegang)
    try:
        yield client
    finally:
        await client.close()


async def test_the_seat_sees_the_whole_customer_of_the_registers_behind_the_gateway(seat: Client) -> None:
    sleutel = KlantSleutel(SoortKlant.PERSOON, bsn="999990032")
    persoon = await Brp(seat).consult("999990032")
    assert persoon.bsn == "999990032"
    partij = await read_partij(seat, sleutel)
    assert partij is not None
    assert partij.klant.sleutel.bsn == "999990032"
    contacten = await read_contacten(seat, sleutel)
    assert (len(contacten.contacten), len(contacten.terugbelnotities)) == (20, 10)
    alle = await read_terugbelnotities(seat, sleutel)
    assert {note.uuid for note in alle} == {note.uuid for note in contacten.terugbelnotities}
    bedrijf = await Kvk(seat).read("90000001", "")
    assert bedrijf.kvk_nummer == "90000001"


async def test_paging_stays_behind_the_gateway(gateway: Backend) -> None:
    client = await gateway.client_for("snelbalie")
    url = "http://127.0.0.1:8000/klantinteracties/api/v1/partijen?pageSize=100"
    seen: list[str] = []
    while url:
        page = (await client.get(url)).json()
        seen += [row["uuid"] for row in page["results"]]
        assert all(row["url"].startswith("http://127.0.0.1:8000/klantinteracties/") for row in page["results"])
        url = page["next"] or ""
    assert len(seen) == len(set(seen)) == page["count"] > 100
