"""A shipped description of the calls of a base register, as JSON schemas."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from typing import Any

import jsonschema_rs
import yaml


class Beschrijving:
    """The `openapi.yaml` of this package."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._validators: dict[tuple[str, int], jsonschema_rs.Draft202012Validator] = {}

    @cached_property
    def document(self) -> dict[str, Any]:
        """The file that the product ships."""
        inhoud: dict[str, Any] = yaml.safe_load(files(self._package).joinpath("openapi.yaml").read_text("utf-8"))
        return inhoud

    def check(self, path: str, status: int, body: Any) -> None:
        """Raises ValidationError when the body is not what the description says."""
        if (path, status) not in self._validators:
            self._validators[path, status] = self._validator(path, status)
        self._validators[path, status].validate(body)

    def _validator(self, path: str, status: int) -> jsonschema_rs.Draft202012Validator:
        antwoord = self.document["paths"][path]["get"]["responses"][str(status)]
        if "$ref" in antwoord:
            antwoord = self.document["components"]["responses"][antwoord["$ref"].rsplit("/", 1)[1]]
        (inhoud,) = antwoord["content"].values()
        schema = {**inhoud["schema"], "components": self.document["components"]}
        return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
