"""Requests made up from the specification, over every offered path: never a 500, and answers of the published shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import pytest

from tests.contract.documenten import fixtures as f
from tests.contract.documenten.spec import API, PATHS, READ_ONLY, SPEC
from tests.contract.documenten.test_conformance import fill
from tests.contract.openapi import send, wrong_answers
from tests.harness.backend import Backend

EXPECTED = {200, 201, 204, 400, 404, 405, 409}
METHODS = ("get", "post", "put", "patch", "delete")


@cache
def _operations() -> list[tuple[Any, list[Any]]]:
    return SPEC.made_up({*PATHS, *READ_ONLY}, METHODS)


@SPEC.needed
@pytest.mark.timeout(400)
async def test_made_up_requests_get_an_answer_of_the_specification(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await fill(client, await f.make_type(client))
    known = {naam: item["url"].rsplit("/", 1)[-1] for naam, item in made.items()}
    assert {operation.path for operation, _cases in _operations()} == {*PATHS, *READ_ONLY}

    async def ask(case: Any) -> httpx.Response:
        path: str = case.operation.path
        return await send(client, API, case, path.replace("{uuid}", known[path.split("/")[1]]))

    assert await wrong_answers(SPEC, _operations(), ask, EXPECTED) == []
