"""Has the scanner look at each file that is whole, one at a time per worker, until it says something.

A scanner that fails is asked again later, and later each time; the file waits meanwhile and no document can have it.
What was never looked at goes first, so that files a scanner can say nothing about hold up no other. A worker that died
is followed up after the lease.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from kcs_desktop.backend.bestanden import opslag
from kcs_desktop.backend.bestanden.opslag import BESTAND, STUKKEN, Bestand
from kcs_desktop.backend.bestanden.scanner import Scanner, ScannerFailed, Uitslag
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.doorlopend import Doorlopend
from kcs_desktop.backend.settings import Settings
from kcs_desktop.domain.bestandsoverdracht import Bestandstand as Stand
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.gebeurtenis import Wijziging

log = structlog.get_logger(__name__)
FUNCTIE = "dossier"
AGAIN = timedelta(seconds=30)  # after a scanner that failed, at the least
SELDOM = timedelta(minutes=10)  # and at the most
_BRING_CONTENT = frozenset({"bestand", "informatieobject"})
_MARGIN = timedelta(minutes=1)  # beside the time the scanner may take
_TABLE, _PIECES = BESTAND.id.table, STUKKEN.nr.table


def new_stand(settings: Settings) -> Stand:
    """What content is when it has just come in."""
    return Stand.ONDERZOEK if settings.virusscanner else Stand.ONBEKEND


class Onderzoek(Doorlopend):
    """Without a scanner there is nothing to do and nothing is started."""

    naam = "virusonderzoek"

    def __init__(self, db: Database, scanner: Scanner | None, seconds: float, *, interval: float = 15.0) -> None:
        super().__init__(interval)
        self._db = db
        self._scanner = scanner
        self._lease = timedelta(seconds=seconds) + _MARGIN

    def start(self) -> None:
        if self._scanner is not None:
            super().start()

    async def stop(self) -> None:
        """At once, for a scanner may take long. The file that it had is looked at again after the lease."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    def heard(self, unit: UnitOfWork) -> None:
        """Something was written: where it may have brought content, do not wait for the next turn."""
        if any(change.soort in _BRING_CONTENT for change in unit.wijzigingen):
            self.wake()

    async def turn(self) -> int:
        """Look at every file that waits; how many the scanner had an answer to."""
        done = 0
        while self._scanner is not None and (bestand := await self._claim()) is not None:
            try:
                uitslag = await self._scanner.scan(bestand.omvang, opslag.read_slowly(self._db, bestand))
            except ScannerFailed as failed:
                log.warning("virusonderzoek.scanner", reden=str(failed))
                await self._again(bestand)
                break
            except NotFound:
                continue  # it was dropped meanwhile
            await self._conclude(bestand, uitslag)
            done += 1
        return done

    async def _claim(self) -> Bestand | None:
        """A file that was never looked at, or else the one that is due longest; from here on nobody else looks at it
        until the lease has run out."""
        async with self._db.write() as unit:
            waits = and_(
                BESTAND.stand == Stand.ONDERZOEK,
                or_(BESTAND.onderzoek_na.is_(None), BESTAND.onderzoek_na <= unit.now),
            )
            first = select(BESTAND.id).where(waits).limit(1)
            first = first.order_by(BESTAND.onderzoek_na.asc().nulls_first(), BESTAND.gemaakt_op)
            uuid = await unit.session.scalar(first.with_for_update(skip_locked=True))
            if uuid is None:
                return None
            await unit.session.execute(_set(BESTAND.id == uuid, onderzoek_na=unit.now + self._lease))
            return await opslag.find(unit.session, uuid)

    async def _again(self, bestand: Bestand) -> None:
        """After a pause as long as it waits already, so that each is twice the last."""
        async with self._db.write() as unit:
            await unit.session.execute(
                _set(
                    and_(opslag.same(bestand), BESTAND.stand == Stand.ONDERZOEK),
                    onderzoek_na=unit.now + min(max(AGAIN, unit.now - bestand.gemaakt_op), SELDOM),
                    reden="De virusscanner kon dit bestand nog niet onderzoeken. Hij wordt opnieuw gevraagd.",
                )
            )

    async def _conclude(self, bestand: Bestand, uitslag: Uitslag) -> None:
        """Say what was found; content with a virus that no document has is gone at once."""
        stand = Stand.SCHOON if uitslag.is_schoon else Stand.BESMET
        async with self._db.write() as unit:
            found = await unit.session.execute(
                _set(
                    and_(opslag.same(bestand), BESTAND.stand == Stand.ONDERZOEK),
                    stand=stand.value,
                    reden=uitslag.reden,
                    onderzoek_na=None,
                ).returning(BESTAND.gebruikt)
            )
            row = found.first()
            if row is None:
                return
            if stand is Stand.BESMET:
                log.warning("virusonderzoek.besmet", bestand=bestand.id)
                if not row.gebruikt:
                    await unit.session.execute(delete(_PIECES).where(STUKKEN.bestand == bestand.id))
            unit.emit(Wijziging("bestand", bestand.id, "gewijzigd", FUNCTIE, ()))


def _set(where: ColumnElement[bool], **values: Any) -> Any:
    return update(_TABLE).where(where).values(**values)
