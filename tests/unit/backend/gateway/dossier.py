"""A zaak at an Open Zaak, and one who adds documents to it: for the tests of what becomes of those."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from string import ascii_uppercase
from typing import Any

import httpx
import msgspec
from sqlalchemy import select

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.uuid7 import new_id
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import CRS
from tests.doubles.openzaak import OpenZaak
from tests.doubles.register import Wrong
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import URL, opdracht
from tests.unit.backend.opdrachten.zaken import uuid_of

Json = dict[str, Any]
ZAKEN, DOCUMENTEN = "/zaken/api/v1", "/documenten/api/v1"
NAAM, KOPPELING = "/enkelvoudiginformatieobjecten", "/zaakinformatieobjecten"
DEEL, UNLOCK = "/bestandsdelen/", "/unlock"
ORGANISATIE = "517439943"
SMALL = b"%PDF-1.7\n" + bytes(range(256)) * 3
LARGE = b"%PDF-1.7\n" + bytes(range(256)) * (10 * 1024) + b"einde"  # three parts
SPOILS = [Wrong.CUT_BEFORE, Wrong.CUT_AFTER, Wrong.HTML_AFTER, Wrong.HALF, Wrong.HALF_JSON, Wrong.UNAVAILABLE]


class Dossier:
    """A zaak at the server, and one who adds documents to it."""

    def __init__(self, backend: Backend, server: OpenZaak, types: dict[str, Json], zaak: str) -> None:
        self.backend = backend
        self.server = server
        self.types = types
        self.zaak = zaak
        self._before = self._count()

    def _count(self) -> int:
        count: int = self.server.get(DOCUMENTEN + NAAM)["count"]
        return count

    async def file(self, content: bytes, stand: Stand = Stand.SCHOON) -> str:
        """As the intake leaves it, sent by Anna."""
        uuid = new_id(self.backend.klok())
        async with self.backend.db.write() as unit:
            query = select(AccountRij.id).where(AccountRij.naam == "Anna")
            eigenaar = str((await unit.session.scalars(query)).one())
            made = await opslag.begin(unit, uuid, eigenaar, "brief.pdf", "application/pdf", len(content))
            for nr in range(1, made.stukken + 1):
                await opslag.put_piece(unit, made, nr, content[(nr - 1) * opslag.STUK : nr * opslag.STUK])
            digest = hashlib.sha256(content).hexdigest()
            await opslag.complete(unit, made, digest, "application/pdf", stand)
        return uuid

    def document(self, bestand: str, **fields: Any) -> Json:
        soort = uuid_of(self.types, "informatieobjecttypen")
        named = {"naam": "brief.pdf", "titel": "Brief", "informatieobjecttype": soort}
        return {"bestand": bestand, **named, **fields}

    async def adding(self, content: bytes = SMALL, **fields: Any) -> Json:
        made_of = self.document(await self.file(content), **fields)
        return opdracht(self.backend.klok(), {"type": "document.toevoegen", "zaak": self.zaak, **made_of})

    async def settled(self, body: Json, patience: int = 6) -> Json:
        """As a seat does: again until there is an outcome."""
        client = await self.backend.client_for("balie2", naam="Anna")
        for _ in range(patience):
            answer = await client.post(URL, json=body)
            if answer.status_code in {200, 201, 422}:
                made: Json = answer.json()
                return made
            self.backend.klok.advance(30)
        raise AssertionError(answer.text)

    async def stands(self, content: bytes, zaak: str = "") -> Json:
        """The one document of the zaak, whole; nowhere is another one."""
        address = f"{self.server.url}{ZAKEN}/zaken/{zaak or self.zaak}"
        (link,) = self.server.get(ZAKEN + KOPPELING, zaak=address)
        path = link["informatieobject"].removeprefix(self.server.url)
        document: Json = self.server.get(path)
        assert self._count() == self._before + 1
        assert (document["locked"], document["bestandsdelen"]) == (False, [])
        assert document["bestandsomvang"] == len(content)
        headers = {"X-Voorbij": self.server._token}
        async with httpx.AsyncClient(base_url=self.server.url, headers=headers, trust_env=False) as client:
            answer = await client.get(f"{path}/download")
        assert answer.status_code == 200, answer.text
        assert hashlib.sha256(answer.content).hexdigest() == hashlib.sha256(content).hexdigest()
        return document

    def nothing_stands(self) -> None:
        assert self._count() == self._before
        address = f"{self.server.url}{ZAKEN}/zaken/{self.zaak}"
        assert self.server.get(ZAKEN + KOPPELING, zaak=address) == []


async def made_at(backend: Backend, server: OpenZaak) -> Dossier:
    """With a catalogue and a zaak of its own: the server goes on from test to test."""
    headers = {"X-Voorbij": server._token, **CRS}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30, trust_env=False) as client:
        types = await f.make_types(client, "".join(secrets.choice(ascii_uppercase) for _ in range(5)))
        zaak = await f.make_zaak(client, types)
    await backend.client_for("balie2", naam="Anna")
    return Dossier(backend, server, types, zaak["uuid"])


@asynccontextmanager
async def backend_of(server: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    """Whose documents are of an organisation of their own."""
    registers = {
        api: msgspec.structs.replace(one, bronorganisatie=ORGANISATIE) if api == "documenten" else one
        for api, one in server.settings().items()
    }
    async with running_backend(db, klok, registers=registers) as made:
        yield made
