"""The one task per deployment that chains committed audit lines within seconds.

A lease in the database decides which worker it is; the lock in `chain.seal` keeps the chain right even when two think
they hold it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import structlog
from sqlalchemy import or_, update
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend.audit.chain import ensure_stand, seal, unsealed
from kcs_desktop.backend.audit.tables import AuditStand
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.doorlopend import Doorlopend

log = structlog.get_logger(__name__)
_LEASE = timedelta(seconds=15)


class Sealer(Doorlopend):
    """At its end it seals what is left and gives up the lease."""

    naam = "audit.seal"

    def __init__(self, db: Database, *, interval: float = 2.0) -> None:
        super().__init__(interval)
        self._db = db
        self._holder = uuid4().hex

    async def turn(self) -> int:
        """Seal everything that waits, when this worker holds the lease. Returns how many lines were chained."""
        if not await unsealed(self._db) or not await self._hold():
            return 0
        total = 0
        while count := await seal(self._db):
            total += count
        return total

    async def leave(self) -> None:
        await self._safe_turn()
        await self._release()

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
