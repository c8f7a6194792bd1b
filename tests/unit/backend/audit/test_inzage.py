"""Opening a customer from the seat's own store is a look like any other: told once, found by the auditor."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.uuid7 import new_id
from tests.harness.backend import Backend

PAD = "/kcs/api/v1/audit/inzage"
OP = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


def _look(**velden: Any) -> dict[str, Any]:
    basis = {"id": new_id(), "op": OP.isoformat(), "soort": "persoon", "bsn": "999990019"}
    return {**basis, "kanaal": "telefoon", "product": "Paspoort", **velden}


async def _trail(backend: Backend, soort: str, waarde: str) -> list[dict[str, Any]]:
    auditor = await backend.client_for("auditor", naam="Ada")
    answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": soort, "waarde": waarde})
    assert answer.status_code == 200, answer.text
    return [regel for regel in answer.json()["regels"] if regel["handeling"] == "geraadpleegd"]


async def test_a_look_from_the_store_is_found_with_purpose_and_moment(backend: Backend) -> None:
    client = await backend.client_for("snelbalie", naam="Kees")
    answer = await client.post(PAD, json={"inzagen": [_look()]})
    assert answer.status_code == 204, answer.text
    (regel,) = await _trail(backend, "bsn", "999990019")
    assert (regel["medewerker"], regel["doelbinding"]) == ("Kees", "Klantcontact via telefoon: Paspoort")
    assert regel["reden"] == "gezien op 2026-11-24T08:12:00+00:00"
    assert regel["bron"] == "werkplek"


async def test_telling_the_same_look_again_adds_nothing(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    eerste, tweede = _look(), _look()
    for body in ([eerste], [eerste, tweede, tweede]):
        assert (await client.post(PAD, json={"inzagen": body})).status_code == 204
    assert len(await _trail(backend, "bsn", "999990019")) == 2


async def test_the_same_look_told_twice_at_once_is_one_look(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    body = {"inzagen": [_look() for _ in range(20)]}
    answers = await asyncio.gather(*(client.post(PAD, json=body) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {204}
    assert len(await _trail(backend, "bsn", "999990019")) == 20


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"bsn": ""}, "inzagen.0"),
        ({"bsn": "12"}, "inzagen.0.bsn"),
        ({"op": "2026-11-24T08:12:00"}, "inzagen.0.op"),
        ({"id": "geen uuid"}, "inzagen.0.id"),
        ({"product": "x" * 201}, "inzagen.0.product"),
        ({"vreemd": 1}, "inzagen.0.vreemd"),
    ],
)
async def test_a_look_that_cannot_be_is_refused_by_its_field(
    velden: dict[str, Any], naam: str, backend: Backend
) -> None:
    client = await backend.client_for("snelbalie")
    answer = await client.post(PAD, json={"inzagen": [_look(**velden)]})
    assert answer.status_code == 400
    assert [fout["name"] for fout in answer.json()["invalidParams"]] == [naam]
    assert await _trail(backend, "bsn", "999990019") == []


async def test_without_sign_in_nothing_is_written(backend: Backend) -> None:
    assert (await backend.client().post(PAD, json={"inzagen": [_look()]})).status_code == 401
    assert await _trail(backend, "bsn", "999990019") == []


async def test_an_application_has_no_store_and_cannot_write_in_the_trail(backend: Backend) -> None:
    website = await backend.application(crm=Recht.RAADPLEGEN)
    assert (await website.post(PAD, json={"inzagen": [_look()]})).status_code == 403
    assert await _trail(backend, "bsn", "999990019") == []
