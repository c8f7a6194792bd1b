"""Where the specification and the national test set are, and why a test is skipped without them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

_ROOT = Path(__file__).parents[3]
SPEC = Path(os.environ.get("KCS_SPECS", _ROOT.parent / "shared" / "specs")) / "brp-personen-2.7.0.yaml"
TESTSET = Path(os.environ.get("KCS_DATA", _ROOT.parent / "shared" / "data")) / "brp-testpersonen.json"

needs_spec = pytest.mark.skipif(not SPEC.exists(), reason=f"the specification is not here: {SPEC}")
needs_testset = pytest.mark.skipif(not TESTSET.exists(), reason=f"the national test set is not here: {TESTSET}")


@cache
def spec() -> dict[str, Any]:
    """The published OpenAPI document."""
    inhoud: dict[str, Any] = yaml.load(SPEC.read_text("utf-8"), yaml.CSafeLoader)
    return inhoud


@cache
def persons() -> list[dict[str, Any]]:
    """The records of the national test set."""
    inhoud: list[dict[str, Any]] = json.loads(TESTSET.read_text("utf-8"))
    return inhoud


def source_texts(records: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    """Every text in each person's record, as it is and with single blanks, per BSN."""
    return {p["burgerservicenummer"]: frozenset(_texts(p)) for p in records}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield " ".join(value.split())
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
