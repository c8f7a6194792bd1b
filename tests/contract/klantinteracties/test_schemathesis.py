"""Requests made up from the specification, over every offered path: never a 500, and answers of the published shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import openapi
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from tests.contract.klantinteracties.spec import API, SPEC, check_answer, needs_spec
from tests.contract.klantinteracties.test_conformance import fill
from tests.harness.backend import Backend

EXPECTED = {200, 201, 204, 400, 404, 409}
_EXAMPLES = 5


def _paths() -> list[str]:
    return ["/maak-klantcontact", *(path for naam in RESOURCES for path in (f"/{naam}", f"/{naam}/{{uuid}}"))]


@cache
def _operations() -> list[tuple[Any, list[Any]]]:
    """Every offered operation with its requests; made once, since making them takes longer than sending them."""
    schema = openapi.from_dict(yaml.safe_load(SPEC.read_text("utf-8")))
    offered = set(_paths())
    readable = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    operations = [operation for operation in readable if operation.path in offered]
    operations.sort(key=lambda operation: (operation.method == "delete", operation.path))
    return [(operation, _cases(operation)) for operation in operations]


def _cases(operation: Any) -> list[Any]:
    """A fixed handful of good and bad requests."""
    made: list[Any] = []
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        strategy: st.SearchStrategy[Any] = operation.as_strategy(generation_mode=mode)

        @settings(
            max_examples=_EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def collect(case: Any) -> None:
            made.append(case)

        collect()
    return made


async def _send(client: httpx.AsyncClient, case: Any, known: str) -> httpx.Response:
    path = f"{API}{case.operation.path}".replace("{uuid}", known)
    body = case.body if isinstance(case.body, (dict, list, str, int, float, bool, type(None))) else None
    query = {str(name): str(value) for name, value in (case.query or {}).items()}
    return await client.request(case.method.upper(), path, params=query, json=body)


@needs_spec
@pytest.mark.timeout(400)
async def test_made_up_requests_get_an_answer_of_the_specification(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    known = {naam: item["uuid"] for naam, item in (await fill(client)).items()}
    assert {operation.path for operation, _cases_of_it in _operations()} == set(_paths())

    wrong: list[str] = []
    for operation, cases in _operations():
        for case in cases:
            answer = await _send(client, case, known.get(operation.path.split("/")[1], ""))
            where = f"{operation.method} {operation.path}"
            if answer.status_code not in EXPECTED:
                wrong.append(f"{where}: {answer.status_code} {answer.text[:200]}")
            elif answer.status_code >= 400:
                if not answer.headers["content-type"].startswith("application/problem+json"):
                    wrong.append(f"{where}: {answer.headers['content-type']}")
            elif answer.content and "cascade" not in str(answer.url):
                try:
                    check_answer(operation.path, operation.method, answer.status_code, answer.json())
                except jsonschema.ValidationError as error:
                    wrong.append(f"{where}: {error.json_path} {error.message[:200]}")
    assert wrong == []
