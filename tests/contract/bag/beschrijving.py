"""The shipped description of the BAG calls, as JSON schemas."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs
import yaml

API = "/bag/api/v2"
ADRESSEN, ZOEK, ADRES = "/adressen", "/adressen/zoek", "/adressen/{nummeraanduidingIdentificatie}"


@cache
def document() -> dict[str, Any]:
    """The file that the product ships."""
    tekst = files("kcs_desktop.backend.standards.bag").joinpath("openapi.yaml").read_text("utf-8")
    inhoud: dict[str, Any] = yaml.safe_load(tekst)
    return inhoud


@cache
def _validator(path: str, status: int) -> jsonschema_rs.Draft202012Validator:
    antwoord = document()["paths"][path]["get"]["responses"][str(status)]
    if "$ref" in antwoord:
        antwoord = document()["components"]["responses"][antwoord["$ref"].rsplit("/", 1)[1]]
    (inhoud,) = antwoord["content"].values()
    schema = {**inhoud["schema"], "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def check(path: str, status: int, body: Any) -> None:
    """Raises ValidationError when the body is not what the description says."""
    _validator(path, status).validate(body)
