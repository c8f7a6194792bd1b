"""Requests made up from the shipped description, for every call: never a 500, and answers of the described shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import jsonschema_rs
import pytest
from schemathesis import openapi
from schemathesis.generation import GenerationMode

from kcs_desktop.backend.proefgemeente.bedrijven import bedrijven
from kcs_desktop.backend.standards.kvk.opslag import store
from tests.contract.kvk.beschrijving import API, BASIS, BESCHRIJVING, VESTIGING, ZOEKEN, check
from tests.contract.verzonnen import BOTH, made_up
from tests.harness.backend import Backend

EXPECTED = {200, 400, 404}
_EXAMPLES = 15


@cache
def _cases() -> list[tuple[str, GenerationMode, Any]]:
    """A fixed handful of good and bad requests per call; made once, since making takes longer than sending."""
    schema = openapi.from_dict(BESCHRIJVING.document)
    return [
        (path, mode, case)
        for path in (ZOEKEN, BASIS, VESTIGING)
        for mode in BOTH
        for case in made_up(schema[path]["GET"], mode, _EXAMPLES)
    ]


def _query(case: Any) -> dict[str, list[str]]:
    """The query string; a list is a parameter more than once."""
    return {
        str(naam): [_text(w) for w in (i if isinstance(i, list) else [i])] for naam, i in (case.query or {}).items()
    }


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


async def _send(client: httpx.AsyncClient, path: str, case: Any, known: dict[str, str]) -> httpx.Response:
    """A good request is about a company that is there; a bad one keeps its own number."""
    good = case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE
    where = path.format(**known) if good else case.formatted_path.removeprefix(API)
    return await client.get(f"{API}{where}", params=_query(case))


@pytest.mark.timeout(120)
async def test_made_up_requests_get_an_answer_of_the_description(backend: Backend) -> None:
    alle = bedrijven()
    async with backend.db.write() as unit:
        await store(unit.session, alle)
    client = await backend.client_for("snelbalie")
    vestiging = next(v for b in alle for v in b.vestigingen)
    known = {"kvkNummer": alle[0].kvkNummer, "vestigingsnummer": vestiging.vestigingsnummer}
    wrong: list[str] = []
    gezien: set[tuple[str, int]] = set()
    for path, _mode, case in _cases():
        answer = await _send(client, path, case, known)
        where = f"{answer.url}: {answer.status_code}"
        if answer.status_code not in EXPECTED:
            wrong.append(f"{where} {answer.text[:200]}")
            continue
        gezien.add((path, answer.status_code))
        try:
            check(path, answer.status_code, answer.json())
        except jsonschema_rs.ValidationError as error:
            wrong.append(f"{where} {error.message[:200]}")
    assert wrong == []
    assert {(ZOEKEN, 404), (ZOEKEN, 400), (BASIS, 200), (BASIS, 400), (VESTIGING, 200)} <= gezien
