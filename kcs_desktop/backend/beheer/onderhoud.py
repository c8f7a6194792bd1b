"""The daily upkeep: forget what was kept long enough. One worker of a deployment does it, under a lease.

It decides nothing about how long: the settings do. Commands are kept 90 days, because older ids are refused.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import delete, or_

from kcs_desktop.backend.accounts.pogingen import WINDOW
from kcs_desktop.backend.accounts.tables import AanmeldpogingRij, KeuzeRij, SessieRij
from kcs_desktop.backend.audit import chain
from kcs_desktop.backend.beheer.beurt import Beurt
from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.doorlopend import Doorlopend
from kcs_desktop.backend.feed.store import truncate
from kcs_desktop.backend.meekijkers.store import forget_expired
from kcs_desktop.backend.opdrachten import claim
from kcs_desktop.backend.settings import Settings

NAAM = "dagelijks onderhoud"
EVERY = timedelta(days=1)
UNUSED = timedelta(days=7)  # a file that no document names
_CALM = 60.0  # seconds after the start, when everybody signs in at once
_LEASE = timedelta(minutes=30)  # a worker that died in the middle is followed up after this


class Opgeruimd(msgspec.Struct, frozen=True):
    """How much was forgotten."""

    gebeurtenissen: int
    opdrachten: int
    auditregels: int
    sessies: int
    bestanden: int


class Onderhoud(Doorlopend):
    """Each part stands on its own."""

    naam = "onderhoud"

    def __init__(self, db: Database, settings: Settings, *, interval: float = 600.0) -> None:
        super().__init__(interval, first=_CALM)
        self._db = db
        self._settings = settings
        self._beurt = Beurt(db, NAAM, EVERY, _LEASE)

    async def turn(self) -> Opgeruimd | None:
        """Do it, when it is due and nobody else is at it. None when there was nothing to do here."""
        if not await self._beurt.hold():
            return None
        now = self._db.clock()
        kept = self._settings
        done = Opgeruimd(
            gebeurtenissen=await truncate(self._db, now - timedelta(days=kept.bewaren_gebeurtenissen)),
            opdrachten=await claim.purge(self._db),
            auditregels=await chain.purge(self._db, now - timedelta(days=kept.bewaren_audit)),
            sessies=await self._purge_sessions(now - timedelta(days=kept.bewaren_sessies)),
            bestanden=await opslag.drop_unused(self._db, now - UNUSED),
        )
        await self._beurt.release()
        return done

    async def _purge_sessions(self, before: datetime) -> int:
        async with self._db.write() as unit:
            ended = or_(SessieRij.verloopt_op < before, SessieRij.beeindigd_op < before)
            gone = await unit.session.execute(delete(SessieRij).where(ended).returning(SessieRij.id))
            count = len(gone.all())
            await forget_expired(unit)
            await unit.session.execute(delete(KeuzeRij).where(KeuzeRij.verloopt_op <= unit.now))
            await unit.session.execute(delete(AanmeldpogingRij).where(AanmeldpogingRij.op <= unit.now - WINDOW))
            return count
