"""Writes that come together share a transaction, and nothing else: not a failure, not a caller that went away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import func, select

from kcs_desktop.backend.accounts.tables import WerkplekRij
from kcs_desktop.backend.db.unit import Database, UnitOfWork

REFUSED = "niet-goed"


class Writing:
    """A `write` for the tests: counts its batches, and waits inside one until it is let go."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.inside = asyncio.Event()
        self.go = asyncio.Event()
        self.go.set()

    async def __call__(self, unit: UnitOfWork, names: Sequence[str]) -> list[str]:
        self.batches.append(list(names))
        self.inside.set()
        await self.go.wait()
        unit.session.add_all(WerkplekRij(id=name, naam=name, soort="balie") for name in names)
        await unit.session.flush()
        if REFUSED in names:
            raise ValueError(REFUSED)
        return [name.upper() for name in names]


@asynccontextmanager
async def held(db: Database, writing: Writing) -> AsyncIterator[asyncio.Task[str]]:
    """A batch with "a" in it that is being written until the block ends."""
    writing.go.clear()
    first = asyncio.create_task(db.write_together(writing, "a"))
    await writing.inside.wait()
    yield first
    writing.go.set()


def added(db: Database, writing: Writing, *names: str) -> list[asyncio.Task[str]]:
    return [asyncio.create_task(db.write_together(writing, name)) for name in names]


async def stored(db: Database) -> list[str]:
    async with db.read() as session:
        return sorted(await session.scalars(select(WerkplekRij.id)))


async def test_what_comes_while_another_is_written_goes_in_one_transaction(db: Database) -> None:
    writing = Writing()
    async with held(db, writing) as first:
        others = added(db, writing, "b", "c", "d")
        await asyncio.sleep(0)
    assert await asyncio.gather(first, *others) == ["A", "B", "C", "D"]
    assert writing.batches == [["a"], ["b", "c", "d"]]
    assert await stored(db) == ["a", "b", "c", "d"]


async def test_each_goes_on_only_when_its_own_is_committed(db: Database) -> None:
    writing = Writing()

    async def one(name: str) -> int:
        await db.write_together(writing, name)
        async with db.read() as session:  # another connection sees only what is committed
            return await session.scalar(select(func.count()).where(WerkplekRij.id == name)) or 0

    assert await asyncio.gather(*(one(f"w{number}") for number in range(40))) == [1] * 40
    assert len(writing.batches) < 40


async def test_one_that_cannot_be_written_fails_alone(db: Database) -> None:
    writing = Writing()
    async with held(db, writing) as first:
        others = added(db, writing, "b", REFUSED, "c")
        await asyncio.sleep(0)
    assert await asyncio.gather(first, *others, return_exceptions=True) != []
    assert [type(task.exception()) for task in others] == [type(None), ValueError, type(None)]
    assert await stored(db) == ["a", "b", "c"]


async def test_one_by_itself_raises_what_its_writing_raised(db: Database) -> None:
    with pytest.raises(ValueError, match=REFUSED):
        await db.write_together(Writing(), REFUSED)
    assert await stored(db) == []


async def test_a_commit_that_fails_fails_everyone_in_it(db: Database) -> None:
    writing = Writing()

    async def full_disk(_unit: UnitOfWork) -> None:
        raise OSError

    async with held(db, writing) as first:
        others = added(db, writing, "b", "c")
        await asyncio.sleep(0)
        db.before_commit = [full_disk]
    await asyncio.gather(first, *others, return_exceptions=True)
    assert [type(task.exception()) for task in (first, *others)] == [OSError] * 3
    assert await stored(db) == []


async def test_a_caller_that_goes_away_takes_nobody_along(db: Database) -> None:
    writing = Writing()
    async with held(db, writing) as first:
        going, staying = added(db, writing, "b", "c")
        await asyncio.sleep(0)
        first.cancel()  # it opened the batch that is being written
        going.cancel()
    assert await staying == "C"
    assert first.cancelled()
    assert going.cancelled()
    assert await stored(db) == ["a", "b", "c"]


async def test_closing_waits_for_what_was_added(db: Database, database_url: str) -> None:
    writing = Writing()
    own = Database(database_url)
    async with held(own, writing) as first:
        await asyncio.sleep(0)
        first.cancel()
    await own.close()
    assert await stored(db) == ["a"]


async def test_who_goes_away_is_written_also_when_another_of_the_batch_cannot_be(
    db: Database, database_url: str
) -> None:
    writing = Writing()
    own = Database(database_url)
    async with held(own, writing) as first:
        going, wrong = added(own, writing, "b", REFUSED)
        await asyncio.sleep(0)
        going.cancel()
    await asyncio.gather(first, going, wrong, return_exceptions=True)
    await own.close()
    assert isinstance(wrong.exception(), ValueError)
    assert await stored(db) == ["a", "b"]
