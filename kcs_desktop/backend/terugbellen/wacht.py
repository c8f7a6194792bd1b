"""The guard over promises: reminds on the day a note is due, and escalates when the norm has passed.

One worker of a deployment does it at a time. It writes to our own rows alone, never to the register, and tells the
seats of each; what a colleague closes meanwhile is not escalated.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec
from sqlalchemy import select

from kcs_desktop.backend.beheer.beurt import Beurt
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.doorlopend import Doorlopend
from kcs_desktop.backend.standards.klantinteracties.tables import InterneTaak
from kcs_desktop.backend.terugbellen.bijhouden import ADOPTED_AT_ONCE, adopt, announce
from kcs_desktop.backend.terugbellen.indeling import Indeling, Indelingen
from kcs_desktop.backend.terugbellen.normen import Normen
from kcs_desktop.backend.terugbellen.tables import TbNotitie
from kcs_desktop.domain.terugbeltaak import Escalatie

NAAM = "terugbelnotities bewaken"
EVERY = timedelta(seconds=30)
AT_ONCE = 200
_LEASE = timedelta(minutes=5)


class Gedaan(msgspec.Struct, frozen=True):
    """What a turn did."""

    herinnerd: int = 0
    geescaleerd: int = 0


class Terugbelwacht(Doorlopend):
    """Each portion stands on its own."""

    naam = "terugbelwacht"

    def __init__(
        self, db: Database, normen: Normen, indelingen: Indelingen, *, embedded: bool, interval: float = 60.0
    ) -> None:
        super().__init__(interval)
        self._db = db
        self._normen = normen
        self._indelingen = indelingen
        self._embedded = embedded
        self._beurt = Beurt(db, NAAM, EVERY, _LEASE)

    async def turn(self) -> Gedaan | None:
        """Look at every note that is due to be looked at. None when it is not due or another worker is at it."""
        if not await self._beurt.hold():
            return None
        async with self._db.read() as session:
            indeling = await self._indelingen.read(session)
        while self._embedded and await adopt(self._db, self._normen, indeling) == ADOPTED_AT_ONCE:
            pass
        herinnerd = geescaleerd = 0
        while True:
            looked, gedaan = await self._look(indeling)
            herinnerd, geescaleerd = herinnerd + gedaan.herinnerd, geescaleerd + gedaan.geescaleerd
            if looked < AT_ONCE:
                break
        await self._beurt.release()
        return Gedaan(herinnerd, geescaleerd)

    async def _look(self, indeling: Indeling) -> tuple[int, Gedaan]:
        async with self._db.write() as unit:
            due = (
                select(TbNotitie)
                .where(TbNotitie.kijk_op <= unit.now)
                .order_by(TbNotitie.kijk_op, TbNotitie.internetaak)
                .limit(AT_ONCE)
                .with_for_update()
            )
            rows = list(await unit.session.scalars(due))
            standen = await self._standen(unit, [row.internetaak for row in rows])
            herinnerd = geescaleerd = 0
            for row in rows:
                stand = standen.get(row.internetaak)
                if self._embedded and stand != "te_verwerken":
                    row.kijk_op = None
                    if stand is None:
                        row.verdwenen_op = unit.now
                        announce(unit, row.internetaak, row.partij)
                    continue
                before = row.escalatie
                herinnerd += self._step(row, unit, indeling)
                geescaleerd += row.escalatie != before
                announce(unit, row.internetaak, row.partij)
            return len(rows), Gedaan(herinnerd, geescaleerd)

    async def _standen(self, unit: UnitOfWork, taken: list[str]) -> dict[str, str]:
        if not taken:
            return {}
        query = select(InterneTaak.uuid, InterneTaak.status).where(InterneTaak.uuid.in_(taken))
        return {row.uuid: row.status for row in (await unit.session.execute(query)).all()}

    def _step(self, row: TbNotitie, unit: UnitOfWork, indeling: Indeling) -> bool:
        """Bring the note to where it must be now, and say when to look again. Whether it was reminded."""
        reminded = row.herinnerd_op is None
        row.herinnerd_op = row.herinnerd_op or unit.now
        coordinator = indeling.coordinatoren.get(row.afdeling, "")
        last_call = self._normen.last_call(row.deadline) if coordinator else row.deadline
        if unit.now < row.deadline:
            row.kijk_op = row.deadline
        elif unit.now < last_call:
            row.escalatie, row.escalatie_naar = Escalatie.COORDINATOR.value, coordinator
            row.kijk_op = last_call
        else:
            row.escalatie, row.escalatie_naar = Escalatie.FLOORMANAGER.value, coordinator
            row.kijk_op = None
        return reminded
