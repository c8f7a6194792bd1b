"""The same index behind the backend, over HTTP on PostgreSQL: one request for each query and for its first half."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from kcs_desktop.backend.db.migratie import migrate
from tests.harness.backend import backend_process, create_signed_in
from tests.harness.postgres import running_cluster
from tests.perf.figure import Figure, percentile
from tests.zoekvragen.bevolking import BEDRIJVEN, PERSONEN
from tests.zoekvragen.vraag import read_vragen
from tests.zoekvragen.vullen import fill_postgres

DATABASE = "zoeken"
PATH = "/kcs/api/v1/zoeken"


def measure(personen: int = PERSONEN, bedrijven: int = BEDRIJVEN) -> Iterator[Figure]:
    with running_cluster() as cluster, tempfile.TemporaryDirectory() as scratch:
        cluster.admin(f"CREATE DATABASE {DATABASE}")
        url = cluster.url(DATABASE)
        migrate(url)
        start = time.perf_counter()
        fill_postgres(url, personen, bedrijven)
        filled = time.perf_counter() - start
        token = create_signed_in(url, "snelbalie")
        with backend_process(url, log=Path(scratch) / "backend.log") as backend:
            times, floor = _ask(backend.url, {"Authorization": f"Bearer {token}"})
    slowest, text = max(times)
    took = [one for one, _ in times]
    note = (
        f"p50 {percentile(took, 0.5):.1f} ms, slowest {slowest:.0f} ms at “{text}”; /health p95"
        f" {percentile(floor, 0.95):.1f} ms in the same run; index made in {filled:.0f} s"
    )
    yield Figure("zoeken_backend.p95", percentile(took, 0.95), "ms", target=30, note=note)


def _ask(url: str, headers: dict[str, str]) -> tuple[list[tuple[float, str]], list[float]]:
    """Milliseconds of every search, and of as many answers without a search."""
    times: list[tuple[float, str]] = []
    floor: list[float] = []
    with httpx.Client(base_url=url, headers=headers, timeout=30) as client:
        for vraag in read_vragen():
            for text in dict.fromkeys((vraag.tekst, vraag.tekst[: (len(vraag.tekst) + 1) // 2])):
                start = time.perf_counter()
                client.post(PATH, json={"tekst": text}).raise_for_status()
                times.append(((time.perf_counter() - start) * 1000, text))
            start = time.perf_counter()
            client.get("/health").raise_for_status()
            floor.append((time.perf_counter() - start) * 1000)
    return times[10:], floor[10:]  # the first ones warm connections and statements up
