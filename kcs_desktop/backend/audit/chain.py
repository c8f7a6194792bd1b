"""The hash chain over the audit trail: seal what was committed, verify it, cut it at a checkpoint.

Sealing runs after the fact, in one place per deployment: chaining inside each transaction would make all writers wait
for one row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.tables import AuditregelRow, Auditsleutel, AuditStand, Ijkpunt
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.principal import Principal

GENESIS = "0" * 64
SYSTEM = Principal("systeem", "systeem", "systeem", {})
_ONLY = 1
_BATCH = 1000
_TABLE = Base.metadata.tables[AuditregelRow.__tablename__]
_CONTENT = tuple(column for column in _TABLE.columns if column.name not in {"schakel", "vorige", "zegel"})
_SEAL = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("regel"))
    .values(schakel=bindparam("nr"), vorige=bindparam("na"), zegel=bindparam("met"))
)


class ChainReport(msgspec.Struct, frozen=True):
    """`broken_at` is the first link that does not fit (0: none); `sealed` counts what was checked."""

    sealed: int
    unsealed: int
    broken_at: int = 0
    reason: str = ""  # Dutch, for doctor

    @property
    def is_whole(self) -> bool:
        return not self.reason


def seal_of(content: Sequence[object], previous: str) -> str:
    """SHA-256 over the canonical content and the previous seal. A time is sealed as UTC to the microsecond."""
    plain = [
        value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
        for value in content
    ]
    return hashlib.sha256(msgspec.json.encode([*plain, previous])).hexdigest()


async def ensure_stand(session: AsyncSession, dialect: str) -> None:
    """Make the chain's state row when there is none yet."""
    new = {"id": _ONLY, "houder": "", "gehouden_tot": None, "schakel": 0, "zegel": GENESIS}
    if dialect == "postgresql":
        await session.execute(postgresql.insert(AuditStand).values(new).on_conflict_do_nothing())
    else:
        await session.execute(sqlite.insert(AuditStand).values(new).on_conflict_do_nothing())


async def unsealed(db: Database) -> int:
    """How many committed lines wait for the sealer."""
    async with db.read() as session:
        return (
            await session.execute(
                select(func.count()).select_from(AuditregelRow).where(AuditregelRow.schakel.is_(None))
            )
        ).scalar_one()


async def seal(db: Database, *, limit: int = _BATCH) -> int:
    """Chain up to `limit` committed lines; returns how many. The state row's lock keeps two sealers apart."""
    async with db.write() as unit:
        session = unit.session
        stand = (
            await session.execute(
                select(AuditStand.schakel, AuditStand.zegel).where(AuditStand.id == _ONLY).with_for_update()
            )
        ).one_or_none()
        if stand is None:
            await ensure_stand(session, unit.dialect)
            stand = (
                await session.execute(
                    select(AuditStand.schakel, AuditStand.zegel).where(AuditStand.id == _ONLY).with_for_update()
                )
            ).one()
        link, previous = stand
        rows = (
            await session.execute(
                select(*_CONTENT)
                .where(AuditregelRow.schakel.is_(None))
                .order_by(AuditregelRow.op, AuditregelRow.id)
                .limit(limit)
            )
        ).all()
        if not rows:
            return 0
        sealed = []
        for row in rows:
            link += 1
            seal_now = seal_of(tuple(row), previous)
            sealed.append({"regel": row.id, "nr": link, "na": previous, "met": seal_now})
            previous = seal_now
        await (await session.connection()).execute(_SEAL, sealed)
        await session.execute(update(AuditStand).where(AuditStand.id == _ONLY).values(schakel=link, zegel=previous))
        return len(rows)


async def verify_chain(db: Database) -> ChainReport:
    """Recompute every seal from the last checkpoint to the end, and count what is not sealed yet."""
    async with db.read() as session:
        if db.dialect == "postgresql":  # one snapshot, whatever is sealed or purged meanwhile
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        waiting = (
            await session.execute(
                select(func.count()).select_from(AuditregelRow).where(AuditregelRow.schakel.is_(None))
            )
        ).scalar_one()
        stand = await session.get(AuditStand, _ONLY)
        end = (stand.schakel, stand.zegel) if stand is not None else (0, GENESIS)
        link, previous = await _start(session)
        if link and not await _is_backed(session, link, previous):
            return ChainReport(0, waiting, link, "Het ijkpunt van de laatste opschoning staat niet in het spoor zelf.")
        checked = 0
        while True:
            rows = (
                await session.execute(
                    select(_TABLE).where(AuditregelRow.schakel > link).order_by(AuditregelRow.schakel).limit(_BATCH)
                )
            ).all()
            for row in rows:
                if row.schakel != link + 1:
                    return ChainReport(checked, waiting, link + 1, "Er ontbreekt een regel.")
                if row.vorige != previous or row.zegel != _reseal(row, previous):
                    return ChainReport(checked, waiting, row.schakel, "Een regel is na het verzegelen veranderd.")
                link, previous, checked = row.schakel, row.zegel, checked + 1
            if len(rows) < _BATCH:
                break
        if (link, previous) != end:
            return ChainReport(checked, waiting, link + 1, "Het einde van het spoor ontbreekt.")
        return ChainReport(checked, waiting)


def _reseal(row: Row[tuple[object, ...]], previous: str) -> str:
    return seal_of([row._mapping[column] for column in _CONTENT], previous)


async def _start(session: AsyncSession) -> tuple[int, str]:
    found = (
        await session.execute(select(Ijkpunt.schakel, Ijkpunt.zegel).order_by(Ijkpunt.schakel.desc()).limit(1))
    ).one_or_none()
    return (0, GENESIS) if found is None else (found.schakel, found.zegel)


async def _is_backed(session: AsyncSession, link: int, seal_then: str) -> bool:
    found = await session.execute(
        select(AuditregelRow.id)
        .join(Auditsleutel, Auditsleutel.regel == AuditregelRow.id)
        .where(Auditsleutel.soort == "schakel", Auditsleutel.waarde == str(link), AuditregelRow.reden == seal_then)
        .limit(1)
    )
    return found.first() is not None


async def purge(db: Database, before: datetime, *, wie: Principal = SYSTEM) -> int:
    """Remove sealed lines from before `before`, from the front of the chain up to one checkpoint. Returns the count.

    The checkpoint stands in the trail as a line of its own, so that a cut nobody made is noticed.
    """
    async with db.write() as unit:
        return await _purge(unit, before, wie)


async def _purge(unit: UnitOfWork, before: datetime, wie: Principal) -> int:
    session = unit.session
    await ensure_stand(session, unit.dialect)
    await session.execute(select(AuditStand.id).where(AuditStand.id == _ONLY).with_for_update())
    start, _ = await _start(session)
    done = AuditregelRow.schakel > start
    kept_from = (
        await session.execute(select(func.min(AuditregelRow.schakel)).where(done, AuditregelRow.op >= before))
    ).scalar_one()
    last = (
        await session.execute(
            select(AuditregelRow.schakel, AuditregelRow.zegel)
            .where(done if kept_from is None else done & (AuditregelRow.schakel < kept_from))
            .order_by(AuditregelRow.schakel.desc())
            .limit(1)
        )
    ).one_or_none()
    if last is None:
        return 0
    gone = select(AuditregelRow.id).where(AuditregelRow.schakel <= last.schakel)
    await session.execute(delete(Auditsleutel).where(Auditsleutel.regel.in_(gone)))
    removed = await session.execute(
        delete(AuditregelRow).where(AuditregelRow.schakel <= last.schakel).returning(AuditregelRow.id)
    )
    count = len(removed.all())
    await session.execute(delete(Ijkpunt))
    await session.execute(insert(Ijkpunt), [{"schakel": last.schakel, "zegel": last.zegel, "op": unit.now}])
    unit.audit(Auditregel(wie, "opgeschoond", "schakel", str(last.schakel), reden=last.zegel, bron="audit"))
    return count
