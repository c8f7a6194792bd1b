"""A change at one seat, applied at another: 200 seats, 10 changes a second, 40 seats show the subject.

200 sessions each hold a stream of the change feed. Ten times a second one of them registers a contact (`POST
/kcs/api/v1/opdrachten`). Forty seats show a customer and have told so; what changed comes to them with the event, and
the others hear of it and ask nothing. A time runs from just before the command is sent until the picture at a seat that
shows the customer holds the new klantcontact, seat-side waiting and parsing included. Beside it stands the time until
the event alone is heard at the seats that show nothing.

That line of the design can be read in two ways, and both are measured. In `stoelen.toegepast_p95` the forty show one of
ten customers by turns, so four show the customer of a change: the busy centre. In `stoelen.een_klant_p95` all forty
show the one customer whom every change is about: 400 applied changes a second, in a history that grows by hundreds.

The seats are headless: the product's client, follower and customer service, without a store or a window
(`tests.perf.zitplaatsen`); a test holds that they ask exactly what a real seat asks. The backend has two workers on the
PostgreSQL of the tests, which does not wait for the disk. The seats share one process beside it: with the backend and
the database they compete for the cores of this machine, where real seats bring their own. What each of them used, and
how late the clock of the seats ran, stands with the figures. Sessions are made in the database without a password
(argon2 would take longer than the measuring); each stream has a session and a token of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select

from kcs_desktop.backend.accounts.beheer import hash_token
from kcs_desktop.backend.accounts.bron import LokaleAccounts
from kcs_desktop.backend.accounts.sessies import Sessies
from kcs_desktop.backend.accounts.sleutels import Sleutels
from kcs_desktop.backend.accounts.tables import AccountRij, KeuzeRij
from kcs_desktop.backend.db.migratie import migrate
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.standards.klantinteracties.steps import BETROKKENE, IDENTIFICATOR
from kcs_desktop.domain.rechten import default_rechtentabel
from kcs_desktop.domain.sessie import SessieAntwoord
from tests.harness.backend import ROOT, backend_process
from tests.harness.postgres import running_cluster
from tests.perf.figure import Figure, percentile
from tests.perf.zitplaatsen import Opzet

SEATS = 200
SHOWING = 40
CUSTOMERS = 10
PER_SECOND = 10
WARM_UP = 5  # seconds
MEASURED = 25  # seconds


def measure() -> Iterator[Figure]:
    with running_cluster() as cluster, tempfile.TemporaryDirectory() as scratch:
        cluster.admin("CREATE DATABASE stoelen")
        url, folder = cluster.url("stoelen"), Path(scratch)
        migrate(url)
        with backend_process(url, "--workers", "2", log=folder / "backend.log", proefgemeente=True) as backend:
            sessies, klanten = asyncio.run(_prepared(url))
            programs = {"workers": backend.pid, "postgres": cluster.pid}
            warm_up, measured = WARM_UP * PER_SECOND, MEASURED * PER_SECOND
            opzet = Opzet(backend.url, sessies, klanten, SHOWING, PER_SECOND, warm_up, measured, programs)
            yield from _figures(_seats(opzet, folder))
            one = msgspec.structs.replace(opzet, klanten=klanten[:1])
            yield _applied("stoelen.een_klant_p95", _seats(one, folder))


def _seats(opzet: Opzet, folder: Path) -> dict[str, Any]:
    asked = folder / "opzet.json"
    asked.write_bytes(msgspec.json.encode(opzet))
    command = [sys.executable, "-m", "tests.perf.zitplaatsen", str(asked)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"the seats failed: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _figures(answer: dict[str, Any]) -> list[Figure]:
    heard, showing = ([seconds * 1000 for seconds in answer[name]] for name in ("gehoord", "gehoord_door_tonenden"))
    return [
        _applied("stoelen.toegepast_p95", answer),
        Figure(
            "stoelen.gebeurtenis_p95",
            percentile(heard, 0.95),
            "ms",
            note=f"p50 {percentile(heard, 0.5):.0f} ms, worst {max(heard):.0f} ms of {len(heard)}; "
            f"at seats that show the customer p95 {percentile(showing, 0.95):.0f} ms",
        ),
    ]


def _applied(name: str, answer: dict[str, Any]) -> Figure:
    applied, late = ([seconds * 1000 for seconds in answer[kind]] for kind in ("toegepast", "achterstand"))
    used = ", ".join(f"{program} {share:.0%}" for program, share in answer["cpu"].items())
    note = (
        f"p50 {percentile(applied, 0.5):.0f} ms, worst {max(applied):.0f} ms of {len(applied)}; of a core: {used}; "
        f"the seats' clock p95 {percentile(late, 0.95):.0f} ms late; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    return Figure(name, percentile(applied, 0.95), "ms", target=200, note=note)


async def _prepared(url: str) -> tuple[tuple[SessieAntwoord, ...], tuple[tuple[str, str], ...]]:
    """A session per seat, and the customers with the longest history."""
    db = Database(url)
    try:
        bron = LokaleAccounts(db, proef_allowed=True)
        sessies = Sessies(db, default_rechtentabel(), Sleutels(), bron)
        made = [await _session(db, sessies, "snelbalie") for _ in range(SEATS)]
        async with db.read() as session:
            found = await session.execute(
                select(IDENTIFICATOR.partij, IDENTIFICATOR.object_id)
                .join_from(
                    IDENTIFICATOR.partij.table, BETROKKENE.partij.table, BETROKKENE.partij == IDENTIFICATOR.partij
                )
                .where(IDENTIFICATOR.code_soort_object_id == "bsn")
                .group_by(IDENTIFICATOR.partij, IDENTIFICATOR.object_id)
                .order_by(func.count().desc(), IDENTIFICATOR.object_id)
                .limit(CUSTOMERS)
            )
            return tuple(made), tuple((partij, bsn) for partij, bsn in found)
    finally:
        await db.close()


async def _session(db: Database, sessies: Sessies, naam: str) -> SessieAntwoord:
    """As after a right password: the choice of werkplek and role is made for real."""
    token = secrets.token_urlsafe(32)
    async with db.write() as unit:
        account = (await unit.session.scalars(select(AccountRij.id).where(AccountRij.gebruikersnaam == naam))).one()
        unit.session.add(
            KeuzeRij(token_hash=hash_token(token), account_id=account, verloopt_op=unit.now + timedelta(minutes=5))
        )
    return await sessies.begin(token, "balie-1", (naam,))
