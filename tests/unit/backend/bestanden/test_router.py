"""A seat hands over a file: in pieces, resumed, refused where it is not what was said, and looked at by the scanner."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import func, insert, select

from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.bestanden.onderzoek import Onderzoek
from kcs_desktop.backend.bestanden.opslag import MOST, STUK, STUKKEN
from kcs_desktop.backend.bestanden.scanner import read_scanner
from kcs_desktop.backend.bestanden.tables import Bestand
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.tables import WijzigingRow
from kcs_desktop.domain.uuid7 import new_id
from tests.contract.documenten import fixtures as f
from tests.doubles.virusscanner import NAME, VIRUS, command, icap_server
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

URL = "/kcs/api/v1/bestanden"
INHOUD = b"%PDF-1.7\n" + bytes(range(256)) * 9000  # two whole pieces and a rest
OCTETS = {"content-type": "application/octet-stream"}


def hash_of(inhoud: bytes) -> str:
    return hashlib.sha256(inhoud).hexdigest()


class Zender:
    """One file on its way, as a seat sends it."""

    def __init__(self, client: httpx.AsyncClient, inhoud: bytes = INHOUD, naam: str = "brief.pdf") -> None:
        self.client = client
        self.inhoud = inhoud
        self.naam = naam
        self.id = new_id()
        self.url = f"{URL}/{self.id}"

    async def begin(self, **fields: Any) -> httpx.Response:
        return await self.client.put(self.url, json={"naam": self.naam, "omvang": len(self.inhoud), **fields})

    async def stuk(self, nr: int, inhoud: bytes | None = None) -> httpx.Response:
        content = self.inhoud[(nr - 1) * STUK : nr * STUK] if inhoud is None else inhoud
        return await self.client.put(f"{self.url}/stukken/{nr}", content=content, headers=OCTETS)

    async def klaar(self, sha256: str = "") -> httpx.Response:
        return await self.client.post(f"{self.url}/klaar", json={"sha256": sha256 or hash_of(self.inhoud)})

    async def stand(self) -> dict[str, Any]:
        answer = await self.client.get(self.url)
        assert answer.status_code == 200, answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    async def send(self) -> httpx.Response:
        assert (await self.begin()).status_code == 200
        for nr in range(1, -(-len(self.inhoud) // STUK) + 1):
            assert (await self.stuk(nr)).status_code == 204
        return await self.klaar()


def refused(answer: httpx.Response, code: str, status: int = 422) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_a_file_is_sent_in_pieces_and_resumed_where_it_was(backend: Backend) -> None:
    zender = Zender(await backend.client_for("balie2"), naam="../map/brief\u202e.pdf")
    begun = await zender.begin()
    assert begun.json() == {
        "id": zender.id,
        "naam": "brief.pdf",
        "mediatype": "application/pdf",
        "omvang": len(INHOUD),
        "stukgrootte": STUK,
        "ontvangen": [],
        "stand": "ontvangen",
        "reden": "",
    }
    assert (await zender.stuk(3)).status_code == 204
    assert (await zender.stuk(1)).status_code == 204
    refused(await zender.klaar(), "stukken-ontbreken")
    assert (await zender.begin()).json()["ontvangen"] == [1, 3]  # it begins again, as after a restart
    assert (await zender.stuk(3)).status_code == 204
    assert (await zender.stuk(2)).status_code == 204
    done = await zender.klaar()
    assert (done.json()["stand"], done.json()["ontvangen"]) == ("onbekend", [1, 2, 3])
    assert (await zender.klaar()).json() == done.json()  # the answer was lost, so it is asked again
    assert (await zender.stuk(2)).status_code == 204
    assert await zender.stand() == done.json()


async def test_what_was_not_announced_is_refused(backend: Backend) -> None:
    zender = Zender(await backend.client_for("balie2"))
    refused(await zender.stuk(1), "niet-gevonden", 404)
    await zender.begin()
    refused(await zender.begin(omvang=5), "id-bezet")
    refused(await zender.begin(naam="anders.pdf"), "id-bezet")
    refused(await zender.stuk(1, INHOUD[: STUK - 1]), "stuk-omvang")
    refused(await zender.stuk(4, b"x"), "stuk-onbekend")
    refused(await zender.stuk(0, b"x"), "stuk-onbekend")
    await zender.stuk(1)
    refused(await zender.stuk(1, bytes(STUK)), "stuk-anders")
    refused(await zender.stuk(2, bytes(3 * STUK)), "too-large", 413)
    for nr in (2, 3):
        await zender.stuk(nr)
    refused(await zender.klaar("0" * 64), "inhoud-anders")
    assert (await zender.stand())["stand"] == "ontvangen"
    await zender.klaar()
    refused(await zender.klaar("0" * 64), "inhoud-anders")
    refused(await zender.stuk(1, bytes(STUK)), "stuk-anders")


async def test_bad_input_is_a_400_that_names_the_field(backend: Backend) -> None:
    client = await backend.client_for("balie2")
    for body, field in (
        ({"naam": "a", "omvang": 0}, "omvang"),
        ({"naam": "a", "omvang": -5}, "omvang"),
        ({"naam": "a", "omvang": 2**60}, "omvang"),
        ({"naam": "", "omvang": 1}, "naam"),
        ({"naam": "a", "omvang": 1, "pad": "/etc"}, "pad"),
        ({"naam": "a", "omvang": 1, "mediatype": "<script>"}, "mediatype"),
    ):
        answer = await client.put(f"{URL}/{new_id()}", json=body)
        assert answer.status_code == 400, body
        assert field in answer.text
    assert (await client.put(f"{URL}/geen-uuid", json={"naam": "a", "omvang": 1})).status_code == 400
    zender = Zender(client)
    await zender.begin()
    assert (await client.put(f"{zender.url}/stukken/1", json={})).status_code == 415
    assert (await client.put(f"{zender.url}/stukken/een", content=b"x", headers=OCTETS)).status_code in {400, 404}
    assert (await client.post(f"{zender.url}/klaar", json={"sha256": "kort"})).status_code == 400


@pytest.fixture
async def small(db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, bestand_maximum=STUK) as backend:
        yield backend


async def test_a_file_that_says_it_is_two_gigabytes_is_refused_before_a_byte_is_sent(small: Backend) -> None:
    zender = Zender(await small.client_for("balie2"))
    refused(await zender.begin(omvang=2 * 1024**3), "bestand-te-groot")
    refused(await zender.stuk(1), "niet-gevonden", 404)
    async with small.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Bestand)) == 0


async def test_what_one_employee_has_here_without_a_document_is_bounded(db: Database, klok: Klok) -> None:
    async with running_backend(db, klok, bestand_maximum=3 * STUK, bestanden_per_medewerker=4 * STUK) as backend:
        client = await backend.client_for("balie2")
        eerste, tweede = Zender(client), Zender(client)
        assert (await eerste.begin()).status_code == 200
        answer = await tweede.begin()
        refused(answer, "bestanden-vol", 413)
        assert "haal ze weg" in answer.json()["detail"]
        assert (await eerste.begin()).status_code == 200, "it is here already"
        assert (await Zender(await backend.client_for("tweedelijn")).begin()).status_code == 200, "of somebody else"
        assert (await client.delete(eerste.url)).status_code == 204
        assert (await tweede.begin()).status_code == 200


async def test_how_many_files_one_employee_has_here_without_a_document_is_bounded(backend: Backend) -> None:
    client = await backend.client_for("balie2")
    eerste, laatste = Zender(client, b"x"), Zender(client, b"x")
    assert (await eerste.begin()).status_code == 200
    async with backend.db.write() as unit:
        begun = (await unit.session.scalars(select(Bestand))).one()
        facts = {"eigenaar": begun.eigenaar, "naam": "leeg", "omvang": 1, "gemaakt_op": unit.now}
        besmet, onderweg = ({**facts, "stand": stand} for stand in ("besmet", "ontvangen"))
        more = [{**besmet, "id": new_id()}, *({**onderweg, "id": new_id()} for _ in range(MOST - 2))]
        await unit.session.execute(insert(Bestand), more)
    answer = await laatste.begin()
    refused(answer, "bestanden-vol", 413)
    assert f"{MOST} bestanden" in answer.json()["detail"]
    assert "haal ze weg" in answer.json()["detail"]
    assert (await eerste.begin()).status_code == 200, "it is here already"
    assert (await Zender(await backend.client_for("tweedelijn")).begin()).status_code == 200, "of somebody else"
    assert (await client.delete(eerste.url)).status_code == 204
    assert (await laatste.begin()).status_code == 200


async def test_a_program_is_refused_and_what_only_looks_odd_is_not(backend: Backend) -> None:
    client = await backend.client_for("balie2")
    for naam, inhoud in (("brief.pdf", b"MZ\x90\x00" + bytes(50)), ("doe.js", b"alert(1)")):
        refused(await Zender(client, inhoud, naam).send(), "soort-geweigerd")
    zipped = b"PK\x03\x04" + bytes(26) + b"bom.txt" + bytes(100)
    for naam, inhoud, mediatype in (
        ("brief.pdf", b"<html>%PDF-1.7", "text/html"),
        ("bom.zip", zipped, "application/zip"),
        ("iets.onbekend", b"\x00\x01\x02", "application/octet-stream"),
    ):
        done = await Zender(client, inhoud, naam).send()
        assert (done.status_code, done.json()["mediatype"]) == (200, mediatype)


async def test_a_file_is_its_senders_alone(backend: Backend) -> None:
    zender = Zender(await backend.client_for("balie2"))
    await zender.begin()
    other = Zender(await backend.client_for("balie2", naam="Kees"))
    other.id, other.url = zender.id, zender.url
    for answer in (
        await other.begin(),
        await other.client.get(zender.url),
        await other.stuk(1),
        await other.klaar(),
        await other.client.delete(zender.url),
    ):
        refused(answer, "niet-gevonden", 404)
    nobody = Zender(await backend.client_for("redacteur"))
    refused(await nobody.begin(), "geen-recht", 403)
    assert (await Zender(await backend.client_for("tic")).begin()).status_code == 200  # may make a zaak
    async with backend.db.read() as session:
        lines = (await session.scalars(select(AuditregelRow).where(AuditregelRow.onderwerp_soort == "bestand"))).all()
    assert [(line.handeling, line.gelukt) for line in lines] == [
        ("geregistreerd", True),
        ("geregistreerd", False),
        ("geregistreerd", True),
    ]


async def test_a_cancelled_file_is_gone_with_its_pieces(backend: Backend) -> None:
    zender = Zender(await backend.client_for("balie2"))
    await zender.begin()
    await zender.stuk(1)
    assert (await zender.client.delete(zender.url)).status_code == 204
    refused(await zender.client.delete(zender.url), "niet-gevonden", 404)
    async with backend.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(STUKKEN.nr.table)) == 0


async def test_two_who_finish_at_once_get_the_same_answer(backend: Backend) -> None:
    zender = Zender(await backend.client_for("balie2"))
    await zender.begin()
    await asyncio.gather(*(zender.stuk(nr) for nr in (1, 2, 3, 3, 1)))
    first, second = await asyncio.gather(zender.klaar(), zender.klaar())
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()


@asynccontextmanager
async def scanned(db: Database, klok: Klok, setting: str) -> AsyncIterator[tuple[Backend, Onderzoek]]:
    """A backend with this scanner that looks at nothing by itself; and one to give turns by hand."""
    async with running_backend(db, klok, virusscanner=setting) as backend:
        await backend.app.state.onderzoek.stop()
        yield backend, Onderzoek(db, read_scanner(setting, 30.0), 30.0)


async def test_a_file_is_looked_at_and_what_was_found_is_told(db: Database, klok: Klok) -> None:
    async with icap_server() as server, scanned(db, klok, server.setting) as (backend, onderzoek):
        client = await backend.client_for("balie2")
        clean, infected = Zender(client), Zender(client, INHOUD + VIRUS)
        for zender in (clean, infected):
            assert (await zender.send()).status_code == 200
        while {(await one.stand())["stand"] for one in (clean, infected)} & {"onderzoek"}:
            await onderzoek.turn()
        assert ((await clean.stand())["stand"], (await clean.stand())["reden"]) == ("schoon", "")
        found = await infected.stand()
        assert (found["stand"], found["reden"], found["ontvangen"]) == ("besmet", NAME, [])  # the content is gone
        async with db.read() as session:
            told = (await session.scalars(select(WijzigingRow).where(WijzigingRow.soort == "bestand"))).all()
        assert {(row.object_id, row.functie) for row in told} == {(clean.id, "dossier"), (infected.id, "dossier")}
        assert len(told) == 4


async def test_a_file_with_a_virus_takes_no_piece_again(db: Database, klok: Klok) -> None:
    async with scanned(db, klok, command()) as (backend, onderzoek):
        zender = Zender(await backend.client_for("balie2"), INHOUD + VIRUS)
        assert (await zender.send()).json()["stand"] == "onderzoek"
        assert (await zender.stuk(2)).status_code == 204  # its answer was lost, so it is sent again
        refused(await zender.stuk(2, bytes(STUK)), "stuk-anders")
        assert await onderzoek.turn() == 1
        for nr in (1, 2, 3):
            refused(await zender.stuk(nr), "bestand-besmet")
        refused(await zender.stuk(1, bytes(STUK)), "bestand-besmet")
        assert (await zender.begin()).json()["stand"] == (await zender.klaar()).json()["stand"] == "besmet"
        async with db.read() as session:
            assert await session.scalar(select(func.count()).select_from(STUKKEN.nr.table)) == 0


async def test_a_scanner_that_is_away_is_asked_again(db: Database, klok: Klok) -> None:
    async with icap_server() as server:
        setting = server.setting
    async with scanned(db, klok, setting) as (backend, onderzoek):
        zender = Zender(await backend.client_for("balie2"))
        assert (await zender.send()).json()["stand"] == "onderzoek"
        while "opnieuw" not in (await zender.stand())["reden"]:
            await onderzoek.turn()
        healed = Onderzoek(db, read_scanner(command(), 30.0), 30.0)
        assert await healed.turn() == 0  # not yet
        klok.advance(minutes=2)
        assert await healed.turn() == 1
        assert ((await zender.stand())["stand"], (await zender.stand())["reden"]) == ("schoon", "")
        assert await healed.turn() == 0


async def test_content_that_comes_with_a_document_is_looked_at_too(db: Database, klok: Klok) -> None:
    async with scanned(db, klok, command("stuk")) as (backend, _failing):
        client = await f.client_of(backend)
        types = await f.make_type(client)
        made = await f.make_document(client, types)
        refused(await f.download(client, made), "bestand-in-onderzoek", 503)
        working = Onderzoek(db, read_scanner(command(), 30.0), 30.0)
        while (await f.download(client, made)).status_code != 200:
            klok.advance(minutes=1)
            await working.turn()
        assert (await f.download(client, made)).content == f.INHOUD
