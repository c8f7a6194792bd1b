"""A customer's whole picture through the gateway, with a second backend of ours as the three registers behind it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from sqlalchemy import select

from kcs_desktop.api.brp import Brp
from kcs_desktop.api.client import Client
from kcs_desktop.api.klantinteracties import (
    read_contacten,
    read_partij,
    read_partij_by_uuid,
    read_terugbelnotities,
    read_vertegenwoordigers,
)
from kcs_desktop.api.kvk import Kvk
from kcs_desktop.backend.accounts.beheer import create_toepassing
from kcs_desktop.backend.audit.tables import AuditregelRow
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


async def looks_at(backend: Backend, partij: str) -> list[tuple[str, str]]:
    """What the trail has under this partij: whose line it is, and what was done."""
    auditor = await backend.client_for("auditor", naam="Auditor")
    found = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "partij", "waarde": partij})
    lines = found.json()["regels"]
    return [(one["onderwerp"], one["handeling"]) for one in lines if one["handeling"] != "spoor ingezien"]


@pytest.mark.parametrize("resource", ["vertegenwoordigingen", "partijen"])
async def test_who_acts_for_whom_is_in_the_trail_of_both_and_makes_them_not_one(
    gateway: Backend, seat: Client, resource: str
) -> None:
    bakkerij = await read_partij(seat, KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="90000001"))
    johanna = await read_partij(seat, KlantSleutel(SoortKlant.PERSOON, bsn="999990019"))
    assert bakkerij is not None
    assert johanna is not None
    bedrijf, persoon = bakkerij.klant.sleutel.partij, johanna.klant.sleutel.partij
    before = [await looks_at(gateway, one) for one in (bedrijf, persoon)]
    client = await gateway.client_for("snelbalie", naam="Ander")
    asked = bedrijf if resource == "vertegenwoordigingen" else persoon
    params = {"vertegenwoordigdePartij__uuid": asked}
    (_,) = (await client.get(f"/klantinteracties/api/v1/{resource}", params=params)).json()["results"]
    for partij, lines in zip((bedrijf, persoon), before, strict=True):
        after = await looks_at(gateway, partij)
        new = len(after) - len(lines)
        assert (set(after[:new]), after[new:]) == ({(asked, "gezocht")}, lines)
    before = [await looks_at(gateway, persoon)]
    await client.get(f"/klantinteracties/api/v1/partijen/{bedrijf}")
    assert [await looks_at(gateway, persoon)] == before


async def test_who_acts_for_a_company_is_found(seat: Client) -> None:
    bakkerij = await read_partij(seat, KlantSleutel(SoortKlant.ORGANISATIE, kvk_nummer="90000001"))
    assert bakkerij is not None
    uuid = bakkerij.klant.sleutel.partij
    (door,) = await read_vertegenwoordigers(seat, uuid)
    johanna = await read_partij_by_uuid(seat, door)
    assert johanna.klant.sleutel.bsn == "999990019"
    assert uuid in johanna.vertegenwoordigt
    assert await read_vertegenwoordigers(seat, door) == []


async def test_who_may_not_see_customers_does_not_hear_who_acts_for_whom(gateway: Backend) -> None:
    client = await gateway.client_for("redacteur")
    uuid = "0192d3a4-0000-7000-8000-000000000001"
    asked = {"vertegenwoordigdePartij__uuid": uuid}
    answer = await client.get("/klantinteracties/api/v1/vertegenwoordigingen", params=asked)
    assert answer.status_code == 403
    async with gateway.db.read() as session:
        (line,) = (await session.scalars(select(AuditregelRow))).all()
    assert (line.onderwerp_soort, line.onderwerp, line.gelukt) == ("partij", uuid, False)


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
