"""Documents that are written to an Open Zaak which misbehaves: each stands there once, whole, and in its zaak once."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date, timedelta
from string import ascii_uppercase
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import delete, func, select, update

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.tables import Bestand, Stuk
from kcs_desktop.backend.catalogus.kenmerken import store_kenmerken
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.opdrachten import bezorgen
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow, StapRow
from kcs_desktop.backend.standards.documenten.tables import Informatieobject
from kcs_desktop.backend.standards.zaken.tables import Zaak
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaaktype import Zaaktypekenmerk
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import CRS
from tests.doubles.openzaak import OpenZaak
from tests.doubles.register import Gevraagd, Wrong
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import URL, opdracht, persoon
from tests.unit.backend.opdrachten.zaken import aanmaken, uuid_of

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


@pytest.fixture
async def backend(open_zaak: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    named = {"bronorganisatie": ORGANISATIE}
    registers = {
        api: msgspec.structs.replace(one, **named) if api == "documenten" else one
        for api, one in open_zaak.settings().items()
    }
    async with running_backend(db, klok, registers=registers) as made:
        yield made


@pytest.fixture
async def dossier(backend: Backend, open_zaak: OpenZaak) -> Dossier:
    headers = {"X-Voorbij": open_zaak._token, **CRS}
    async with httpx.AsyncClient(base_url=open_zaak.url, headers=headers, timeout=30, trust_env=False) as client:
        domein = "".join(secrets.choice(ascii_uppercase) for _ in range(5))  # the server goes on from test to test
        types = await f.make_types(client, domein)
        zaak = await f.make_zaak(client, types)
    await backend.client_for("balie2", naam="Anna")
    return Dossier(backend, open_zaak, types, zaak["uuid"])


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the smallest files go along in a body."""
    monkeypatch.setattr(bezorgen, "MAX_INLINE", 1024)


async def test_a_document_goes_along_in_the_body_up_to_the_limit_and_in_parts_above_it(dossier: Dossier) -> None:
    for more in (0, 1):
        content = SMALL + bytes(bezorgen.MAX_INLINE + more - len(SMALL))
        one = Dossier(dossier.backend, dossier.server, dossier.types, await _zaak(dossier))
        made = await one.settled(await one.adding(content, beschrijving="Gebracht", ontvangstdatum="2026-11-23"))
        assert made["stand"] == "geslaagd", made
        document = await one.stands(content)
        assert document["url"].endswith(made["resultaat"]["document"])
        assert (document["titel"], document["auteur"], document["formaat"]) == ("Brief", "Anna", "application/pdf")
        assert (document["beschrijving"], document["ontvangstdatum"]) == ("Gebracht", "2026-11-23")
        assert document["bronorganisatie"] == ORGANISATIE
        assert dossier.server.count("PUT", DEEL) == (5 if more else 0)


async def _zaak(dossier: Dossier) -> str:
    made = await dossier.settled(aanmaken(dossier.backend, dossier.types))
    return str(made["resultaat"]["zaak"])


@pytest.mark.parametrize("path", [NAAM, KOPPELING])
@pytest.mark.parametrize("how", SPOILS)
async def test_a_small_document_stands_there_once_whatever_a_call_ends_in(
    dossier: Dossier, how: Wrong, path: str
) -> None:
    dossier.server.wrong(how, "POST", path)
    command = await dossier.adding()
    made = await dossier.settled(command)
    assert made["stand"] == "geslaagd", made
    assert dossier.server.gone_wrong == [how]
    await dossier.stands(SMALL)
    assert await dossier.settled(command) == made


@pytest.mark.parametrize(
    ("method", "path", "how"),
    [
        ("POST", f"v1{NAAM}", Wrong.CUT_AFTER),
        ("POST", f"v1{NAAM}", Wrong.HTML_AFTER),
        *(("PUT", DEEL, how) for how in SPOILS),
        *(("POST", UNLOCK, how) for how in SPOILS),
        ("PUT", DEEL, Wrong.JWT),  # the form is sent again with another token
        ("POST", KOPPELING, Wrong.CUT_AFTER),
        ("GET", f"v1{NAAM}/", Wrong.UNAVAILABLE),
    ],
)
@pytest.mark.usefixtures("in_parts")
async def test_a_large_document_stands_there_once_whatever_a_call_ends_in(
    dossier: Dossier, method: str, path: str, how: Wrong
) -> None:
    dossier.server.wrong(how, method, path)
    made = await dossier.settled(await dossier.adding(LARGE))
    assert made["stand"] == "geslaagd", made
    assert dossier.server.gone_wrong == [how]
    await dossier.stands(LARGE)


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.usefixtures("in_parts")
async def test_parts_that_are_there_are_not_sent_again(dossier: Dossier, at: int) -> None:
    seen = 0

    def draw(asked: Any) -> Wrong | None:
        nonlocal seen
        seen += asked.method == "PUT"
        return Wrong.HTML_AFTER if asked.method == "PUT" and seen == at else None

    dossier.server.draw = draw
    await dossier.settled(await dossier.adding(LARGE))
    await dossier.stands(LARGE)
    assert dossier.server.count("PUT", DEEL) == 3


@pytest.mark.usefixtures("in_parts")
async def test_parts_of_another_size_and_a_lock_that_is_not_shown(dossier: Dossier) -> None:
    dossier.server.delen.size = 2  # of two and of one piece
    dossier.server.delen.hides_lock = True
    dossier.server.wrong(Wrong.CUT_AFTER, "POST", f"v1{NAAM}")
    made = await dossier.settled(await dossier.adding(LARGE))
    assert made["stand"] == "geslaagd", made
    assert dossier.server.count("PUT", DEEL) == 2
    assert [one.status for one in dossier.server.requests("DELETE", NAAM)] == [400, 204]  # by force from its lock
    assert dossier.server.count("DELETE", NAAM) == 1  # made, and then nobody knew its lock
    await dossier.stands(LARGE)


@pytest.mark.parametrize("how", [Wrong.HELD_BEFORE, Wrong.HELD_AFTER])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", f"v1{NAAM}"), ("PUT", DEEL), ("POST", UNLOCK), ("POST", KOPPELING)]
)
@pytest.mark.usefixtures("in_parts")
async def test_what_a_dead_worker_was_at_is_taken_over(
    dossier: Dossier, klok: Klok, how: Wrong, method: str, path: str
) -> None:
    command = await dossier.adding(LARGE)
    dossier.server.wrong(how, method, path)
    client = await dossier.backend.client_for("balie2", naam="Anna")
    attempt = asyncio.create_task(client.post(URL, json=command))
    await asyncio.to_thread(dossier.server.wait_until_held)
    attempt.cancel()
    await asyncio.gather(attempt, return_exceptions=True)
    if how is Wrong.HELD_AFTER:
        dossier.server.release()
    klok.advance(400)
    made = await dossier.settled(command)
    assert made["stand"] == "geslaagd", made
    dossier.server.release()  # what was still on its way comes now
    await dossier.stands(LARGE)


async def test_a_body_that_is_stored_holds_no_content_and_what_was_sent_on_goes(
    dossier: Dossier, backend: Backend
) -> None:
    dossier.server.is_away = False
    dossier.server.wrong(Wrong.UNAVAILABLE, "POST", NAAM)
    command = await dossier.adding(SMALL + bytes(2_000_000))
    client = await backend.client_for("balie2", naam="Anna")
    assert (await client.post(URL, json=command)).status_code == 502
    async with backend.db.read() as session:
        bodies = (await session.scalars(select(StapRow.lichaam))).all()
    assert max(len(str(body)) for body in bodies) < 2000
    assert (await dossier.settled(command))["stand"] == "geslaagd"
    again = {**command, "id": new_id(backend.klok())}
    refused = await dossier.settled(again)
    assert (refused["stand"], refused["fout"]["code"]) == ("geweigerd", "bestand-gebruikt")
    assert await opslag.drop_unused(backend.db, backend.klok() - timedelta(days=7)) == 1
    async with backend.db.read() as session:
        for table in (Bestand, Stuk):
            assert await session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize(("stand", "code"), [(Stand.BESMET, "bestand-besmet"), (Stand.ONTVANGEN, "bestand-onvolledig")])
async def test_a_file_that_cannot_be_used_goes_nowhere(dossier: Dossier, stand: Stand, code: str) -> None:
    made_of = dossier.document(await dossier.file(SMALL, stand))
    adding = opdracht(dossier.backend.klok(), {"type": "document.toevoegen", "zaak": dossier.zaak, **made_of})
    making = aanmaken(dossier.backend, dossier.types, klant=persoon(), documenten=[made_of])
    for command in (adding, making):
        made = await dossier.settled(command)
        assert (made["stand"], made["fout"]["code"]) == ("geweigerd", code), made
    assert dossier.server.count("POST", "") == 0
    dossier.nothing_stands()


async def test_a_file_that_the_scanner_has_not_seen_waits_with_its_zaak(dossier: Dossier, backend: Backend) -> None:
    uuid = await dossier.file(SMALL, Stand.ONDERZOEK)
    making = aanmaken(backend, dossier.types, klant=persoon(), documenten=[dossier.document(uuid)])
    client = await backend.client_for("balie2", naam="Anna")
    answer = await client.post(URL, json=making)
    assert (answer.status_code, answer.json()["code"]) == (503, "bestand-in-onderzoek")
    assert dossier.server.count("POST", "") == 0
    async with backend.db.write() as unit:
        await unit.session.execute(update(Bestand).where(Bestand.id == uuid).values(stand=Stand.SCHOON.value))
    made = await dossier.settled(making)
    await dossier.stands(SMALL, made["resultaat"]["zaak"])


@pytest.mark.usefixtures("in_parts")
async def test_what_the_register_refuses_afterwards_is_taken_away_and_told(dossier: Dossier) -> None:
    for path in (DEEL, UNLOCK, KOPPELING):
        dossier.server.wrong(Wrong.CONFLICT, "PUT" if path == DEEL else "POST", path)
        made = await dossier.settled(await dossier.adding(LARGE))
        assert made["stand"] == "geweigerd", made
        assert "weer verwijderd" in made["fout"]["detail"], made
        dossier.nothing_stands()


@pytest.mark.parametrize("how", [None, Wrong.CUT_AFTER, Wrong.HTML_BEFORE])
@pytest.mark.usefixtures("in_parts")
async def test_a_large_document_that_is_half_there_is_unlocked_to_be_taken_away(
    dossier: Dossier, how: Wrong | None
) -> None:
    dossier.server.wrong(Wrong.CONFLICT, "PUT", DEEL)
    if how is not None:
        dossier.server.wrong(how, "POST", UNLOCK)
    made = await dossier.settled(await dossier.adding(LARGE))
    assert made["stand"] == "geweigerd", made
    assert "weer verwijderd" in made["fout"]["detail"], made
    dossier.nothing_stands()


@pytest.mark.usefixtures("in_parts")
async def test_one_that_may_not_be_unlocked_is_named_as_loose(dossier: Dossier) -> None:
    dossier.server.forces = False
    dossier.server.wrong(Wrong.CONFLICT, "PUT", DEEL)
    made = await dossier.settled(await dossier.adding(LARGE))
    assert made["stand"] == "geweigerd", made
    assert "een document in het register dat bij geen zaak hoort. Meld dit bij de beheerder" in made["fout"]["detail"]


async def test_what_a_colleague_has_locked_is_not_unlocked_to_be_taken_away(dossier: Dossier) -> None:
    """Whole, and refused only where it should be linked: meanwhile somebody took it in hand."""
    locked: list[str] = []

    def draw(asked: Gevraagd) -> Wrong | None:
        if asked.method != "POST" or not asked.path.endswith(KOPPELING):
            return None
        locked.append(asked.json()["informatieobject"].rpartition("/")[2])
        with closing(sqlite3.connect(dossier.server.database.removeprefix("sqlite:///"))) as file, file:
            file.execute(f"UPDATE {Informatieobject.__tablename__} SET lock = 'collega' WHERE uuid = ?", locked)
        return Wrong.CONFLICT

    dossier.server.draw = draw
    made = await dossier.settled(await dossier.adding())
    assert made["stand"] == "geweigerd", made
    assert "bij geen zaak hoort" in made["fout"]["detail"], made
    assert dossier.server.count("POST", UNLOCK) == 0


@pytest.mark.parametrize("einddatum", [True, False])
async def test_a_register_that_adds_nothing_to_a_finished_zaak_refuses_the_document(
    dossier: Dossier, *, einddatum: bool
) -> None:
    """Its 403 is the same as for a right that is lacking; that one waits for the right."""
    if einddatum:
        db = Database(dossier.server.database)
        async with db.write() as unit:
            await unit.session.execute(
                update(Zaak).where(Zaak.uuid == dossier.zaak).values(einddatum=date(2026, 11, 1))
            )
        await db.close()
    dossier.server.refused.add("zaakinformatieobjecten")
    client = await dossier.backend.client_for("balie2", naam="Anna")
    answer = await client.post(URL, json=await dossier.adding())
    if not einddatum:
        assert (answer.status_code, answer.json()["code"]) == (502, "register-zonder-recht")
        return
    made = answer.json()
    assert (made["stand"], made["fout"]["code"]) == ("geweigerd", "zaak-afgerond"), made
    assert "die is afgerond" in made["fout"]["detail"]
    dossier.nothing_stands()


@pytest.mark.parametrize("how", [None, Wrong.CUT_AFTER, Wrong.HTML_AFTER, Wrong.HALF])
async def test_a_document_that_comes_out_for_more_eyes_than_it_was_sent_for_does_not_stay(
    dossier: Dossier, how: Wrong | None
) -> None:
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    if how is not None:
        dossier.server.wrong(how, "POST", f"v1{NAAM}")
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert made["stand"] == "geweigerd", made
    assert "minder vertrouwelijk dan gevraagd" in made["fout"]["detail"], made
    assert "weer weggehaald" in made["fout"]["detail"], made
    dossier.nothing_stands()
    dossier.server.wrong(Wrong.FORBIDDEN, "DELETE", NAAM)
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert "Het staat daar nog." in made["fout"]["detail"], made
    number = dossier.server.requests("POST", f"v1{NAAM}")[-1].json()["identificatie"]
    assert f"met nummer {number}." in made["fout"]["detail"], made


async def test_one_that_is_found_at_a_later_try_is_looked_at_too(dossier: Dossier) -> None:
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    left = [("POST", Wrong.CUT_AFTER), ("GET", Wrong.HTML_BEFORE)]  # made, and it cannot be seen whether it was

    def draw(asked: Gevraagd) -> Wrong | None:
        is_next = left and asked.method == left[0][0] and asked.path.endswith(NAAM)
        return left.pop(0)[1] if is_next else None

    dossier.server.draw = draw
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert left == []
    assert made["stand"] == "geweigerd", made
    dossier.nothing_stands()


@pytest.mark.parametrize(
    ("aanduiding", "how"),
    [("geheim", None), ("zeer_geheim", None), ("geheim", Wrong.CUT_AFTER), ("geheim", Wrong.HALF)],
)
async def test_what_comes_out_otherwise_and_no_more_open_stays_and_stands_once(
    dossier: Dossier, aanduiding: str, how: Wrong | None
) -> None:
    if how is not None:
        dossier.server.wrong(how, "POST", f"v1{NAAM}")
    dossier.server.altered |= {"vertrouwelijkheidaanduiding": aanduiding, "beschrijving": None}
    body = await dossier.adding(beschrijving="Van de buurman", vertrouwelijkheidaanduiding="geheim")
    made = await dossier.settled(body)
    assert made["stand"] == "geslaagd", made
    assert (await dossier.stands(SMALL))["beschrijving"] == ""


@pytest.mark.parametrize("how", [*SPOILS, Wrong.HTML_BEFORE])
async def test_what_came_out_too_open_is_taken_away_however_often_that_must_be_tried(
    dossier: Dossier, how: Wrong
) -> None:
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    dossier.server.wrong(how, "DELETE", NAAM)
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert dossier.server.gone_wrong == [how]
    assert made["stand"] == "geweigerd", made
    assert "weer weggehaald" in made["fout"]["detail"], made
    assert dossier.server.count("POST", f"v1{NAAM}") == dossier.server.count("DELETE", NAAM) == 1
    dossier.nothing_stands()


@pytest.mark.parametrize("before", [[], [Wrong.CUT_BEFORE]])
async def test_one_that_came_in_just_before_its_request_is_looked_at_too(dossier: Dossier, before: list[Wrong]) -> None:
    """At the first try, as one of before a backup that was still on its way, and at a later one."""
    dossier.server.altered["vertrouwelijkheidaanduiding"] = "openbaar"
    left = [*before, Wrong.RACE]

    def draw(asked: Gevraagd) -> Wrong | None:
        return left.pop(0) if left and asked.method == "POST" and asked.path.endswith(NAAM) else None

    dossier.server.draw = draw
    made = await dossier.settled(await dossier.adding(vertrouwelijkheidaanduiding="geheim"))
    assert left == []
    assert made["stand"] == "geweigerd", made
    assert "weer weggehaald" in made["fout"]["detail"], made
    dossier.nothing_stands()


async def _put_back(backend: Backend, command: Json) -> None:
    """A backup of between the intake of the file and its command."""
    async with backend.db.write() as unit:
        anna = select(AccountRij.id).where(AccountRij.naam == "Anna").scalar_subquery()
        await unit.session.execute(delete(StapRow).where(StapRow.opdracht == command["id"]))
        await unit.session.execute(delete(OpdrachtRow).where(OpdrachtRow.id == command["id"]))
        await unit.session.execute(update(Bestand).values(gebruikt=False, eigenaar=anna))


@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.usefixtures("in_parts")
async def test_a_large_document_of_before_a_backup_is_found_whole_and_stays(
    dossier: Dossier, backend: Backend, *, refuses: bool
) -> None:
    command = await dossier.adding(LARGE)
    first = await dossier.settled(command)
    there = await dossier.stands(LARGE)
    await _put_back(backend, command)
    dossier.server.reset()
    if refuses:
        dossier.server.wrong(Wrong.FORBIDDEN, "DELETE", NAAM)
    again = await dossier.settled(command)
    assert again["resultaat"] == first["resultaat"], again
    assert {one.method for one in dossier.server.asked} == {"GET"}  # nothing is made again or taken away
    assert await dossier.stands(LARGE) == there


@pytest.mark.usefixtures("in_parts")
async def test_a_large_document_that_a_colleague_has_locked_is_found_too_and_stays_locked(
    dossier: Dossier, backend: Backend
) -> None:
    command = await dossier.adding(LARGE)
    first = await dossier.settled(command)
    path = f"{DOCUMENTEN}{NAAM}/{first['resultaat']['document']}"
    lock = dossier.server.request("POST", f"{path}/lock", {})["lock"]
    await _put_back(backend, command)
    dossier.server.reset()
    again = await dossier.settled(command)
    assert again["resultaat"] == first["resultaat"], again
    assert {one.method for one in dossier.server.asked} == {"GET"}
    dossier.server.request("POST", f"{path}/unlock", {"lock": lock})  # still the colleague's
    await dossier.stands(LARGE)


async def test_what_may_not_be_taken_away_is_named(dossier: Dossier) -> None:
    dossier.server.wrong(Wrong.CONFLICT, "POST", KOPPELING)
    dossier.server.wrong(Wrong.FORBIDDEN, "DELETE", NAAM)
    made = await dossier.settled(await dossier.adding())
    assert made["stand"] == "geweigerd", made
    assert "een document" in made["fout"]["detail"], made


@pytest.mark.parametrize("path", [NAAM, KOPPELING])
async def test_without_the_right_the_document_waits_and_then_goes_on(dossier: Dossier, path: str) -> None:
    dossier.server.wrong(Wrong.FORBIDDEN, "POST", path)
    command = await dossier.adding()
    client = await dossier.backend.client_for("balie2", naam="Anna")
    answer = await client.post(URL, json=command)
    assert (answer.status_code, answer.json()["code"]) == (502, "register-zonder-recht")
    assert (await dossier.settled(command))["stand"] == "geslaagd"
    await dossier.stands(SMALL)


async def test_two_commands_with_one_file_make_one_document(dossier: Dossier) -> None:
    one = await dossier.adding()
    other = {**one, "id": new_id(dossier.backend.klok())}
    dossier.server.delay = 0.02
    made = await asyncio.gather(dossier.settled(one), dossier.settled(other))
    assert sorted(each["stand"] for each in made) == ["geslaagd", "geweigerd"], made
    dossier.server.delay = 0.0
    await dossier.stands(SMALL)


@pytest.mark.parametrize("how", [None, Wrong.CUT_AFTER, Wrong.HTML_AFTER])
async def test_a_zaak_is_made_with_its_documents_and_its_confirmation(
    dossier: Dossier, backend: Backend, how: Wrong | None
) -> None:
    async with backend.db.write() as unit:
        naam = dossier.types["zaaktypen"]["identificatie"]
        await store_kenmerken(unit, [Zaaktypekenmerk(naam, formeel_verzoek=True)])
    await _send_out(dossier)
    documenten = [dossier.document(await dossier.file(SMALL + bytes([nr])), titel=f"Foto {nr}") for nr in range(3)]
    if how is not None:
        dossier.server.wrong(how, "POST", NAAM, times=4)
    making = aanmaken(backend, dossier.types, klant=persoon(), documenten=documenten)
    made = await dossier.settled(making)
    assert made["stand"] == "geslaagd", made
    resultaat = made["resultaat"]
    links = dossier.server.get(ZAKEN + KOPPELING, zaak=f"{dossier.server.url}{ZAKEN}/zaken/{resultaat['zaak']}")
    titles = {dossier.server.get(al["informatieobject"].removeprefix(dossier.server.url))["titel"] for al in links}
    assert titles == {"Foto 0", "Foto 1", "Foto 2", f"Ontvangstbevestiging {resultaat['nummer']}"}
    assert len(links) == 4
    assert dossier._count() == dossier._before + 4
    assert len(resultaat["documenten"]) == 3
    assert resultaat["ontvangstbevestiging"]


async def _send_out(dossier: Dossier) -> None:
    """Documents of the kind of this zaaktype go out."""
    from kcs_desktop.backend.standards.catalogi import tables as cat

    db = Database(dossier.server.database)
    try:
        async with db.write() as unit:
            await unit.session.execute(update(cat.ZaaktypeInformatieobjecttype).values(richting="uitgaand"))
    finally:
        await db.close()
