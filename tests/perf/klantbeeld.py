"""The customer picture of somebody with 20 contacts, 10 notes and 10 zaken, over a slow network.

And in a large form: 100 contacts, 50 notes and 25 zaken.

First with 50 ms added to each request between seat and backend, then with 50 ms between the backend and upstream
registers (a second backend, whose registers speak the standards). Counted are the requests at the registers' own paths.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from tests.harness.vertraging import Seen, Vertraging, slow_network
from tests.perf.figure import Figure
from tests.perf.opstelling import TWINTIG, VELE, proefdam, signed_in_seat

DELAY = 0.05
ROUNDS = 15
REGISTERS = ("/brp/", "/kvk/", "/klantinteracties/", "/zaken/")
KLANT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=TWINTIG), "Klant")
GROOT = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=VELE), "Klant")
OMVANG = (20, 10, 10)  # contacts, callback notes, zaken
OMVANG_GROOT = (100, 50, 25)


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder):
        yield from asyncio.run(_between_seat_and_backend(backend.url, folder))
    with proefdam() as (upstream, folder):
        token = _application_token(f"sqlite:///{folder / 'proefdam.db'}")
        yield from asyncio.run(_between_backend_and_upstream(upstream.url, token, folder))


async def _between_seat_and_backend(url: str, folder: Path) -> list[Figure]:
    async with slow_network(url, delay=DELAY) as network, signed_in_seat(network.url, folder / "seat") as seat:
        figures = _figures("klantbeeld", *await _open_often(seat, network))
        groot = await _open_often(seat, network, GROOT, OMVANG_GROOT)
    return [*figures, *_figures("klantbeeld_groot", *groot, most=10, limit=400)]


async def _between_backend_and_upstream(url: str, token: str, folder: Path) -> list[Figure]:
    async with slow_network(url, delay=DELAY) as network:
        environment = {
            "KCS_REGISTER_BRP_URL": f"{network.url}/brp/haalcentraal/api/brp",
            "KCS_REGISTER_KVK_URL": f"{network.url}/kvk/api",
            "KCS_REGISTER_KLANTINTERACTIES_URL": f"{network.url}/klantinteracties/api/v1",
            **{f"KCS_REGISTER_{naam}_TOKEN": token for naam in ("BRP", "KVK", "KLANTINTERACTIES")},
        }
        with proefdam(environment) as (backend, scratch):
            async with signed_in_seat(backend.url, scratch / "seat") as seat:
                times, requests, depth = await _open_often(seat, network)
    return _figures("klantbeeld_upstream", times, requests, depth)


async def _open_often(
    seat: object, network: Vertraging, klant: Klantverwijzing = KLANT, omvang: tuple[int, int, int] = OMVANG
) -> tuple[list[float], int, int]:
    from kcs_desktop.services.seat import SeatService

    assert isinstance(seat, SeatService)
    times: list[float] = []
    requests: list[Seen] = []
    for _ in range(ROUNDS + 1):  # the first one warms the connections up
        network.seen.clear()
        start = time.perf_counter()
        async for beeld in seat.klanten.open(klant):
            last = beeld
        times.append((time.perf_counter() - start) * 1000)
        requests = network.paths(*REGISTERS)
        assert requests, "no register was asked through the slow network"
        assert (last.contacten_totaal, len(last.terugbelnotities), len(last.zaken)) == omvang
    return times[1:], len(requests), _in_sequence(requests)


def _in_sequence(requests: list[Seen]) -> int:
    """How many times a request waited for another: groups that start at least one delay apart."""
    depth, last = 0, float("-inf")
    for request in sorted(requests, key=lambda seen: seen.at):
        if request.at - last > DELAY * 0.8:
            depth += 1
            last = request.at
    return depth


def _figures(
    name: str, times: list[float], requests: int, depth: int, *, most: int = 8, limit: int = 250
) -> list[Figure]:
    return [
        Figure(f"{name}.verzoeken", requests, "verzoeken", target=most),
        Figure(f"{name}.na_elkaar", depth, "verzoeken", target=2),
        Figure(f"{name}.tijd", statistics.median(times), "ms", target=limit, note=f"slowest {max(times):.0f} ms"),
    ]


def _application_token(database: str) -> str:
    """A token for the backend that asks: it may read the CRM and the base registers."""
    command = [sys.executable, "-m", "kcs_desktop.backend", "account", "--database", database, "toepassing", "gateway"]
    command += ["--recht", "crm=r", "--recht", "basisregistraties=r", "--recht", "terugbelnotities=r"]
    made = subprocess.run(command, capture_output=True, text=True, check=True)
    return made.stdout.strip().splitlines()[-1].split()[-1]
