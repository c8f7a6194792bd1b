"""Questions made up from the specification, of every kind: never a 500, and answers of the published shape."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import jsonschema_rs
import pytest
from schemathesis import openapi
from schemathesis.generation import GenerationMode

from kcs_desktop.backend.laad.brp import store
from kcs_desktop.backend.proefgemeente.personen import Inwoners
from tests.contract.brp.bronnen import needs_spec, source_texts, spec
from tests.contract.brp.spec import check, check_problem
from tests.contract.verzonnen import made_up
from tests.harness.backend import Backend

PERSONEN = "/brp/haalcentraal/api/brp/personen"
_EXAMPLES = 6
_REF = "#/components/schemas/"


def _kinds() -> dict[str, str]:
    mapping: dict[str, str] = spec()["components"]["schemas"]["PersonenQuery"]["discriminator"]["mapping"]
    return mapping


@cache
def _cases() -> list[tuple[str, GenerationMode, Any]]:
    """A fixed handful of good and bad bodies of every kind; made once, since making takes longer than sending."""
    made: list[tuple[str, GenerationMode, Any]] = []
    for soort, ref in _kinds().items():
        operation = openapi.from_dict(_with_body(soort, ref))["/personen"]["POST"]
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            made += [(soort, mode, body) for body in _bodies(operation, mode)]
    return made


def _with_body(soort: str, ref: str) -> dict[str, Any]:
    """The specification with this one kind of question, about fields that exist: the schema leaves both open."""
    alle = spec()
    fields = {"type": "array", "minItems": 1, "items": {"enum": ["burgerservicenummer", "naam", "geboorte"]}}
    vraag = alle["components"]["schemas"][ref.removeprefix(_REF)]
    own: dict[str, Any] = {"type": "object", "required": ["type", "fields"], "properties": {}}
    for deel in _parts(vraag):
        own["properties"] |= deel.get("properties", {})
        own["required"] = sorted({*own["required"], *deel.get("required", ())})
    own["properties"] |= {"type": {"type": "string", "enum": [soort]}, "fields": fields}
    own["additionalProperties"] = False
    post = {**alle["paths"]["/personen"]["post"], "requestBody": {"required": True, "content": _json(own)}}
    post.pop("parameters", None)
    return {**alle, "paths": {"/personen": {"post": post}}}


def _parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    schemas = spec()["components"]["schemas"]
    found = []
    for deel in schema.get("allOf", ()):
        found += _parts(schemas[deel["$ref"].removeprefix(_REF)] if "$ref" in deel else deel)
    return [*found, schema]


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _bodies(operation: Any, mode: GenerationMode) -> list[Any]:
    made = [case.body for case in made_up(operation, mode, _EXAMPLES)]
    return [body for body in made if isinstance(body, (dict, list, str, int, float, bool, type(None)))]


def _fault(answer: httpx.Response, soort: str, sources: dict[str, frozenset[str]]) -> str:
    """What is wrong with an answer; empty when nothing."""
    try:
        if answer.status_code == 200:
            check(answer.json(), f"{soort}Response", sources)
        elif answer.status_code == 400:
            check_problem(answer.json(), 400)
        else:
            return f"{answer.status_code} {answer.text[:200]}"
    except (jsonschema_rs.ValidationError, AssertionError) as error:
        return str(error)[:300]
    return ""


@needs_spec
@pytest.mark.timeout(120)
async def test_made_up_questions_get_an_answer_of_the_specification(backend: Backend) -> None:
    mensen = Inwoners().all()
    async with backend.db.write() as unit:
        await store(unit, mensen)
    client = await backend.client_for("snelbalie")
    sources = source_texts(mensen)
    wrong: list[str] = []
    answered: set[str] = set()
    for soort, mode, body in _cases():
        answer = await client.post(PERSONEN, json=body)
        if fault := _fault(answer, soort, sources):
            wrong.append(f"{body}: {fault}")
        if mode is GenerationMode.POSITIVE and answer.status_code == 200:
            answered.add(soort)
    assert wrong == []
    assert answered == set(_kinds()), "no good question of these kinds was made: the test would prove nothing"
