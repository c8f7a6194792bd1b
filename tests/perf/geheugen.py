"""Memory of the seat process at 1920 × 1080 with frame and Klant tab, a customer with 100 contacts on screen; and with
every tab opened."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator

from tests.harness.geheimen import private_secret_service
from tests.perf.figure import Figure
from tests.perf.opstelling import make_versatile, proefdam
from tests.perf.proces import measured

ROUNDS = 3


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        make_versatile(folder)
        sizes: dict[str, list[float]] = {"geheugen": [], "geheugen_tabs": []}
        for ronde, what in itertools.product(range(ROUNDS), sizes):
            profile = folder / f"{what}{ronde}"
            profile.mkdir()
            answer = measured(what, backend.url, str(profile), environment=environment)
            sizes[what].append(answer["pss"])
    yield Figure("geheugen", statistics.median(sizes["geheugen"]), "MB PSS", target=170)
    tabs = f"tabs {', '.join(answer['tabs'])}"
    yield Figure("geheugen.alle_tabs", statistics.median(sizes["geheugen_tabs"]), "MB PSS", target=240, note=tabs)
