"""Memory of the seat process at 1920 × 1080 with frame and Klant tab, a customer with 100 contacts on screen."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.harness.geheimen import private_secret_service
from tests.perf.figure import Figure
from tests.perf.opstelling import proefdam
from tests.perf.proces import measured

ROUNDS = 3


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        sizes = []
        for ronde in range(ROUNDS):
            profile = folder / f"seat{ronde}"
            profile.mkdir()
            sizes.append(measured("geheugen", backend.url, str(profile), environment=environment)["pss"])
    yield Figure("geheugen", statistics.median(sizes), "MB PSS", target=170)
