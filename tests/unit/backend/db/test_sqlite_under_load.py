"""Many at once on one SQLite file: everybody waits their turn, nobody hears "database is locked"."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from kcs_desktop.backend.db.unit import Database

WORKERS = 12
ROUNDS = 5


@pytest.fixture
def new_file(tmp_path: Path) -> str:
    """A file as a restored backup is: not yet with a write-ahead log."""
    path = tmp_path / "nieuw.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE regel (nr INTEGER PRIMARY KEY, tekst TEXT NOT NULL)")
    return f"sqlite:///{path}"


@pytest.fixture
async def databases(new_file: str) -> AsyncIterator[list[Database]]:
    """Two worker processes, as far as SQLite can tell: each has connections of its own, and none is open yet."""
    made = [Database(new_file), Database(new_file)]
    yield made
    for database in made:
        await database.close()


async def _count(database: Database) -> int:
    async with database.read() as session:
        return int((await session.execute(text("SELECT count(*) FROM regel"))).scalar_one())


async def _add(database: Database) -> None:
    async with database.write() as unit:
        await unit.session.execute(text("INSERT INTO regel (tekst) VALUES ('x')"))


async def test_first_connections_and_readers_and_writers_all_get_their_turn(databases: list[Database]) -> None:
    async def work(database: Database) -> None:
        for _ in range(ROUNDS):
            await asyncio.gather(_count(database), _add(database))

    await asyncio.gather(*(work(database) for database in databases for _ in range(WORKERS)))

    assert await _count(databases[0]) == len(databases) * WORKERS * ROUNDS


async def test_new_files_survive_the_stampede_of_first_connections(tmp_path: Path) -> None:
    for number in range(20):
        path = tmp_path / f"nieuw-{number}.db"
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE regel (nr INTEGER PRIMARY KEY, tekst TEXT NOT NULL)")
        made = [Database(f"sqlite:///{path}") for _ in range(3)]
        await asyncio.gather(*(step(database) for database in made for step in (_add, _count, _add, _count)))
        assert await _count(made[0]) == 6
        for database in made:
            await database.close()


async def test_a_reader_sees_one_moment_while_others_write(databases: list[Database]) -> None:
    first, second = databases
    await _add(first)
    async with first.read() as session:
        before = (await session.execute(text("SELECT count(*) FROM regel"))).scalar_one()
        await _add(second)
        after = (await session.execute(text("SELECT count(*) FROM regel"))).scalar_one()

    assert (before, after) == (1, 1)
    assert await _count(first) == 2


async def test_a_session_for_reading_refuses_to_write(databases: list[Database]) -> None:
    async with databases[0].read() as session:
        with pytest.raises(OperationalError, match="readonly"):
            await session.execute(text("INSERT INTO regel (tekst) VALUES ('x')"))


async def test_a_writer_that_is_cancelled_leaves_no_lock_and_no_row(databases: list[Database]) -> None:
    first, second = databases
    entered = asyncio.Event()

    async def hangs() -> None:
        async with first.write() as unit:
            await unit.session.execute(text("INSERT INTO regel (tekst) VALUES ('half')"))
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hangs())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await asyncio.gather(_add(first), _add(second))
    assert await _count(first) == 2


async def test_every_connection_keeps_foreign_keys_and_full_sync(databases: list[Database]) -> None:
    async with databases[0].read() as session, databases[0].write() as unit:
        for connection in (session, unit.session):
            settings = {
                name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
            }
            assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30000}
