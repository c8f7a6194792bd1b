"""The connection below SQLAlchemy on SQLite: one trip per statement, the same transactions as ever."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.accounts.tables import WerkplekRij
from kcs_desktop.backend.db import sqlite
from kcs_desktop.backend.db.sqlite import SqliteConnection
from kcs_desktop.backend.db.unit import Database


@pytest.fixture
async def db(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


async def add(db: Database, *names: str) -> None:
    async with db.write() as unit:
        unit.session.add_all(WerkplekRij(id=name, naam=name, soort="balie") for name in names)


async def count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count()).select_from(WerkplekRij)) or 0


async def test_a_transaction_begins_with_its_first_statement_on_the_same_trip(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await add(db, "a")
    async with db.read() as session:
        await count(session)
    trips: list[object] = []
    ask = SqliteConnection._ask

    async def noting(self: SqliteConnection, work: Any) -> Any:
        trips.append(work)
        return await ask(self, work)

    monkeypatch.setattr(SqliteConnection, "_ask", noting)
    async with db.read() as session:
        assert await count(session) == 1
        assert await count(session) == 1
    assert len(trips) == 2


async def test_a_reader_sees_one_moment_and_the_next_one_a_later(db: Database) -> None:
    await add(db, "a")
    async with db.read() as session:
        assert await count(session) == 1
        await add(db, "b")
        assert await count(session) == 1
    async with db.read() as session:
        assert await count(session) == 2


async def test_a_reader_cannot_write(db: Database) -> None:
    async with db.read() as session:
        with pytest.raises(DBAPIError, match="readonly"):
            await session.execute(text("DELETE FROM werkplek"))


async def test_what_fails_is_rolled_back_and_the_connection_serves_the_next(db: Database) -> None:
    await add(db, "a")
    with pytest.raises(IntegrityError):
        await add(db, "b", "a")
    await add(db, "c")
    async with db.read() as session:
        assert list(await session.scalars(select(WerkplekRij.id).order_by(WerkplekRij.id))) == ["a", "c"]


async def test_a_writer_that_is_cancelled_leaves_nothing_and_holds_up_nobody(db: Database) -> None:
    inside = asyncio.Event()

    async def write() -> None:
        async with db.write() as unit:
            unit.session.add(WerkplekRij(id="a", naam="a", soort="balie"))
            await unit.session.flush()
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await add(db, "b")
    async with db.read() as session:
        assert list(await session.scalars(select(WerkplekRij.id))) == ["b"]


async def test_a_statement_whose_caller_went_away_does_not_stay_in_the_next_transaction(db: Database) -> None:
    await add(db, "a")
    for _ in range(20):
        task = asyncio.create_task(add(db, "x"))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await add(db, "b")
    async with db.read() as session:
        assert list(await session.scalars(select(WerkplekRij.id).order_by(WerkplekRij.id))) == ["a", "b"]


async def test_nothing_is_written_outside_a_transaction_that_could_not_begin(
    db: Database, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_PATIENCE", 0)
    await add(db, "a")
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)

    async def write() -> None:
        async with db.write() as unit:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="locked"):
                await unit.session.execute(text("DELETE FROM werkplek"))
            other.execute("ROLLBACK")
            await unit.session.execute(text("DELETE FROM werkplek"))
            raise ValueError("ongedaan")

    with closing(other), pytest.raises(ValueError, match="ongedaan"):
        await write()
    async with db.read() as session:
        assert await count(session) == 1


async def test_nothing_is_written_after_a_transaction_that_sqlite_ended_itself(db: Database) -> None:
    await add(db, "a")
    async with db.write() as unit:
        unit.session.add(WerkplekRij(id="b", naam="b", soort="balie"))
        await unit.session.flush()
        driver = (await (await unit.session.connection()).get_raw_connection()).driver_connection
        assert isinstance(driver, SqliteConnection)
        await driver.run(lambda connection: connection.rollback())  # as SQLite does on a full disk
        with pytest.raises(OperationalError, match="rolled back"):
            await unit.session.execute(text("DELETE FROM werkplek"))
    async with db.read() as session:
        assert list(await session.scalars(select(WerkplekRij.id))) == ["a"]
    await add(db, "c")


async def test_a_file_that_cannot_be_opened_says_so(tmp_path: Any) -> None:
    lost = Database(f"sqlite:///{tmp_path / 'weg' / 'kcs.db'}")
    with pytest.raises(DBAPIError, match="unable to open"):
        await add(lost, "a")
    await lost.close()
