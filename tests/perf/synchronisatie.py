"""Customers kept in the encrypted store per second, beside a million in its index, and what the window feels of it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.perf.figure import Figure
from tests.perf.grootindex import zoekplek
from tests.perf.proces import measured

AANTAL = 3_000


def measure() -> Iterator[Figure]:
    with zoekplek() as plek:
        done = measured(
            "synchroniseer", plek.url, str(plek.profile), str(AANTAL), environment=plek.environment, timeout=900
        )
    yield Figure("synchronisatie.klanten_per_seconde", AANTAL / done["seconds"], "1/s", note=f"{AANTAL} customers")
    note = f"the GUI thread itself worked {done['worked']:.0f} ms at most; before the sync {done['idle']:.0f} ms"
    yield Figure("synchronisatie.stal", done["longest"], "ms", target=50, note=note)
