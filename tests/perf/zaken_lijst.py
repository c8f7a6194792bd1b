"""A million zaken in the embedded register on SQLite: how long a frame takes while the list in the window is scrolled.

Rows are asked for page by page behind it; what is timed is the window: from one step of the wheel until it is painted
and the pages that came are taken in. Also how long a page takes to come, at the top and deep, and a search for a part
of a number.
"""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.harness.backend import backend_process
from tests.perf.figure import Figure
from tests.perf.opstelling import proefdam
from tests.perf.proces import measured

ZAKEN = 1_000_000
STEPS = 300
COUNTED = 10_000  # how far the register counts; the list grows while it is read


def measure() -> Iterator[Figure]:
    with proefdam() as (backend, folder):
        backend.stop()
        database = folder / "proefdam.db"
        multiply(database, ZAKEN)
        with backend_process(f"sqlite:///{database}", log=folder / "tweede.log", proefgemeente=True) as again:
            profile = folder / "seat"
            profile.mkdir()
            answer = measured("zaken_lijst", again.url, str(profile), str(STEPS))
    assert answer["totaal"] >= COUNTED, answer["totaal"]
    scroll = sorted(answer["scroll"])
    p95 = scroll[int(len(scroll) * 0.95)]
    yield Figure("zaken_lijst.scroll_p95", p95, "ms", target=16, note=f"slowest {scroll[-1]:.1f} ms")
    yield Figure("zaken_lijst.eerste_pagina", answer["eerste"], "ms", target=300)
    yield Figure("zaken_lijst.diepe_pagina", statistics.median(answer["diep"]), "ms", target=300)
    for wat, duur in answer["nummers"].items():
        yield Figure(f"zaken_lijst.nummer_{wat}", duur, "ms", target=300)


def multiply(path: Path, aantal: int) -> None:
    """Copies of the zaken that are there, each with a number and a key of its own, over as many days."""
    with closing(sqlite3.connect(path)) as db:
        kolommen = [rij[1] for rij in db.execute("PRAGMA table_info(zk_zaak)")]
        waarden = {naam: f"z.{naam}" for naam in kolommen} | {
            "uuid": "substr(z.uuid, 1, 24) || printf('%012x', n.n)",
            "identificatie": "printf('Z-%09d', n.n)",
            "startdatum": "date(z.startdatum, printf('-%d days', n.n % 700))",
        }
        db.execute("PRAGMA synchronous=OFF")
        indexen = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'zk_zaak' AND sql IS NOT NULL"
        ).fetchall()
        for naam, _ in indexen:  # built once at the end: a third of the time
            db.execute(f"DROP INDEX {naam}")
        al = db.execute("SELECT count(*) FROM zk_zaak").fetchone()[0]
        db.execute(
            f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {aantal - al}),"
            " basis AS MATERIALIZED (SELECT row_number() OVER () - 1 AS plek, * FROM zk_zaak)"
            f" INSERT INTO zk_zaak ({', '.join(kolommen)}) SELECT {', '.join(waarden[naam] for naam in kolommen)}"
            f" FROM n JOIN basis z ON z.plek = n.n % {al}"
        )
        for _, opdracht in indexen:
            db.execute(opdracht)
        db.execute("ANALYZE zk_zaak")
        db.commit()
