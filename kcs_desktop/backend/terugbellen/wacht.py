"""The guard over promises: reminds on the day a note is due, and escalates when the norm has passed.

One worker of a deployment does it at a time. It writes to our own rows alone, never to the register, and tells the
seats of each; what a colleague closes meanwhile is not escalated.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec
import structlog
from sqlalchemy import and_, or_, select, update

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_intent, record_outcome
from kcs_desktop.backend.beheer.beurt import Beurt
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.doorlopend import Doorlopend
from kcs_desktop.backend.principal import Principal, Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.terugbellen.bijhouden import ADOPTED_AT_ONCE, adopt, announce
from kcs_desktop.backend.terugbellen.bron import OPEN, Bron
from kcs_desktop.backend.terugbellen.elders import ELDERS
from kcs_desktop.backend.terugbellen.indeling import Indeling, Indelingen
from kcs_desktop.backend.terugbellen.ingebed import INGEBED
from kcs_desktop.backend.terugbellen.spiegel import Spiegel
from kcs_desktop.backend.terugbellen.tables import TbNotitie
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.terugbeltaak import Escalatie
from kcs_desktop.domain.uuid7 import new_id

log = structlog.get_logger(__name__)
_WACHT = Principal("systeem", "kcs-backend", "systeem", {})
_DOEL = "Terugbelnotities bewaken"
READ_EVERY = timedelta(minutes=10)
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
        self,
        db: Database,
        normen: Normen,
        indelingen: Indelingen,
        *,
        spiegel: Spiegel | None = None,
        interval: float = 60.0,
    ) -> None:
        """`spiegel` where the register is upstream."""
        super().__init__(interval)
        self._db = db
        self._normen = normen
        self._indelingen = indelingen
        self._spiegel = spiegel
        self._bron: Bron = INGEBED if spiegel is None else ELDERS
        self._gelezen_op = db.clock()
        self._beurt = Beurt(db, NAAM, EVERY, _LEASE)

    async def turn(self) -> Gedaan | None:
        """Look at every note that is due to be looked at. None when it is not due or another worker is at it."""
        if not await self._beurt.hold():
            return None
        async with self._db.read() as session:
            indeling = await self._indelingen.read(session)
        if self._spiegel is not None:
            await self._read(self._spiegel)
        while await adopt(self._db, self._normen, indeling, self._bron) == ADOPTED_AT_ONCE:
            pass
        await self._resume()
        herinnerd = geescaleerd = 0
        while True:
            looked, gedaan = await self._look(indeling)
            herinnerd, geescaleerd = herinnerd + gedaan.herinnerd, geescaleerd + gedaan.geescaleerd
            if looked < AT_ONCE:
                break
        await self._beurt.release()
        return Gedaan(herinnerd, geescaleerd)

    async def _resume(self) -> None:
        """Guard again what another program opened once more, whoever had closed it: it is not finished any more."""
        taak = self._bron.taak
        async with self._db.write() as unit:
            await unit.session.execute(
                update(TbNotitie)
                .where(
                    or_(
                        TbNotitie.afgehandeld_op.is_not(None),
                        and_(TbNotitie.kijk_op.is_(None), TbNotitie.escalatie != Escalatie.FLOORMANAGER.value),
                    ),
                    TbNotitie.internetaak.in_(select(taak.uuid).where(taak.status == OPEN)),
                )
                .values(
                    kijk_op=unit.now,
                    verdwenen_op=None,
                    afgehandeld_op=None,
                    afgehandeld_door="",
                    afgehandeld_naam="",
                    resultaat="",
                )
                .execution_options(synchronize_session=False)
            )

    async def _read(self, spiegel: Spiegel) -> None:
        """Before anybody is reminded, and now and then for what other programs made. What the register does not tell
        now is guarded as it was known last."""
        now = self._db.clock()
        async with self._db.read() as session:
            due = await session.scalar(select(TbNotitie.internetaak).where(TbNotitie.kijk_op <= now).limit(1))
        if due is None and now < self._gelezen_op + READ_EVERY:
            return
        self._gelezen_op = now
        regel = Auditregel(_WACHT, "geraadpleegd", "terugbelnotities", "bewaken", _DOEL, bron="kcs")
        intent = await record_intent(self._db, regel)
        try:
            await spiegel.refresh(Verzoek(_WACHT, _DOEL, new_id(now)))
        except HttpProblem as problem:
            regel = msgspec.structs.replace(regel, gelukt=False, reden=problem.code)
            log.warning("terugbelwacht.register", code=problem.code)
        await record_outcome(self._db, intent, regel)

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
                if stand != OPEN:
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
        taak = self._bron.taak
        query = select(taak.uuid, taak.status).where(taak.uuid.in_(taken))
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
