"""Statements put to the driver itself: a transaction each, the engine's errors, and no connection lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

from kcs_desktop.backend.db import postgres
from kcs_desktop.backend.db.rechtstreeks import Lijn, held, run
from tests.harness.postgres import free_port

WERKPLEK = "INSERT INTO werkplek (id, naam, soort) VALUES (%s, %s, 'balie')"


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    made = postgres.engine(make_url(postgres_url).set(drivername="postgresql+psycopg"))
    yield made
    await made.dispose()


async def test_a_statement_is_committed_when_it_returns(engine: AsyncEngine) -> None:
    async with held(engine) as lijn, held(engine) as other:
        assert await lijn.fetch(WERKPLEK, ("a", "Balie A")) == []
        assert await other.fetch("SELECT naam FROM werkplek") == [("Balie A",)]


async def test_a_refused_statement_raises_what_the_engine_would_and_leaves_the_connection_usable(
    engine: AsyncEngine,
) -> None:
    async with held(engine) as lijn:
        await lijn.fetch(WERKPLEK, ("a", "Balie A"))
        with pytest.raises(IntegrityError):
            await lijn.fetch(WERKPLEK, ("a", "Balie A"))
        with pytest.raises(DataError):
            await lijn.fetch(WERKPLEK, ("b", "Balie \0"))
        assert await lijn.fetch("SELECT id FROM werkplek") == [("a",)]


async def test_where_no_server_answers_it_raises_what_the_engine_would() -> None:
    away = postgres.engine(make_url(f"postgresql+psycopg://kcs@127.0.0.1:{free_port()}/kcs"))
    try:
        with pytest.raises(OperationalError):
            async with held(away):
                raise AssertionError("nothing listens there")
    finally:
        await away.dispose()


async def test_afterwards_the_connection_is_the_engines_again(engine: AsyncEngine) -> None:
    async with held(engine) as lijn:
        number = (await lijn.fetch("SELECT pg_backend_pid()"))[0][0]
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one() == number
        await connection.execute(text("INSERT INTO werkplek (id, naam, soort) VALUES ('a', 'Balie A', 'balie')"))
        await connection.rollback()
    async with held(engine) as lijn:
        assert await lijn.fetch("SELECT id FROM werkplek") == []


async def test_who_is_cancelled_in_a_statement_leaves_the_pool_whole(engine: AsyncEngine) -> None:
    async def wait(asked: asyncio.Event) -> None:
        async with held(engine) as lijn:
            asked.set()
            await lijn.fetch("SELECT pg_sleep(60)")

    asked = asyncio.Event()
    waiting = asyncio.create_task(wait(asked))
    await asked.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    pool = engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedout() == 0
    async with held(engine) as lijn:
        assert await lijn.fetch("SELECT 1") == [(1,)]


async def test_a_connection_that_ended_while_it_was_held_is_not_used_again(engine: AsyncEngine) -> None:
    async with held(engine) as lijn, held(engine) as other:
        number = (await lijn.fetch("SELECT pg_backend_pid()"))[0][0]
        await other.fetch("SELECT pg_terminate_backend(%s, 5000)", (number,))
        with pytest.raises(OperationalError):
            await lijn.fetch("SELECT 1")
    async with held(engine) as lijn:
        assert (await lijn.fetch("SELECT pg_backend_pid()"))[0][0] != number


async def test_synchronous_work_asks_over_one_connection(engine: AsyncEngine) -> None:
    def work(lijn: Lijn, first: int) -> list[int]:
        return [lijn.exec_driver_sql("SELECT %s::int", (number,)).all()[0][0] for number in (first, first + 1)]

    assert await run(engine, work, 7) == [7, 8]
