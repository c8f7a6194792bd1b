"""The customer picture from the encrypted store: until it is known, and (without a target) until it is painted."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.harness.geheimen import private_secret_service
from tests.perf.figure import Figure
from tests.perf.opstelling import TWINTIG, VELE, proefdam
from tests.perf.proces import measured

ROUNDS = 10
BSNS = ("999990019", TWINTIG, VELE)


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        profile = folder / "seat"
        profile.mkdir()
        took = measured("uit_cache", backend.url, str(profile), str(ROUNDS), *BSNS, environment=environment)
    known, painted = took["bekend"], took["geschilderd"]
    note = f"customers of 12, 20 and 100 contacts; slowest {max(known):.1f} ms"
    yield Figure("klantbeeld_cache", statistics.median(known), "ms", target=16, note=note)
    yield Figure(
        "klantbeeld_cache.geschilderd", statistics.median(painted), "ms", note=f"slowest {max(painted):.0f} ms"
    )
