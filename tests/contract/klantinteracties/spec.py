"""The published specification, and where the API is found."""

from __future__ import annotations

from typing import Any

from tests.contract.openapi import Spec

SPEC = Spec("klantinteracties-0.9.0.yaml")
API = "/klantinteracties/api/v1"
needs_spec = SPEC.needed
check_answer = SPEC.check


def document() -> dict[str, Any]:
    """The specification as JSON schemas."""
    return SPEC.document
