"""Daily actions in the real window: open a tab, switch between contacts, save a note; each painted and, where it must
be, on disk. A colleague with the roles of two tabs does them, because an employee of one role may have one tab."""

from __future__ import annotations

from collections.abc import Iterator

from tests.harness.geheimen import private_secret_service
from tests.perf.figure import Figure, percentile
from tests.perf.opstelling import make_versatile, proefdam
from tests.perf.proces import measured

ROUNDS = 60


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        make_versatile(folder)
        profile = folder / "seat"
        profile.mkdir()
        took = measured("handeling", backend.url, str(profile), str(ROUNDS), environment=environment)
    everything = [one for values in took.values() for one in values]
    parts = ", ".join(f"{naam} {percentile(values, 0.95):.0f}" for naam, values in took.items())
    note = f"p95 of {len(everything)}: {parts}; worst {max(everything):.0f} ms"
    yield Figure("handeling", percentile(everything, 0.95), "ms", target=50, note=note)
