"""Requests made up from the specification, over every offered path: never a 500, and answers of the published shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import pytest

from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from tests.contract.klantinteracties.spec import API, SPEC, needs_spec
from tests.contract.klantinteracties.test_conformance import fill
from tests.contract.openapi import send, wrong_answers
from tests.harness.backend import Backend

EXPECTED = {200, 201, 204, 400, 404, 409}
_CASCADE = {"delete /onderwerpobjecten/{uuid}": "names what stays"}


def _paths() -> list[str]:
    return ["/maak-klantcontact", *(path for naam in RESOURCES for path in (f"/{naam}", f"/{naam}/{{uuid}}"))]


@cache
def _operations() -> list[tuple[Any, list[Any]]]:
    return SPEC.made_up(_paths())


@needs_spec
@pytest.mark.timeout(400)
async def test_made_up_requests_get_an_answer_of_the_specification(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    known = {naam: item["uuid"] for naam, item in (await fill(client)).items()}
    assert {operation.path for operation, _cases_of_it in _operations()} == set(_paths())

    async def ask(case: Any) -> httpx.Response:
        path = case.operation.path
        return await send(client, API, case, path.replace("{uuid}", known.get(path.split("/")[1], "")))

    assert await wrong_answers(SPEC, _operations(), ask, EXPECTED, _CASCADE) == []
