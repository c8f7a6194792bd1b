"""Whatever a register upstream does: a Dutch problem with a code that names it, never a 500, never a leak."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from kcs_desktop.backend.audit.tables import AuditregelRow
from tests.doubles.upstream import GEDRAGINGEN, Upstream
from tests.harness.backend import Backend
from tests.unit.backend.gateway.conftest import TOKEN

TE_LAAT = {"slow", "drip"}
ONBEREIKBAAR = {"nothing", "cut", "garbage", "unavailable"}
WEIGERT = {"unauthorized", "forbidden"}
NAAM = {"brp": "De BRP", "kvk": "Het Handelsregister", "klantinteracties": "Het klantregister"}
BRP = "/brp/haalcentraal/api/brp/personen"
RAADPLEEG = {
    "type": "RaadpleegMetBurgerservicenummer",
    "burgerservicenummer": ["999990019"],
    "fields": ["burgerservicenummer"],
}


def expected(behaviour: str) -> tuple[int, str]:
    if behaviour in TE_LAAT:
        return 504, "register-te-laat"
    if behaviour in WEIGERT:
        return 502, "register-weigert"
    return 502, "register-onbereikbaar" if behaviour in ONBEREIKBAAR else "register-fout"


async def ask(client: httpx.AsyncClient, register: str) -> httpx.Response:
    if register == "brp":
        return await client.post(BRP, json=RAADPLEEG)
    if register == "kvk":
        return await client.get("/kvk/api/v2/zoeken", params={"kvkNummer": "90000013"})
    return await client.get("/klantinteracties/api/v1/partijen")


@pytest.mark.parametrize("register", ["brp", "kvk", "klantinteracties"])
async def test_bad_answers_become_a_problem_that_names_the_register(
    gateway: Backend, upstream: Upstream, register: str
) -> None:
    client = await gateway.client_for("snelbalie")
    for behaviour in GEDRAGINGEN:
        upstream.behaviour = behaviour
        answer = await ask(client, register)
        status, code = expected(behaviour)
        assert (answer.status_code, answer.json()["code"]) == (status, code), behaviour
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["title"].startswith(NAAM[register])
        told = answer.text + str(answer.headers)
        assert TOKEN not in told
        assert upstream.url.removeprefix("http://") not in told


async def test_a_register_that_is_not_there_is_unreachable(gateway: Backend, upstream: Upstream) -> None:
    client = await gateway.client_for("snelbalie")
    upstream.drops_first = True
    upstream.behaviour = "nothing"
    answer = await ask(client, "brp")
    assert (answer.status_code, answer.json()["code"]) == (502, "register-onbereikbaar")


async def test_a_line_that_had_just_been_closed_is_tried_once_more(gateway: Backend, upstream: Upstream) -> None:
    client = await gateway.client_for("snelbalie")
    upstream.ok({"type": "RaadpleegMetBurgerservicenummer", "personen": []})
    upstream.drops_first = True
    assert (await ask(client, "brp")).status_code == 200
    assert len(upstream.asked) == 2


async def test_a_slow_register_does_not_hold_up_another_question(gateway: Backend, upstream: Upstream) -> None:
    client = await gateway.client_for("snelbalie")
    upstream.behaviour = "slow"
    waiting = asyncio.create_task(ask(client, "brp"))
    while not upstream.asked:  # noqa: ASYNC110 -- the double tells nobody that it was asked
        await asyncio.sleep(0)
    upstream.ok({"count": 0, "next": None, "previous": None, "results": []})
    assert (await ask(client, "klantinteracties")).status_code == 200
    assert not waiting.done()
    assert (await waiting).status_code == 504


async def test_a_success_that_carries_the_credential_is_not_passed_on(gateway: Backend, upstream: Upstream) -> None:
    upstream.ok({"results": [{"uuid": "x", "interneNotitie": TOKEN}]})
    answer = await ask(await gateway.client_for("snelbalie"), "klantinteracties")
    assert (answer.status_code, answer.json()["code"]) == (502, "register-fout")


@pytest.mark.parametrize(
    ("register", "status", "problem"),
    [
        ("klantinteracties", 400, {"code": "invalid", "title": "Fout", "detail": "x", "invalidParams": []}),
        ("klantinteracties", 404, {"code": "not_found", "title": "Niet gevonden.", "detail": "Niets."}),
        ("brp", 400, {"code": "tooManyResults", "title": "Teveel zoekresultaten.", "detail": "Meer dan 10."}),
        ("kvk", 404, {"fout": [{"code": "IPD5200", "omschrijving": "Geen gegevens."}]}),
    ],
)
async def test_a_problem_of_the_register_passes_with_its_status(
    gateway: Backend, upstream: Upstream, register: str, status: int, problem: dict[str, Any]
) -> None:
    upstream.ok({**problem, "instance": upstream.url, "type": f"{upstream.url}/ref"}, status)
    answer = await ask(await gateway.client_for("snelbalie"), register)
    assert answer.status_code == status
    assert problem.items() <= answer.json().items()
    assert upstream.url not in answer.text


async def test_what_failed_upstream_stands_in_the_audit_as_failed(gateway: Backend, upstream: Upstream) -> None:
    upstream.behaviour = "html"
    await ask(await gateway.client_for("snelbalie"), "brp")
    async with gateway.db.read() as session:
        rows = (await session.scalars(select(AuditregelRow).order_by(AuditregelRow.id))).all()
    found = [(row.fase, row.gelukt, row.reden, row.onderwerp) for row in rows if row.bron == "brp"]
    assert found == [("voornemen", True, "", "999990019"), ("uitkomst", False, "register-fout", "999990019")]
