"""The one task per deployment that chains committed audit lines within seconds.

A lease in the database decides which worker it is; the lock in `chain.seal` keeps the chain right even when two think
they hold it.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import structlog
from sqlalchemy import or_, update
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend.audit.chain import ensure_stand, seal, unsealed
from kcs_desktop.backend.audit.tables import AuditStand
from kcs_desktop.backend.db.unit import Database

log = structlog.get_logger(__name__)
_LEASE = timedelta(seconds=15)


class Sealer:
    """`start` and `stop` on the application's loop."""

    def __init__(self, db: Database, *, interval: float = 2.0) -> None:
        self._db = db
        self._interval = interval
        self._holder = uuid4().hex
        self._task: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="audit-sealer")

    async def stop(self) -> None:
        """Seal what is left, give up the lease, and end."""
        task, self._task = self._task, None
        if task is None:
            return
        self._stopping.set()
        await task
        self._stopping.clear()

    async def turn(self) -> int:
        """Seal everything that waits, when this worker holds the lease. Returns how many lines were chained."""
        if not await unsealed(self._db) or not await self._hold():
            return 0
        total = 0
        while count := await seal(self._db):
            total += count
        return total

    async def _run(self) -> None:
        while not self._stopping.is_set():
            await self._safe_turn()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._interval)
        await self._safe_turn()
        await self._release()

    async def _safe_turn(self) -> None:
        try:
            await self.turn()
        except (SQLAlchemyError, OSError) as error:
            log.warning("audit.seal_failed", error=type(error).__name__)

    async def _hold(self) -> bool:
        async with self._db.write() as unit:
            await ensure_stand(unit.session, unit.dialect)
            mine = await unit.session.execute(
                update(AuditStand)
                .where(
                    or_(
                        AuditStand.houder.in_(("", self._holder)),
                        AuditStand.gehouden_tot.is_(None),
                        AuditStand.gehouden_tot < unit.now,
                    )
                )
                .values(houder=self._holder, gehouden_tot=unit.now + _LEASE)
                .returning(AuditStand.id)
                .execution_options(synchronize_session=False)
            )
            return mine.first() is not None

    async def _release(self) -> None:
        try:
            async with self._db.write() as unit:
                await unit.session.execute(
                    update(AuditStand)
                    .where(AuditStand.houder == self._holder)
                    .values(houder="", gehouden_tot=None)
                    .execution_options(synchronize_session=False)
                )
        except (SQLAlchemyError, OSError) as error:
            log.warning("audit.release_failed", error=type(error).__name__)
