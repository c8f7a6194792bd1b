"""Whoever an answer shows in full is in the trail, also where the question named another customer."""

from __future__ import annotations

import random
import string

import pytest
from sqlalchemy import select

from kcs_desktop.backend.audit.tables import AuditregelRow
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, bedrijf, contact, persoon, wijziging

ROOT = "/klantinteracties/api/v1"


async def looks_at(backend: Backend, partij: str) -> list[str]:
    """What was done to this customer, other than registering."""
    auditor = await backend.client_for("auditor", naam="Auditor")
    trail = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "partij", "waarde": partij})
    own = {"geregistreerd", "spoor ingezien"}
    return [line["handeling"] for line in trail.json()["regels"] if line["handeling"] not in own]


async def made_contact(backend: Backend) -> tuple[str, str]:
    """A contact of a person for a company: both partijen, the person first."""
    client = await backend.client_for("tic")
    made = await client.post(URL, json=contact(backend.klok(), klant=persoon(), namens=bedrijf()))
    partij = made.json()["resultaat"]["partij"]
    alle = (await client.get(f"{ROOT}/betrokkenen")).json()["results"]
    (other,) = {one["wasPartij"]["uuid"] for one in alle if one["wasPartij"]} - {partij}
    return partij, other


async def test_a_customer_shown_beside_the_one_asked_for_is_in_the_trail(backend: Backend) -> None:
    client = await backend.client_for("tic")
    made = await client.post(URL, json=contact(backend.klok(), klant=persoon(), namens=bedrijf()))
    asked = made.json()["resultaat"]["partij"]
    path = f"/klantinteracties/api/v1/klantcontacten?hadBetrokkene__wasPartij__uuid={asked}"
    answer = await client.get(f"{path}&expand=hadBetrokkenen.wasPartij")
    betrokkenen = answer.json()["results"][0]["_expand"]["hadBetrokkenen"]
    shown = {one["_expand"]["wasPartij"]["uuid"] for one in betrokkenen}
    assert len(shown) == 2
    auditor = await backend.client_for("auditor", naam="Auditor")
    for partij in shown:
        trail = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "partij", "waarde": partij})
        assert "geraadpleegd" in {line["handeling"] for line in trail.json()["regels"]}


@pytest.mark.parametrize("expand", ["hadBetrokkenen", "hadBetrokkenen.digitaleAdressen"])
async def test_a_betrokkene_shown_with_name_or_number_is_in_the_trail(backend: Backend, expand: str) -> None:
    asked, other = await made_contact(backend)
    client = await backend.client_for("tic")
    before = await looks_at(backend, other)
    await client.get(f"{ROOT}/klantcontacten?hadBetrokkene__wasPartij__uuid={asked}&expand={expand}")
    assert await looks_at(backend, other) == ["geraadpleegd", *before]


@pytest.mark.parametrize(
    ("asks_by", "question"),
    [
        ("vertegenwoordigende", "partijen?vertegenwoordigdePartij__uuid"),  # whom he acts for, as Open Klant has it
        ("vertegenwoordigende", "vertegenwoordigingen?vertegenwoordigendePartij__uuid"),
        ("vertegenwoordigde", "vertegenwoordigingen?vertegenwoordigdePartij__uuid"),
    ],
)
async def test_who_acts_for_another_is_in_the_trail_with_the_other(
    backend: Backend, asks_by: str, question: str
) -> None:
    asked, other = await made_contact(backend)
    client = await backend.client_for("tic")
    sides = {"vertegenwoordigendePartij": {"uuid": other}, "vertegenwoordigdePartij": {"uuid": other}}
    body = {**sides, f"{asks_by}Partij": {"uuid": asked}}
    made = await client.post(f"{ROOT}/vertegenwoordigingen", json=body)
    assert made.status_code == 201
    before = [await looks_at(backend, one) for one in (asked, other)]
    (found,) = (await client.get(f"{ROOT}/{question}={asked}")).json()["results"]
    assert found["uuid"] == (other if question.startswith("partijen") else made.json()["uuid"])
    assert [await looks_at(backend, one) for one in (asked, other)] == [["gezocht", *lines] for lines in before]


async def test_a_customer_asked_for_by_number_is_in_the_trail_once(backend: Backend) -> None:
    asked, other = await made_contact(backend)
    client = await backend.client_for("tic")
    (kind, number) = ("bsn", persoon()["sleutel"]["bsn"])
    prefix = "hadBetrokkene__wasPartij__partijIdentificator__"
    filters = f"{prefix}codeSoortObjectId={kind}&{prefix}objectId={number}"
    before = await looks_at(backend, asked)
    answer = await client.get(f"{ROOT}/klantcontacten?{filters}&expand=hadBetrokkenen.wasPartij")
    assert answer.json()["count"] == 1
    assert await looks_at(backend, asked) == ["geraadpleegd", *before]
    assert (await looks_at(backend, other))[0] == "geraadpleegd"


@pytest.mark.parametrize("asked", ["\x00", "".join(random.Random(1).choices(string.ascii_letters, k=8000))])
async def test_a_refused_question_about_anything_is_in_the_trail(backend: Backend, asked: str) -> None:
    client = await backend.client_for("redacteur")
    named = {"partijIdentificator__codeSoortObjectId": "bsn", "partijIdentificator__objectId": asked}
    assert (await client.get(f"{ROOT}/partijen", params=named)).status_code == 403
    body = wijziging(backend.klok(), persoon(asked), velden=[{"veld": "naam", "gezien": "", "wordt": "x"}])
    assert (await client.post(URL, json=body)).status_code == 403
    async with backend.db.read() as session:
        lines = (await session.scalars(select(AuditregelRow).order_by(AuditregelRow.id))).all()
    assert [(line.handeling, line.gelukt) for line in lines] == [("gezocht", False), ("gewijzigd", False)]
    assert {line.onderwerp for line in lines} == {asked.strip("\x00")[:200]}
