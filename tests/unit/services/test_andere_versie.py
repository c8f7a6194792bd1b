"""Seat and backend one version apart simply work; further apart they say so, and nothing is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import httpx
import pytest

from kcs_desktop.api.client import Client
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.backend.app import create_app
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.settings import Settings
from kcs_desktop.domain.contract import HEADER, fits, read_contract
from kcs_desktop.domain.errors import OtherVersion
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.services.verbinding import Verbindingstoestand


@asynccontextmanager
async def _backend(db: Database, contract: int) -> AsyncIterator[httpx.ASGITransport]:
    app = create_app(Settings(database_url=db.url.render_as_string(hide_password=False)), db, contract=contract)
    async with app.lifespan():
        yield httpx.ASGITransport(cast("Any", app))


@pytest.mark.parametrize("contract", [4, 5, 6])
async def test_one_apart_simply_works(db: Database, contract: int) -> None:
    async with _backend(db, contract) as transport:
        client = Client(transport, contract=5)
        client.aim("http://127.0.0.1")
        await Kcs(client).health()
        assert not client.is_other_version
        await client.close()


@pytest.mark.parametrize("contract", [3, 7])
async def test_two_apart_is_said_and_asks_nothing(db: Database, contract: int) -> None:
    async with _backend(db, contract) as transport:
        client = Client(transport, contract=5)
        client.aim("http://127.0.0.1")
        toestand = Verbindingstoestand(Kcs(client), lambda: True)
        with pytest.raises(OtherVersion, match="versies die niet samen werken") as caught:
            await Kcs(client).health()
        assert "bewaard" in caught.value.advice
        toestand.show(reached=False)
        assert toestand.value is Verbinding.ANDERE_VERSIE
        toestand.give_up_starting()
        assert toestand.value is Verbinding.ANDERE_VERSIE
        await client.close()


async def test_the_backend_refuses_a_seat_of_two_versions_ago_by_itself(db: Database) -> None:
    async with _backend(db, 5) as transport, httpx.AsyncClient(transport=transport, base_url="http://kcs") as client:
        oud = await client.post("/kcs/api/v1/opdrachten", json={}, headers={HEADER: "3"})
        vorige = await client.post("/kcs/api/v1/opdrachten", json={}, headers={HEADER: "4"})
        geen = await client.post("/kcs/api/v1/opdrachten", json={})
    assert (oud.status_code, vorige.status_code, geen.status_code) == (409, 401, 401)
    assert oud.json()["code"] == "andere-versie"


def test_only_a_plain_number_counts() -> None:
    assert [read_contract(tekst) for tekst in ("7", "", "x", "-1", "²", "9" * 7)] == [7, None, None, None, None, None]
    assert [fits(ander, 5) for ander in (3, 4, 5, 6, 7)] == [False, True, True, True, False]
