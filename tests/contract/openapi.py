"""A published specification as JSON schemas, and requests made up from it.

SPEC = Spec("openzaak-catalogi-1.3.1.yaml")
SPEC.check("/zaaktypen", "get", 200, answer.json())

@SPEC.needed
async def test_x(backend: Backend) -> None: ...
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
import yaml
from schemathesis import openapi
from schemathesis.core.result import Ok

from tests.contract.verzonnen import BOTH, made_up

_ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("KCS_SPECS", _ROOT.parent / "shared" / "specs"))
_EXAMPLES = 5


class Spec:
    """One file of the folder with specifications."""

    def __init__(self, name: str) -> None:
        self.path = FOLDER / name
        self.needed = pytest.mark.skipif(not self.path.exists(), reason=f"the specification is not here: {self.path}")

    @cached_property
    def raw(self) -> dict[str, Any]:
        loaded: dict[str, Any] = yaml.load(self.path.read_text("utf-8"), yaml.CSafeLoader)
        return loaded

    @cached_property
    def document(self) -> dict[str, Any]:
        """The specification, with OpenAPI 3.0's `nullable` and discriminated `oneOf` said in JSON schema."""
        made: dict[str, Any] = _as_json_schema(self.raw)
        return made

    def check(self, path: str, method: str, status: int, body: Any) -> None:
        """Raises ValidationError when the body is not what the specification says for this path, method and status."""
        content = self.document["paths"][path][method]["responses"][str(status)]["content"]["application/json"]
        schema = {**content["schema"], "components": self.document["components"]}
        jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(body)

    def parameters(self, path: str, method: str = "get") -> set[str]:
        """The query parameters of an operation."""
        return {
            parameter["name"]
            for parameter in self.document["paths"][path][method].get("parameters", ())
            if parameter["in"] == "query"
        }

    def made_up(self, offered: Collection[str], methods: Collection[str] = ()) -> list[tuple[Any, list[Any]]]:
        """Every operation of these paths with a fixed handful of good and bad requests, deletes last. Make them once:
        that takes longer than sending them."""
        schema = openapi.from_dict(self.raw)
        readable = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        operations = [one for one in readable if one.path in offered and (not methods or one.method in methods)]
        operations.sort(key=lambda operation: (operation.method == "delete", operation.path))
        return [(operation, _cases(operation)) for operation in operations]


def _as_json_schema(node: Any) -> Any:
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _as_json_schema(value) for key, value in node.items() if key not in {"nullable", "discriminator"}}
    if "discriminator" in node and "oneOf" in made:
        made["anyOf"] = made.pop("oneOf")
    return {"anyOf": [{"type": "null"}, made]} if node.get("nullable") is True else made


def _cases(operation: Any) -> list[Any]:
    return [case for mode in BOTH for case in made_up(operation, mode, _EXAMPLES)]


async def send(client: httpx.AsyncClient, api: str, case: Any, path: str, **headers: str) -> httpx.Response:
    """Send a made-up request to `path` under the API."""
    body = case.body if isinstance(case.body, (dict, list, str, int, float, bool, type(None))) else None
    query = {str(name): str(value) for name, value in (case.query or {}).items()}
    return await client.request(case.method.upper(), f"{api}{path}", params=query, json=body, headers=headers)


async def wrong_answers(
    spec: Spec,
    operations: list[tuple[Any, list[Any]]],
    ask: Callable[[Any], Any],
    expected: Collection[int],
    unchecked: Mapping[str, str] | None = None,
) -> list[str]:
    """What is wrong in the answers that `ask` gets for each request: a status that is not expected, a refusal that is
    no problem, or a body that is not of the specification. Operations in `unchecked` ("get /x") are only asked."""
    wrong: list[str] = []
    for operation, cases in operations:
        where = f"{operation.method} {operation.path}"
        for case in cases:
            answer = await ask(case)
            if answer.status_code not in expected:
                wrong.append(f"{where}: {answer.status_code} {answer.text[:200]}")
            elif answer.status_code >= 400:
                if not answer.headers["content-type"].startswith("application/problem+json"):
                    wrong.append(f"{where}: {answer.headers['content-type']}")
            elif answer.content and where not in (unchecked or {}):
                try:
                    spec.check(operation.path, operation.method, answer.status_code, answer.json())
                except jsonschema.ValidationError as error:
                    wrong.append(f"{where}: {error.json_path} {error.message[:200]}")
    return wrong
