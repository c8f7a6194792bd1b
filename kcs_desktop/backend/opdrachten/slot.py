"""One at a time: find-or-create under a lock in our own database, because actoren have no key at all.

Within one transaction that is a lock of the database. A command to a register upstream holds its names in rows, for it
is many transactions; such a row is worth no more than the claim of its command.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.opdrachten.leven import is_abandoned
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow, SlotRow
from kcs_desktop.domain.opdracht import Uitkomststand


async def hold_slots(unit: UnitOfWork, *names: str) -> None:
    """Hold these names until the transaction ends. Sorted, so that two transactions never wait for each other.

    SQLite needs nothing: its write transaction is the only one.
    """
    if unit.dialect != "postgresql":
        return
    for name in sorted(set(names)):
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        await unit.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def marked(name: str) -> str:
    """The name of a slot as it is stored: it may hold a BSN."""
    return hashlib.sha256(name.encode()).hexdigest()


async def held(session: AsyncSession, opdracht: str) -> frozenset[str]:
    """What this command holds in rows, as `marked` names it."""
    return frozenset(await session.scalars(select(SlotRow.naam).where(SlotRow.opdracht == opdracht)))


async def take(unit: UnitOfWork, opdracht: str, names: Collection[str]) -> bool:
    """Hold all of these in rows, or none: False where another command that is at work has one of them."""
    marks = sorted({marked(name) for name in names})
    await hold_slots(unit, *marks)
    query = (
        select(SlotRow.naam, OpdrachtRow.stand, OpdrachtRow.lease_tot, OpdrachtRow.claim)
        .join(OpdrachtRow, OpdrachtRow.id == SlotRow.opdracht)
        .where(SlotRow.naam.in_(marks), SlotRow.opdracht != opdracht)
    )
    left = []
    for naam, stand, lease_tot, claim in (await unit.session.execute(query)).all():
        at_work = stand == Uitkomststand.BEZIG.value and claim and lease_tot > unit.now
        if at_work and not await is_abandoned(unit.session, claim):
            return False
        left.append(naam)
    if left:
        await unit.session.execute(
            update(SlotRow)
            .where(SlotRow.naam.in_(left))
            .values(opdracht=opdracht, genomen_op=unit.now)
            .execution_options(synchronize_session=False)
        )
    dialect = postgresql if unit.dialect == "postgresql" else sqlite
    rows = [{"naam": mark, "opdracht": opdracht, "genomen_op": unit.now} for mark in marks]
    await unit.session.execute(dialect.insert(SlotRow).on_conflict_do_nothing(), rows)
    return True


async def let_go(unit: UnitOfWork, opdracht: str) -> None:
    """The command holds no names any more."""
    await unit.session.execute(
        delete(SlotRow).where(SlotRow.opdracht == opdracht).execution_options(synchronize_session=False)
    )
