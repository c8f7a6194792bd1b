"""The published specification as JSON schemas, and why a test is skipped without it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

_ROOT = Path(__file__).parents[3]
SPEC = Path(os.environ.get("KCS_SPECS", _ROOT.parent / "shared" / "specs")) / "klantinteracties-0.9.0.yaml"
API = "/klantinteracties/api/v1"
needs_spec = pytest.mark.skipif(not SPEC.exists(), reason=f"the specification is not here: {SPEC}")


@cache
def document() -> dict[str, Any]:
    """The specification, with OpenAPI 3.0's `nullable` and discriminated `oneOf` said in JSON schema."""
    loaded: dict[str, Any] = _as_json_schema(yaml.safe_load(SPEC.read_text("utf-8")))
    return loaded


def _as_json_schema(node: Any) -> Any:
    if isinstance(node, list):
        return [_as_json_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _as_json_schema(value) for key, value in node.items() if key not in {"nullable", "discriminator"}}
    if "discriminator" in node and "oneOf" in made:
        made["anyOf"] = made.pop("oneOf")
    return {"anyOf": [{"type": "null"}, made]} if node.get("nullable") is True else made


def check_answer(path: str, method: str, status: int, body: Any) -> None:
    """Raises ValidationError when the body is not what the specification says for this path, method and status."""
    content = document()["paths"][path][method]["responses"][str(status)]["content"]["application/json"]["schema"]
    schema = {**content, "components": document()["components"]}
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(body)
