"""What a connection to PostgreSQL keeps between two uses, and what happens to one that is gone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine

from kcs_desktop.backend.db import postgres
from kcs_desktop.backend.db.unit import Database

_PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT %'")


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    database = Database(postgres_url)
    yield database
    await database.close()


async def test_what_was_prepared_stays_prepared_from_one_read_to_the_next(db: Database) -> None:
    for _ in range(10):
        async with db.read() as session:
            await session.execute(text("SELECT id FROM account WHERE id = :id"), {"id": "geen"})
    async with db.read() as session:
        assert (await session.execute(_PREPARED)).scalar_one() >= 1


async def test_a_read_leaves_no_transaction_open(db: Database) -> None:
    async with db.read() as session, db.read() as other:
        number = (await session.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        found = await other.execute(text("SELECT state FROM pg_stat_activity WHERE pid = :pid"), {"pid": number})
        assert found.scalar_one() == "idle"


async def test_a_connection_that_ended_while_nobody_used_it_is_replaced(postgres_url: str) -> None:
    url = make_url(postgres_url).set(drivername="postgresql+psycopg")
    engine, other = postgres.engine(url, idle=0.0), postgres.engine(url)
    try:
        number = await _number(engine)
        async with other.connect() as connection:
            await connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": number})
        assert await _number(engine) != number
    finally:
        await asyncio.gather(engine.dispose(), other.dispose())


async def _number(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int((await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one())
