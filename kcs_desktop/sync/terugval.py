"""How long to wait before the next attempt: doubling, capped, and spread so that seats do not return all at once."""

from __future__ import annotations

import random

FIRST = 0.5  # seconds
CAP = 60.0


def pause(pogingen: int, toeval: random.Random, *, first: float = FIRST, cap: float = CAP) -> float:
    """Seconds before attempt `pogingen + 1`; between half and the whole of the doubled time."""
    vol = min(cap, first * 2.0 ** min(max(0, pogingen - 1), 30))
    return vol * toeval.uniform(0.5, 1.0)
