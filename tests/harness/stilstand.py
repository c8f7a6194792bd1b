"""Brings a backend to a halt in the middle of a command, after it wrote and before it was done, so that it can be
killed there.

With registers of its own, a write to one table never ends: its transaction stands open with everything that was written
before. Elsewhere the register carries the write out, and does not answer.
"""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from tests.doubles.register import Dubbel, Wrong
from tests.harness.opzet import Opzet

_LIMIT = 60.0
_LOOK = 0.02
_SQLITE = (
    "CREATE VIEW eindeloos AS WITH RECURSIVE teller(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM teller)"
    " SELECT count(*) AS x FROM teller",
    "CREATE TRIGGER stilstand BEFORE INSERT ON {table} BEGIN SELECT x FROM eindeloos; END",
)
_SQLITE_LIFT = ("DROP TRIGGER stilstand", "DROP VIEW eindeloos")
_POSTGRES = (
    "CREATE FUNCTION stilstand() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$",
    "CREATE TRIGGER stilstand BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION stilstand()",
)
_POSTGRES_LIFT = ("DROP FUNCTION stilstand CASCADE",)
_SLEEPING = "pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
_TABLES = {"onderwerpobjecten": "ki_onderwerpobject", "zaakinformatieobjecten": "zk_zaakinformatieobject"}


class Stilstand(Protocol):
    def put(self, resource: str) -> None:
        """From now on whoever makes one of these comes to a halt."""

    async def reached(self) -> None:
        """Returns once somebody did."""

    def lift(self) -> None:
        """Once who came to a halt was killed: the next one goes on."""


class InSqlite:
    def __init__(self, path: str) -> None:
        self._path = path

    def put(self, resource: str) -> None:
        self._run(*(statement.format(table=_TABLES[resource]) for statement in _SQLITE))

    async def reached(self) -> None:
        async with asyncio.timeout(_LIMIT):
            while not self._is_writing():  # noqa: ASYNC110 -- SQLite tells nobody
                await asyncio.sleep(_LOOK)

    def lift(self) -> None:
        self._run(*_SQLITE_LIFT)

    def _is_writing(self) -> bool:
        """Whether one transaction has the right to write for a while on end: the others here take milliseconds."""
        with closing(sqlite3.connect(self._path, timeout=1.0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            connection.execute("ROLLBACK")
            return False

    def _run(self, *statements: str) -> None:
        with closing(sqlite3.connect(self._path, timeout=_LIMIT, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)


class InPostgres:
    def __init__(self, url: str) -> None:
        self._url = url

    def put(self, resource: str) -> None:
        self._run(*(statement.format(table=_TABLES[resource]) for statement in _POSTGRES))

    async def reached(self) -> None:
        async with asyncio.timeout(_LIMIT):
            while not self._run(f"SELECT count(*) FROM {_SLEEPING}"):  # noqa: ASYNC110 -- nor does a server
                await asyncio.sleep(_LOOK)

    def lift(self) -> None:
        """A server that waits for a dead one would find out at its next word; here it never says one."""
        self._run(f"SELECT count(pg_terminate_backend(pid, 10000)) FROM {_SLEEPING}", *_POSTGRES_LIFT)

    def _run(self, *statements: str) -> int:
        found = 0
        with psycopg.connect(self._url, autocommit=True) as connection:
            for statement in statements:
                done = connection.execute(statement.encode())
                found = int(row[0]) if done.description and (row := done.fetchone()) else 0
        return found


class Elders:
    """At the doubles: what is carried out there is not answered."""

    def __init__(self, klanten: Dubbel, zaken: Dubbel) -> None:
        self._of = {"onderwerpobjecten": klanten, "zaakinformatieobjecten": zaken}
        self._at: Dubbel = zaken

    def put(self, resource: str) -> None:
        self._at = self._of[resource]
        self._at.wrong(Wrong.HELD_AFTER, "POST", f"/{resource}", times=2)  # two commands may come to it

    async def reached(self) -> None:
        await asyncio.to_thread(self._at.wait_until_held, _LIMIT)

    def lift(self) -> None:
        self._at.reset()
        self._at.release()


def stilstand_of(opzet: Opzet) -> Stilstand:
    """The one for where this backend has its registers."""
    if opzet.elders is not None:
        return Elders(opzet.elders.klanten, opzet.elders.zaken)
    url = make_url(opzet.database)
    if url.get_backend_name() == "sqlite":
        return InSqlite(str(url.database))
    return InPostgres(opzet.database)
