"""A task that one worker of a deployment does at a time: held under a lease, done at most once per interval."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import or_, update
from sqlalchemy.dialects import postgresql, sqlite

from kcs_desktop.backend.beheer.tables import BeheertaakRow
from kcs_desktop.backend.db.unit import Database


class Beurt:
    """`hold` before the work, `release` after it. A worker that died in the middle is followed up after the lease."""

    def __init__(self, db: Database, naam: str, every: timedelta, lease: timedelta) -> None:
        self._db = db
        self._naam = naam
        self._every = every
        self._lease = lease
        self._holder = uuid4().hex

    async def hold(self) -> bool:
        """Whether it is due and nobody else is at it. What was held here and not released is held on: it failed."""
        async with self._db.write() as unit:
            new = {"naam": self._naam, "houder": "", "gehouden_tot": None, "gedaan_op": None}
            dialect = postgresql if unit.dialect == "postgresql" else sqlite
            await unit.session.execute(dialect.insert(BeheertaakRow).values(new).on_conflict_do_nothing())
            mine = await unit.session.execute(
                update(BeheertaakRow)
                .where(
                    BeheertaakRow.naam == self._naam,
                    or_(
                        BeheertaakRow.gehouden_tot.is_(None),
                        BeheertaakRow.gehouden_tot < unit.now,
                        BeheertaakRow.houder == self._holder,
                    ),
                    or_(BeheertaakRow.gedaan_op.is_(None), BeheertaakRow.gedaan_op <= unit.now - self._every),
                )
                .values(houder=self._holder, gehouden_tot=unit.now + self._lease)
                .returning(BeheertaakRow.naam)
                .execution_options(synchronize_session=False)
            )
            return mine.first() is not None

    async def release(self) -> None:
        """It is done; whoever holds it meanwhile keeps it."""
        async with self._db.write() as unit:
            await unit.session.execute(
                update(BeheertaakRow)
                .where(BeheertaakRow.naam == self._naam, BeheertaakRow.houder == self._holder)
                .values(houder="", gehouden_tot=None, gedaan_op=unit.now)
                .execution_options(synchronize_session=False)
            )
