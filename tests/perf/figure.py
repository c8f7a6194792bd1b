"""One measured figure, and how it is printed: one JSON line each."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`floor` is what the same machine did in the same run without us; `ratio` is value / floor.

    The target is compared with the ratio where there is a floor, else with the value.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    target: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return None if self.floor is None else self.value / self.floor

    @property
    def ok(self) -> bool:
        measured = self.value if self.ratio is None else self.ratio
        return self.target is None or measured <= self.target

    def line(self) -> str:
        ratio = self.ratio
        body = {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "floor": None if self.floor is None else round(self.floor, 3),
            "ratio": None if ratio is None else round(ratio, 3),
            "target": self.target,
            "ok": self.ok,
        }
        if self.note:
            body["note"] = self.note
        return json.dumps(body, ensure_ascii=False)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest-rank percentile; `share` 0.95 is p95."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
