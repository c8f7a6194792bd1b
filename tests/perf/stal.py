"""The longest stall of the GUI thread while a customer with 100 contacts and 50 callback notes loads."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.harness.geheimen import private_secret_service
from tests.perf.figure import Figure
from tests.perf.opstelling import proefdam
from tests.perf.proces import measured

ROUNDS = 7


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        profile = folder / "seat"
        profile.mkdir()
        longest = measured("stal", backend.url, str(profile), str(ROUNDS), environment=environment)["longest"]
    note = f"median of {ROUNDS} loads; worst {max(longest):.0f} ms"
    yield Figure("stal", statistics.median(longest), "ms", target=50, note=note)
