"""The same index behind the backend, over HTTP on PostgreSQL and on SQLite: one request for each query and for its
first half. SQLite, of a municipality that tries it out, has no target."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from sqlalchemy import create_engine

from kcs_desktop.backend.db.migratie import migrate
from kcs_desktop.backend.zoeken.tables import ZOEKTABELLEN
from kcs_desktop.search.index import Index
from tests.harness.backend import backend_process, create_signed_in
from tests.harness.postgres import running_cluster
from tests.perf.figure import Figure, percentile
from tests.zoekvragen.bevolking import BEDRIJVEN, PERSONEN
from tests.zoekvragen.vraag import read_vragen
from tests.zoekvragen.vullen import fill, fill_postgres

DATABASE = "zoeken"
PATH = "/kcs/api/v1/zoeken"


def measure(personen: int = PERSONEN, bedrijven: int = BEDRIJVEN) -> Iterator[Figure]:
    with running_cluster() as cluster:
        cluster.admin(f"CREATE DATABASE {DATABASE}")
        url = cluster.url(DATABASE)
        yield _measured("zoeken_backend.p95", url, lambda: fill_postgres(url, personen, bedrijven), target=30)
    with tempfile.TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/zoeken.db"
        yield _measured("zoeken_backend.sqlite_p95", url, lambda: _fill_sqlite(url, personen, bedrijven))


def _fill_sqlite(url: str, personen: int, bedrijven: int) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        fill(connection, Index(ZOEKTABELLEN), personen, bedrijven)
        connection.commit()
    engine.dispose()


def _measured(naam: str, url: str, fill_index: Callable[[], object], *, target: float | None = None) -> Figure:
    migrate(url)
    start = time.perf_counter()
    fill_index()
    filled = time.perf_counter() - start
    token = create_signed_in(url, "snelbalie")
    with tempfile.TemporaryDirectory() as scratch, backend_process(url, log=Path(scratch) / "backend.log") as backend:
        times, floor = _ask(backend.url, {"Authorization": f"Bearer {token}"})
    slowest, text = max(times)
    took = [one for one, _ in times]
    note = (
        f"p50 {percentile(took, 0.5):.1f} ms, slowest {slowest:.0f} ms at “{text}”; /health p95"
        f" {percentile(floor, 0.95):.1f} ms in the same run; index made in {filled:.0f} s"
    )
    return Figure(naam, percentile(took, 0.95), "ms", target=target, note=note)


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
