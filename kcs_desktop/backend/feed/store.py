"""Write and read the change feed.

`append` is the last hook before a commit: updating the one row of `feed_stand` takes a lock that is held to the commit,
so numbers follow commit order and a reader that saw number n has seen every lower one. Nothing slow may follow it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import msgspec
from sqlalchemy import BigInteger, bindparam, delete, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.base import UtcDateTime
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.feed.getoond import Getoond
from kcs_desktop.backend.feed.tables import ONLY, FeedStand, WijzigingRow
from kcs_desktop.domain.gebeurtenis import Kring, Vluchtig, Wijziging

CHANNEL = "kcs_wijziging"
HINTS = "kcs_vluchtig"
SHOWN = "kcs_getoond"
_BATCH = 500


class Stand(msgspec.Struct, frozen=True):
    """Where the feed is: numbers up to and including `afgekapt_tot` are gone, `hoogste` is the last one given."""

    epoch: str
    hoogste: int
    afgekapt_tot: int


class Nummer(msgspec.Struct, frozen=True):
    """One announced change with its number."""

    nr: int
    op: datetime
    wijziging: Wijziging


async def append(unit: UnitOfWork) -> None:
    """Give the unit's changes their numbers. Takes the commit-order lock: wire it as the last hook."""
    if unit.hints and unit.dialect == "postgresql":
        await _notify_hints(unit.session, unit.hints)
    changes = unit.wijzigingen
    if not changes:
        return
    if unit.dialect == "postgresql":
        await _append_at_once(unit)
        return
    highest = await _reserve(unit.session, unit.dialect, len(changes))
    first = highest - len(changes) + 1
    await unit.session.execute(
        insert(WijzigingRow),
        [
            {
                "nr": nr,
                "soort": change.soort,
                "object_id": change.id,
                "handeling": change.handeling,
                "functie": change.functie,
                "onderwerpen": list(change.onderwerpen),
                "kringen": msgspec.to_builtins(change.kringen),
                "op": unit.now,
            }
            for nr, change in enumerate(changes, start=first)
        ],
    )


# Between the lock and the commit every other writer waits, so this is one statement. The notice is delivered by the
# server at the commit, to every worker that listens.
_AT_ONCE = text("""
    WITH stand AS (UPDATE feed_stand SET hoogste = hoogste + :count WHERE id = :only RETURNING hoogste),
    numbered AS (
        INSERT INTO wijziging (nr, soort, object_id, handeling, functie, onderwerpen, kringen, op)
        SELECT stand.hoogste - :count + new.place, new.soort, new.object_id, new.handeling, new.functie,
               new.onderwerpen::json, new.kringen::json, :op
        FROM stand, unnest(
            CAST(:soort AS text[]), CAST(:object_id AS text[]), CAST(:handeling AS text[]), CAST(:functie AS text[]),
            CAST(:onderwerpen AS text[]), CAST(:kringen AS text[])
        ) WITH ORDINALITY AS new (soort, object_id, handeling, functie, onderwerpen, kringen, place)
    )
    SELECT pg_notify(:channel, hoogste::text) FROM stand
""").bindparams(bindparam("count", type_=BigInteger), bindparam("op", type_=UtcDateTime()))


async def _append_at_once(unit: UnitOfWork) -> None:
    changes = unit.wijzigingen
    asked = {
        "count": len(changes),
        "only": ONLY,
        "op": unit.now,
        "channel": CHANNEL,
        "soort": [change.soort for change in changes],
        "object_id": [change.id for change in changes],
        "handeling": [change.handeling for change in changes],
        "functie": [change.functie for change in changes],
        "onderwerpen": [msgspec.json.encode(change.onderwerpen).decode() for change in changes],
        "kringen": [msgspec.json.encode(change.kringen).decode() for change in changes],
    }
    if (await unit.session.execute(_AT_ONCE, asked)).first() is None:
        await _ensure_stand(unit.session, unit.dialect)
        await unit.session.execute(_AT_ONCE, asked)


async def _notify_hints(session: AsyncSession, hints: Sequence[Vluchtig]) -> None:
    for nieuws in hints:
        payload = msgspec.json.encode(nieuws).decode()
        await session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": HINTS, "payload": payload})


async def tell_shown(db: Database, getoond: Getoond) -> None:
    """Say to every worker on PostgreSQL what a seat shows: any of them may hold its stream."""
    payload = msgspec.json.encode(getoond).decode()
    async with db.write() as unit:
        await unit.session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": SHOWN, "payload": payload})


async def _reserve(session: AsyncSession, dialect: str, count: int) -> int:
    step = (
        update(FeedStand)
        .where(FeedStand.id == ONLY)
        .values(hoogste=FeedStand.hoogste + count)
        .returning(FeedStand.hoogste)
        .execution_options(synchronize_session=False)
    )
    highest = (await session.execute(step)).scalar_one_or_none()
    if highest is None:
        await _ensure_stand(session, dialect)
        highest = (await session.execute(step)).scalar_one()
    return highest


async def _ensure_stand(session: AsyncSession, dialect: str) -> None:
    new = {"id": ONLY, "epoch": uuid4().hex, "hoogste": 0, "afgekapt_tot": 0}
    if dialect == "postgresql":
        await session.execute(postgresql.insert(FeedStand).values(new).on_conflict_do_nothing())
    else:
        await session.execute(sqlite.insert(FeedStand).values(new).on_conflict_do_nothing())


async def read_stand(db: Database) -> Stand:
    """Where the feed is now; makes its first epoch when there is none yet."""
    found = await _find_stand(db)
    if found is None:
        async with db.write() as unit:
            await _ensure_stand(unit.session, unit.dialect)
        found = await _find_stand(db)
    if found is None:
        raise RuntimeError("feed_stand has no row after it was made")
    return found


async def _find_stand(db: Database) -> Stand | None:
    async with db.read() as session:
        row = await session.get(FeedStand, ONLY)
        return None if row is None else Stand(row.epoch, row.hoogste, row.afgekapt_tot)


async def read_after(db: Database, nr: int, *, limit: int = _BATCH) -> tuple[Stand, Sequence[Nummer]]:
    """The stand, and up to `limit` changes after `nr` in order.

    The stand is read first: a change may then be newer than `hoogste`, but none up to `hoogste` is missing unless the
    limit cut it off.
    """
    async with db.read() as session:
        row = await session.get(FeedStand, ONLY)
        rows = await session.scalars(
            select(WijzigingRow).where(WijzigingRow.nr > nr).order_by(WijzigingRow.nr).limit(limit)
        )
        numbered = [Nummer(row.nr, row.op, _change(row)) for row in rows]
    if row is None:
        return await read_stand(db), numbered
    return Stand(row.epoch, row.hoogste, row.afgekapt_tot), numbered


def _change(row: WijzigingRow) -> Wijziging:
    kringen = tuple(Kring(*kring) for kring in row.kringen)
    return Wijziging(row.soort, row.object_id, row.handeling, row.functie, tuple(row.onderwerpen), kringen)


async def truncate(db: Database, before: datetime) -> int:
    """Forget changes older than `before`; a seat that is further behind gets a full resync. Returns the count."""
    async with db.write() as unit:
        last = await unit.session.scalar(select(func.max(WijzigingRow.nr)).where(WijzigingRow.op < before))
        if last is None:
            return 0
        count = (
            await unit.session.execute(select(func.count()).select_from(WijzigingRow).where(WijzigingRow.nr <= last))
        ).scalar_one()
        await unit.session.execute(delete(WijzigingRow).where(WijzigingRow.nr <= last))
        await unit.session.execute(update(FeedStand).where(FeedStand.id == ONLY).values(afgekapt_tot=last))
        return count


async def new_epoch(session: AsyncSession, dialect: str) -> str:
    """Start another epoch: every seat resyncs wholly and offers its last day of commands again."""
    await _ensure_stand(session, dialect)
    epoch = uuid4().hex
    await session.execute(update(FeedStand).where(FeedStand.id == ONLY).values(epoch=epoch))
    if dialect == "postgresql":
        await session.execute(text("SELECT pg_notify(:channel, :nr)"), {"channel": CHANNEL, "nr": "0"})
    return epoch
