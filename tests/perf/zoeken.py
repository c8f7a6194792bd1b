"""Search as you type over 1,000,000 persons and 200,000 companies in the encrypted store: from each key to its paint.

Beside it how often the right customer is first, and among the first ten, for each kind of query of the set.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.perf.figure import Figure, percentile
from tests.perf.grootindex import grootindex, zoekplek
from tests.perf.proces import measured

EVERY = 10  # every tenth query is typed; the whole set is asked
_TIMEOUT = 1_200.0


def measure() -> Iterator[Figure]:
    with zoekplek() as plek:
        done = measured(
            "zoeken", plek.url, str(plek.profile), str(EVERY), environment=plek.environment, timeout=_TIMEOUT
        )
    groot = grootindex()
    times, work = [took for took, _, _ in done["keys"]], [worked for _, worked, _ in done["keys"]]
    slowest, _, text = max(done["keys"])
    built = f"index of {groot.megabytes:.0f} MB made in {groot.seconds:.0f} s"
    note = (
        f"p50 {percentile(times, 0.5):.1f} ms of {len(times)} keys; of the processor p50 {percentile(work, 0.5):.1f},"
        f" p95 {percentile(work, 0.95):.1f} ms; {built}"
    )
    yield Figure("zoeken.p95", percentile(times, 0.95), "ms", target=16, note=note)
    yield Figure("zoeken.langste", slowest, "ms", target=50, note=f"at “{text}”")
    for soort, places in done["places"].items():
        for first in (1, 10):
            right = sum(1 for place in places if place is not None and place <= first)
            yield Figure(f"zoeken.hit{first}.{soort}", right / len(places), "deel", note=f"of {len(places)}")
