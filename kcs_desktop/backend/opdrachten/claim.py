"""The claim: a unique row with a lease, made before anything is done, concluded together with the effect.

Whoever holds the row's current `claim` may carry the command out. When that attempt dies, its lease runs out and a
retry takes over, at once where its worker is seen to be gone; an attempt that lost its claim can no longer commit
anything.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.opdrachten.identiteit import oldest_kept
from kcs_desktop.backend.opdrachten.leven import is_abandoned
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst, Uitkomststand

LEASE = timedelta(seconds=60)


class ClaimLost(Exception):
    """Another attempt took this command over; nothing of this one may be kept."""


class Claimed(msgspec.Struct, frozen=True):
    """`token` is set when this attempt may carry the command out; else `uitkomst` says how it stands."""

    uitkomst: Uitkomst
    token: str = ""


async def claim(
    db: Database,
    opdracht: Opdracht,
    soort: str,
    account: str,
    digest: str,
    *,
    mark: str = "",
    ended: Set[str] = frozenset(),
) -> Claimed:
    """Claim a command in a transaction of its own. Raises 422 for a known id with another payload.

    `mark` tells by which worker. `ended`: tokens of attempts that are known to be over, whose lease need not run out.
    """
    token = mark + uuid4().hex
    async with db.write() as unit:
        new = {
            "id": opdracht.id,
            "soort": soort,
            "account": account,
            "payload_hash": digest,
            "stand": Uitkomststand.BEZIG.value,
            "claim": token,
            "lease_tot": unit.now + LEASE,
            "ontvangen_op": unit.now,
        }
        dialect = postgresql if unit.dialect == "postgresql" else sqlite
        inserted = await unit.session.execute(
            dialect.insert(OpdrachtRow).values(new).on_conflict_do_nothing().returning(OpdrachtRow.id)
        )
        if inserted.first() is not None:
            return Claimed(Uitkomst(opdracht.id, Uitkomststand.BEZIG), token)
        row = (
            await unit.session.scalars(select(OpdrachtRow).where(OpdrachtRow.id == opdracht.id).with_for_update())
        ).one()
        if row.payload_hash != digest:
            raise HttpProblem(
                422,
                "opdracht-anders",
                "Dit opdrachtnummer is al gebruikt.",
                "Onder dit nummer is al een andere opdracht gegeven. Er is niets gewijzigd.",
            )
        if row.stand != Uitkomststand.BEZIG:
            return Claimed(outcome_of(row))
        if row.lease_tot > unit.now and row.claim not in ended and not await is_abandoned(unit.session, row.claim):
            return Claimed(outcome_of(row))
        row.claim = token
        row.lease_tot = unit.now + LEASE
        return Claimed(Uitkomst(opdracht.id, Uitkomststand.BEZIG), token)


async def hold(unit: UnitOfWork, opdracht_id: str, token: str) -> None:
    """Begin the effect: lock the row to the commit, so that no other attempt takes over. Raises ClaimLost."""
    held = await unit.session.scalar(
        select(OpdrachtRow.claim)
        .where(OpdrachtRow.id == opdracht_id, OpdrachtRow.stand == Uitkomststand.BEZIG.value)
        .with_for_update()
    )
    if held != token:
        raise ClaimLost


async def conclude(
    unit: UnitOfWork, opdracht_id: str, *, resultaat: dict[str, Any] | None = None, fout: dict[str, Any] | None = None
) -> Uitkomst:
    """Store the outcome with the effect (or the refusal with its audit line)."""
    stand = Uitkomststand.GESLAAGD if fout is None else Uitkomststand.GEWEIGERD
    await unit.session.execute(
        update(OpdrachtRow)
        .where(OpdrachtRow.id == opdracht_id)
        .values(stand=stand.value, resultaat=resultaat, fout=fout, afgehandeld_op=unit.now)
        .execution_options(synchronize_session=False)
    )
    return Uitkomst(opdracht_id, stand, resultaat or {}, fout or {}, unit.now)


async def release(db: Database, opdracht_id: str, token: str) -> None:
    """Give the claim back after a failure without outcome, so that a retry need not wait for the lease."""
    async with db.write() as unit:
        await unit.session.execute(
            update(OpdrachtRow)
            .where(
                OpdrachtRow.id == opdracht_id,
                OpdrachtRow.claim == token,
                OpdrachtRow.stand == Uitkomststand.BEZIG.value,
            )
            .values(claim="", lease_tot=unit.now)
            .execution_options(synchronize_session=False)
        )


async def release_all(db: Database) -> int:
    """At the start of a server: what the one before it was at when it died need not wait for the lease. The count.

    Safe also beside another server: an attempt whose claim is gone commits nothing.
    """
    interrupted = OpdrachtRow.stand == Uitkomststand.BEZIG.value
    async with db.read() as session:
        count = await session.scalar(select(func.count()).select_from(OpdrachtRow).where(interrupted)) or 0
    if count:
        async with db.write() as unit:
            await unit.session.execute(
                update(OpdrachtRow)
                .where(interrupted)
                .values(claim="", lease_tot=unit.now)
                .execution_options(synchronize_session=False)
            )
    return count


async def find(session: AsyncSession, opdracht_id: str, account: str, now: datetime) -> Uitkomst | None:
    """The outcome of one's own command. None also where an attempt died before it had one: then it must be handed in
    again, and whoever only asks would wait for ever."""
    row = await session.get(OpdrachtRow, opdracht_id)
    if row is None or row.account != account:
        return None
    if row.stand == Uitkomststand.BEZIG and (row.lease_tot <= now or await is_abandoned(session, row.claim)):
        return None
    return outcome_of(row)


def outcome_of(row: OpdrachtRow) -> Uitkomst:
    """The stored outcome as it goes over the wire."""
    return Uitkomst(row.id, Uitkomststand(row.stand), row.resultaat or {}, row.fout or {}, row.afgehandeld_op)


async def purge(db: Database) -> int:
    """Forget commands whose id is older than 90 days; such an id is refused from then on, so it cannot run again."""
    async with db.write() as unit:
        oldest = oldest_kept(unit.now)
        count = await unit.session.scalar(select(func.count()).select_from(OpdrachtRow).where(OpdrachtRow.id < oldest))
        await unit.session.execute(delete(OpdrachtRow).where(OpdrachtRow.id < oldest))
        return count or 0
