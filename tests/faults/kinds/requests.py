"""Which requests a fault of the network may hit, and how often."""

from __future__ import annotations

from collections.abc import Sequence

from tests.faults.proxy import Draw, Fault
from tests.faults.trial import Trial

SIGN_IN = ("/kcs/api/v1/aanmelden", "/kcs/api/v1/sessies")


def some(trial: Trial, faults: Sequence[Fault], *, most: float = 0.5) -> Draw:
    """These faults, on a share of the requests that is drawn for the round; on those of signing in every fourth time,
    because after ten failures an account has to wait."""
    chance = trial.chance
    often = chance.uniform(0.1, most)
    spares = chance.random() < 0.75

    def draw(_method: str, path: str) -> Fault | None:
        if path.startswith(SIGN_IN) and (spares or chance.random() < 0.5):
            return None
        return chance.choice(faults) if chance.random() < often else None

    return draw
