"""Documents that are written to an Open Zaak which misbehaves: each stands there once, whole, and in its zaak once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.tables import Bestand, Stuk
from kcs_desktop.backend.catalogus.kenmerken import store_kenmerken
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.opdrachten import bezorgen
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow, StapRow
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaaktype import Zaaktypekenmerk
from tests.doubles.openzaak import OpenZaak
from tests.doubles.register import Wrong
from tests.harness.backend import Backend
from tests.harness.klok import Klok
from tests.unit.backend.gateway.dossier import (
    DEEL,
    DOCUMENTEN,
    KOPPELING,
    LARGE,
    NAAM,
    ORGANISATIE,
    SMALL,
    SPOILS,
    UNLOCK,
    ZAKEN,
    Dossier,
    Json,
    backend_of,
)
from tests.unit.backend.opdrachten.bouwen import URL, opdracht, persoon
from tests.unit.backend.opdrachten.zaken import aanmaken


@pytest.fixture
async def backend(open_zaak: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with backend_of(open_zaak, db, klok) as made:
        yield made


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
