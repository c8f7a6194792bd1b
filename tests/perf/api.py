"""Contact history of a customer with 100 contacts from the embedded register, over HTTP: one client, then sixteen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import httpx
import msgspec

from kcs_desktop.domain.sessie import Aanmelding, SessieAntwoord
from tests.perf.figure import Figure, percentile
from tests.perf.opstelling import VELE, WACHTWOORD, proefdam

CALLS = 200
CLIENTS = 16
SECONDS = 5.0
QUERY = {
    "hadBetrokkene__wasPartij__partijIdentificator__codeSoortObjectId": "bsn",
    "hadBetrokkene__wasPartij__partijIdentificator__objectId": VELE,
    "expand": "leiddeTotInterneTaken,gingOverOnderwerpobjecten,hadBetrokkenen,hadBetrokkenen.digitaleAdressen",
    "pageSize": "100",
}
PATH = "/klantinteracties/api/v1/klantcontacten"


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, _folder):
        yield from asyncio.run(_measure(backend.url))


async def _measure(url: str) -> list[Figure]:
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        headers = {"Authorization": f"Bearer {await _token(client)}"}
        first = await client.get(PATH, params=QUERY, headers=headers)
        assert len(first.json()["results"]) == 100, first.text[:200]
        floor = [await _timed(client, "/health", {}, {}) for _ in range(CALLS)]
        times = [await _timed(client, PATH, QUERY, headers) for _ in range(CALLS)]
        rate = await _rate(url, headers)
    p95 = percentile(times, 0.95)
    note = f"p50 {percentile(times, 0.5):.1f} ms; /health p95 {percentile(floor, 0.95):.1f} ms in the same run"
    return [
        Figure("api.p95_een_client", p95, "ms", target=100, note=note),
        Figure("api.verzoeken_per_seconde_zestien", rate, "1/s"),
    ]


async def _timed(client: httpx.AsyncClient, path: str, query: dict[str, str], headers: dict[str, str]) -> float:
    start = time.perf_counter()
    answer = await client.get(path, params=query, headers=headers)
    answer.raise_for_status()
    return (time.perf_counter() - start) * 1000


async def _rate(url: str, headers: dict[str, str]) -> float:
    end = time.perf_counter() + SECONDS
    done = 0

    async def one() -> None:
        nonlocal done
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            while time.perf_counter() < end:
                (await client.get(PATH, params=QUERY, headers=headers)).raise_for_status()
                done += 1

    start = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(CLIENTS)))
    return done / (time.perf_counter() - start)


async def _token(client: httpx.AsyncClient) -> str:
    body = {"gebruikersnaam": "snelbalie", "wachtwoord": WACHTWOORD}
    first = await client.post("/kcs/api/v1/aanmelden", json=body)
    keuze = msgspec.json.decode(first.raise_for_status().content, type=Aanmelding).keuzetoken
    choice = {"keuzetoken": keuze, "werkplek": "balie-1", "rollen": ["snelbalie"]}
    second = await client.post("/kcs/api/v1/sessies", json=choice)
    return msgspec.json.decode(second.raise_for_status().content, type=SessieAntwoord).tokens.toegang
