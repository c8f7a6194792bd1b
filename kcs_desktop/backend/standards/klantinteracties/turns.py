"""One writer at a time per partij: what is compared, or counted, before it is written stays true until the commit.

Its addresses are rows of their own, so their writers take the partij's turn too, before they lock a row of their own.
"""

from __future__ import annotations

from sqlalchemy import select

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties.steps import PARTIJ


async def take_turn(unit: UnitOfWork, *partijen: str | None) -> None:
    """Hold these partijen until the transaction ends; in one order, so that two never wait for each other.

    SQLite needs nothing: its write transaction is the only one.
    """
    known = sorted({partij for partij in partijen if partij})
    if known and unit.dialect == "postgresql":
        # Rows that merely refer to the partij are not kept waiting: its key stays as it is.
        rows = select(PARTIJ.uuid).where(PARTIJ.uuid.in_(known)).order_by(PARTIJ.uuid)
        await unit.session.execute(rows.with_for_update(key_share=True))
