"""Telling where one is: colleagues see each other for as long as it holds, and nothing else is given away."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import select

from kcs_desktop.backend.meekijkers.store import HOLDS
from kcs_desktop.backend.meekijkers.tables import MeekijkerRow
from tests.harness.backend import Backend

PAD = "/kcs/api/v1/meekijkers"
JOHANNA = {"soort": "persoon", "bsn": "999990019"}


async def _tell(client: httpx.AsyncClient, bezigheid: str = "kijkt", **klant: str) -> dict[str, Any]:
    answer = await client.post(PAD, json={"klant": klant or JOHANNA, "bezigheid": bezigheid})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_colleague_sees_who_looks_and_who_types_until_it_runs_out(backend: Backend) -> None:
    kees = await backend.client_for("snelbalie", naam="Kees")
    eva = await backend.client_for("tic", naam="Eva")
    assert (await _tell(kees))["meekijkers"] == []
    (seen,) = (await _tell(eva))["meekijkers"]
    assert (seen["naam"], seen["bezigheid"], seen["seconden"]) == ("Kees", "kijkt", HOLDS.total_seconds())
    backend.klok.advance(30)
    await _tell(kees, "typt")
    backend.klok.advance(30)  # kees told again in time, so he is still there
    (seen,) = (await _tell(eva))["meekijkers"]
    assert (seen["bezigheid"], seen["seconden"]) == ("typt", HOLDS.total_seconds() - 30)
    backend.klok.advance(30)
    assert (await _tell(eva))["meekijkers"] == []


async def test_who_leaves_is_gone_at_once(backend: Backend) -> None:
    kees = await backend.client_for("snelbalie", naam="Kees")
    eva = await backend.client_for("tic", naam="Eva")
    await _tell(kees)
    await _tell(kees, "weg")
    assert (await _tell(eva))["meekijkers"] == []


async def test_two_seats_that_know_other_keys_of_one_customer_meet(backend: Backend) -> None:
    kees = await backend.client_for("snelbalie", naam="Kees")
    eva = await backend.client_for("tic", naam="Eva")
    partij = "0192f0c0-0000-7000-8000-000000000001"
    await _tell(kees, soort="persoon", bsn="999990019", partij=partij)
    assert (await _tell(eva, soort="persoon", partij=partij))["meekijkers"]
    assert (await _tell(eva, soort="persoon", bsn="999990019"))["meekijkers"]
    assert not (await _tell(eva, soort="persoon", bsn="999990020"))["meekijkers"]


async def test_no_number_stands_in_the_answer_or_the_table(backend: Backend) -> None:
    kees = await backend.client_for("snelbalie", naam="Kees")
    answer = await _tell(kees)
    async with backend.db.read() as session:
        rijen = list(await session.scalars(select(MeekijkerRow)))
    assert [rij.onderwerp for rij in rijen] == answer["onderwerpen"]
    assert "999990019" not in str(answer) + rijen[0].onderwerp


async def test_the_same_employee_at_two_seats_does_not_see_himself(backend: Backend) -> None:
    naam = await backend.account("Kees", ("snelbalie",))
    for _ in range(2):
        antwoord = await backend.sign_in(naam, ("snelbalie",))
        client = backend.client(Authorization=f"Bearer {antwoord.tokens.toegang}")
        assert (await _tell(client, "typt"))["meekijkers"] == []


async def test_many_tellings_of_one_session_at_once_are_no_error(backend: Backend) -> None:
    kees = await backend.client_for("snelbalie", naam="Kees")
    eva = await backend.client_for("tic", naam="Eva")
    await asyncio.gather(*(_tell(kees, ("kijkt", "typt")[i % 2]) for i in range(12)))
    assert len((await _tell(eva))["meekijkers"]) == 1


async def test_without_the_right_or_a_session_nothing_is_said(backend: Backend) -> None:
    body = {"klant": JOHANNA, "bezigheid": "kijkt"}
    assert (await backend.client().post(PAD, json=body)).status_code == 401
    geen_crm = await backend.client_for("redacteur", naam="Rik")
    assert (await geen_crm.post(PAD, json=body)).status_code == 403
    website = await backend.application()
    assert (await website.post(PAD, json=body)).status_code == 403


@pytest.mark.parametrize(
    ("body", "naam"),
    [
        ({"klant": {"soort": "persoon"}, "bezigheid": "kijkt"}, "klant"),
        ({"klant": {"soort": "persoon", "bsn": "1"}, "bezigheid": "kijkt"}, "klant.bsn"),
        ({"klant": {"soort": "persoon", "partij": "x" * 65}, "bezigheid": "kijkt"}, "klant.partij"),
        ({"klant": JOHANNA, "bezigheid": "slaapt"}, "bezigheid"),
        ({"klant": JOHANNA, "bezigheid": "kijkt", "vreemd": 1}, "vreemd"),
    ],
)
async def test_nonsense_is_refused_by_its_field(body: dict[str, Any], naam: str, backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    answer = await client.post(PAD, content=msgspec.json.encode(body), headers={"Content-Type": "application/json"})
    assert answer.status_code == 400, answer.text
    assert [param["name"] for param in answer.json()["invalidParams"]] == [naam]
