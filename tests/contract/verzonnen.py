"""Requests made up from the description of one call: the same ones at every run."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

BOTH = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def made_up(operation: Any, mode: GenerationMode, examples: int) -> list[Any]:
    """At most this many cases that fit the description, or that do not."""
    made: list[Any] = []
    strategy: st.SearchStrategy[Any] = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=examples,
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
