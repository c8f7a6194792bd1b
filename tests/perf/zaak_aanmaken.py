"""A new zaak in the window, with 50 ms added to each request: from choosing the zaaktype until its number is painted,
and from Enter until the employee is free for the next thing. The zaak is registered behind that."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.harness.geheimen import private_secret_service
from tests.harness.vertraging import Seen, slow_network
from tests.perf.figure import Figure, percentile
from tests.perf.opstelling import proefdam
from tests.perf.proces import measured

DELAY = 0.05
ROUNDS = 20
OPDRACHTEN = "/kcs/api/v1/opdrachten"
ZAAKTYPE, PRODUCT = "melding-openbare-ruimte", "Fietswrak melden"


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder), private_secret_service(folder / "geheimen") as environment:
        took, asked = asyncio.run(_make(backend.url, folder / "seat", environment))
    for naam, target in (("nummer", 150), ("vrij", 50)):
        values = took[naam]
        note = f"p95 of {len(values)}; median {percentile(values, 0.5):.0f}, worst {max(values):.0f} ms"
        yield Figure(f"zaak_aanmaken.{naam}", percentile(values, 0.95), "ms", target=target, note=note)
    each = len(asked) / (ROUNDS + 1)  # one for the number, one to make it
    yield Figure("zaak_aanmaken.opdrachten", each, "verzoeken")


async def _make(url: str, profile: Path, environment: dict[str, str]) -> tuple[dict[str, Any], list[Seen]]:
    """The window is another process, so that the slow network takes no time of its thread."""
    await asyncio.to_thread(profile.mkdir)
    async with slow_network(url, delay=DELAY) as network:
        arguments = (network.url, str(profile), str(ROUNDS), ZAAKTYPE, PRODUCT)
        took = await asyncio.to_thread(measured, "zaak_aanmaken", *arguments, environment=environment)
        return took, network.paths(OPDRACHTEN)
