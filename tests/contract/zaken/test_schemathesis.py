"""Requests made up from the specification, over every offered path: never a 500, and answers of the published shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import pytest

from tests.contract.openapi import send, wrong_answers
from tests.contract.zaken import fixtures as f
from tests.contract.zaken.spec import API, CRS, PATHS, SPEC
from tests.contract.zaken.test_conformance import fill
from tests.harness.backend import Backend

EXPECTED = {200, 201, 204, 400, 404, 405, 409}
METHODS = ("get", "post", "put", "patch", "delete")


@cache
def _operations() -> list[tuple[Any, list[Any]]]:
    return SPEC.made_up(PATHS, METHODS)


@SPEC.needed
@pytest.mark.timeout(400)
async def test_made_up_requests_get_an_answer_of_the_specification(backend: Backend) -> None:
    client = await f.keeper_of(backend)
    known = {naam: item["uuid"] for naam, item in (await fill(client, await f.make_types(client))).items()}
    assert {operation.path for operation, _cases in _operations()} == set(PATHS)

    async def ask(case: Any) -> httpx.Response:
        path: str = case.operation.path
        naam = "zaakeigenschappen" if "zaakeigenschappen" in path else path.split("/")[1]
        path = path.replace("{zaak_uuid}", known["zaken"]).replace("{uuid}", known.get(naam, ""))
        return await send(client, API, case, path, **CRS)

    assert await wrong_answers(SPEC, _operations(), ask, EXPECTED) == []
