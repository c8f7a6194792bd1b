"""Numbers of the change feed follow commit order, and none is skipped."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.store import append, new_epoch, read_after, read_stand, truncate
from kcs_desktop.domain.gebeurtenis import Wijziging
from tests.harness.klok import Klok


def change(subject: str = "p1") -> Wijziging:
    return Wijziging("partij", subject, "gewijzigd", "crm", (subject,))


@pytest.fixture
def fed(db: Database) -> Database:
    db.before_commit = [append]
    return db


async def test_each_change_of_a_transaction_gets_its_own_number(fed: Database) -> None:
    async with fed.write() as unit:
        unit.emit(change("a"))
        unit.emit(change("b"))
    stand, numbered = await read_after(fed, 0)
    assert [(n.nr, n.wijziging.id) for n in numbered] == [(1, "a"), (2, "b")]
    assert stand.hoogste == 2


async def test_a_rolled_back_transaction_takes_no_number(fed: Database) -> None:
    async def fail() -> None:
        async with fed.write() as unit:
            unit.emit(change("lost"))
            await append(unit)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with fed.write() as unit:
        unit.emit(change("kept"))
    _, numbered = await read_after(fed, 0)
    assert [(n.nr, n.wijziging.id) for n in numbered] == [(1, "kept")]


async def test_a_reader_never_sees_a_number_before_a_lower_one(fed: Database) -> None:
    """Many writers at once, a reader all along: what it reads is gapless at every moment."""
    await read_stand(fed)
    seen: list[int] = []
    done = asyncio.Event()

    async def write(index: int) -> None:
        async with fed.write() as unit:
            unit.emit(change(f"p{index}"))
            if index % 3 == 0:
                unit.emit(change(f"q{index}"))

    async def read() -> None:
        while True:
            last_turn = done.is_set()
            _, numbered = await read_after(fed, seen[-1] if seen else 0, limit=7)
            seen.extend(n.nr for n in numbered)
            if last_turn and not numbered:
                return

    reader = asyncio.create_task(read())
    await asyncio.gather(*(write(index) for index in range(30)))
    done.set()
    await reader
    assert seen == list(range(1, 41))


async def test_truncation_moves_the_mark_and_keeps_the_rest(fed: Database, klok: Klok) -> None:
    for day in range(3):
        async with fed.write() as unit:
            unit.emit(change(f"p{day}"))
        klok.advance(days=1)
    assert await truncate(fed, klok() - timedelta(days=2)) == 1
    stand, numbered = await read_after(fed, 0)
    assert stand.afgekapt_tot == 1
    assert [n.nr for n in numbered] == [2, 3]


async def test_a_new_epoch_keeps_the_numbers(fed: Database) -> None:
    async with fed.write() as unit:
        unit.emit(change())
    before = await read_stand(fed)
    async with fed.write() as unit:
        await new_epoch(unit.session, unit.dialect)
    after = await read_stand(fed)
    assert after.epoch != before.epoch
    assert after.hoogste == 1
