"""Process start to a complete frame painted with a row from the encrypted store, against a bare window; no splash."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.harness.geheimen import private_secret_service
from tests.perf.figure import Figure
from tests.perf.opstelling import proefdam
from tests.perf.proces import measured

PAIRS = 15


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        profile = folder / "seat"
        profile.mkdir()
        filled = measured("vul", backend.url, str(profile), environment=environment)
        assert not filled["bewaart"], filled["bewaart"]
        ours: list[float] = []
        bare: list[float] = []
        for pair in range(PAIRS + 1):
            floor = measured("kaal", environment=environment)
            frame = measured("frame", str(profile), environment=environment)
            assert frame["rows"] >= 1, "no row came from the store"
            if pair:  # the first pair warms the file cache up
                bare.append(floor["took"])
                ours.append(frame["took"])
    ratios = [mine / floor for mine, floor in zip(ours, bare, strict=True)]
    note = f"median of {PAIRS} ratios {statistics.median(ratios):.2f}"
    value, floor_value = statistics.median(ours) * 1000, statistics.median(bare) * 1000
    yield Figure("start", value, "ms", floor=floor_value, target=2.0, note=note)
