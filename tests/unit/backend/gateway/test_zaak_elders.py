"""A zaak that is made at an Open Zaak which misbehaves: once, with everything that belongs to it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from string import ascii_uppercase
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, select, update

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.opdrachten.tables import StapRow
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import CRS
from tests.doubles.openzaak import OpenZaak, running_open_zaak
from tests.doubles.register import Wrong
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok
from tests.unit.backend.opdrachten.bouwen import URL, persoon
from tests.unit.backend.opdrachten.zaken import aanmaken

ZAKEN = "/zaken/api/v1"
WRONGS = [
    (Wrong.CUT_AFTER, "/v1/zaken"),
    (Wrong.HTML_AFTER, "/v1/zaken"),
    (Wrong.CUT_AFTER, "/zaaknummer_reserveren"),
    (Wrong.CUT_AFTER, "/statussen"),
    (Wrong.HALF, "/rollen"),
    (Wrong.CUT_BEFORE, "/rollen"),
    (Wrong.HTML_AFTER, "/zaakeigenschappen"),
    (Wrong.CUT_BEFORE, "/zaakeigenschappen"),
]


@pytest.fixture
async def backend(open_zaak: OpenZaak, db: Database, klok: Klok) -> AsyncIterator[Backend]:
    async with running_backend(db, klok, registers=open_zaak.settings()) as made:
        yield made


@pytest.fixture
async def types(open_zaak: OpenZaak) -> AsyncIterator[dict[str, Any]]:
    async with catalogue_at(open_zaak) as made:
        yield made


@asynccontextmanager
async def catalogue_at(open_zaak: OpenZaak) -> AsyncIterator[dict[str, Any]]:
    """A zaaktype of the server's own catalogue."""
    headers = {"X-Voorbij": open_zaak._token, **CRS}
    async with httpx.AsyncClient(base_url=open_zaak.url, headers=headers, timeout=30, trust_env=False) as client:
        domein = "".join(secrets.choice(ascii_uppercase) for _ in range(5))  # the server goes on from test to test
        yield await f.make_types(client, domein)


async def settled(backend: Backend, body: dict[str, Any], rol: str = "snelbalie") -> dict[str, Any]:
    """As a seat does: again until there is an outcome."""
    client = await backend.client_for(rol, naam="Anna")
    for _ in range(6):
        answer = await client.post(URL, json=body)
        if answer.status_code < 500:
            made: dict[str, Any] = answer.json()
            return made
        backend.klok.advance(30)
    raise AssertionError(answer.text)


@pytest.mark.parametrize(("how", "path"), WRONGS)
async def test_a_zaak_stands_there_once_whatever_a_call_ends_in(
    backend: Backend, open_zaak: OpenZaak, types: dict[str, Any], how: Wrong, path: str
) -> None:
    open_zaak.wrong(how, "POST", path)
    before = open_zaak.get(f"{ZAKEN}/zaken")["count"]
    made = await settled(backend, aanmaken(backend, types, klant=persoon()))
    assert made["stand"] == "geslaagd", made
    assert open_zaak.gone_wrong == [how]
    assert open_zaak.get(f"{ZAKEN}/zaken")["count"] == before + 1
    zaak = open_zaak.get(f"{ZAKEN}/zaken/{made['resultaat']['zaak']}")
    assert zaak["identificatie"] == made["resultaat"]["nummer"]
    assert open_zaak.get(f"{ZAKEN}/statussen", zaak=zaak["url"])["count"] == 1
    assert open_zaak.get(f"{ZAKEN}/rollen", zaak=zaak["url"])["count"] == 1
    assert len(open_zaak.get(f"{ZAKEN}/zaken/{zaak['uuid']}/zaakeigenschappen")) == 2


async def test_a_zaak_waits_for_a_server_whose_clock_is_behind(db: Database, klok: Klok) -> None:
    """Its first status is of now, which is still to come there: nothing of the zaak is refused or taken away."""
    there = Klok(klok.now - timedelta(seconds=20))
    with running_open_zaak(there) as double:
        async with running_backend(db, klok, registers=double.settings()) as backend, catalogue_at(double) as types:
            client = await backend.client_for("snelbalie", naam="Anna")
            body = aanmaken(backend, types, klant=persoon())
            answer = await client.post(URL, json=body)
            assert (answer.status_code, answer.json()["code"]) == (503, "register-loopt-achter")
            assert answer.headers["Retry-After"] == "5"
            for one in (there, klok):
                one.advance(30)
            made = (await client.post(URL, json=body)).json()
            assert made["stand"] == "geslaagd", made
            zaak = double.get(f"{ZAKEN}/zaken/{made['resultaat']['zaak']}")
            assert double.get(f"{ZAKEN}/statussen", zaak=zaak["url"])["count"] == 1
            assert double.requests("DELETE") == []
            refused = [one for one in double.requests("POST", "/statussen") if one.status == 400]
            assert [one.json()["datumStatusGezet"] for one in refused] == ["2026-11-24T09:00:00+00:00"]


async def test_a_zaak_that_a_version_before_began_with_its_status_goes_on_in_that_order(
    backend: Backend, open_zaak: OpenZaak, types: dict[str, Any]
) -> None:
    body = aanmaken(backend, types, klant=persoon())
    open_zaak.wrong(Wrong.UNAVAILABLE, "POST", "/rollen")
    client = await backend.client_for("snelbalie", naam="Anna")
    assert (await client.post(URL, json=body)).status_code >= 500
    async with backend.db.write() as unit:  # the step that did not come through, without what was read before it
        zaak = (await unit.session.scalars(select(StapRow.nr).where(StapRow.pad == "zaken"))).one()
        lichaam = (await unit.session.scalars(select(StapRow.lichaam).where(StapRow.pad == "rollen"))).one()
        assert lichaam is not None
        begin = {"statustype": types["statustypen"]["url"], "datumStatusGezet": backend.klok().isoformat()}
        first = {"nr": zaak + 1, "pad": "statussen", "lichaam": {"zaak": lichaam["zaak"], **begin}}
        await unit.session.execute(delete(StapRow).where(StapRow.nr > zaak, StapRow.pad != "rollen"))
        await unit.session.execute(update(StapRow).where(StapRow.pad == "rollen").values(first))
    backend.klok.advance(30)
    made = await settled(backend, body)
    assert made["stand"] == "geslaagd", made
    zaak = open_zaak.get(f"{ZAKEN}/zaken/{made['resultaat']['zaak']}")
    for part in ("statussen", "rollen"):
        assert open_zaak.get(f"{ZAKEN}/{part}", zaak=zaak["url"])["count"] == 1
    assert open_zaak.requests("DELETE") == []
    written = [one.resource for one in open_zaak.requests("POST") if one.is_done and one.status < 300]
    assert written.index("statussen") < written.index("rollen")
