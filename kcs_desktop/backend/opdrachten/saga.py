"""A command to a register upstream: one step at a time, each to be found again after any end of this process.

One transaction per call: it stores the result of the call before, runs the handler up to the next call, and stores the
intent of that one. No transaction is open while a register is asked. Once the handler gets to its end, its own rows,
its announcements, its audit lines and the outcome are committed together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

import msgspec
import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.audit.store import record_intent
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.fouten import problem_of
from kcs_desktop.backend.opdrachten import herroepen, slot, stappen
from kcs_desktop.backend.opdrachten.claim import ClaimLost, conclude, hold
from kcs_desktop.backend.opdrachten.herhalen import Afgeweken, SlotNodig, StapNodig, StapRegister, Verloop, last_seen
from kcs_desktop.backend.opdrachten.stap import (
    MAKES,
    Context,
    NogNiet,
    Onzeker,
    Stand,
    Stap,
    Uitslag,
    Upstream,
    as_json,
)
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow
from kcs_desktop.backend.opdrachten.werk import Handler, Werk
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.port import Register
from kcs_desktop.domain.errors import Forbidden, RetryableError, UserError
from kcs_desktop.domain.opdracht import Uitkomst

log = structlog.get_logger(__name__)
SERIALIZATION = frozenset({"40001", "40P01", "23505"})  # conflicting transactions; the same again usually passes
_ATTEMPTS = 4
_WAIT = 0.1  # seconds between two looks at a slot that another command holds
_PATIENCE = 100  # looks
_TURNS = 8  # how often a handler may ask for another call than before
Weigering = UserError | HttpProblem


class Eerst(Enum):
    """What comes before the next call: the intent in the audit trail, a name that another command holds, or nothing
    but the handler once more."""

    VOORNEMEN = 1
    WACHT = 2
    OPNIEUW = 3


Verder = Uitkomst | Stap | Exception | Eerst


class Opgave(msgspec.Struct, frozen=True):
    """A claimed command. `refusal` is the audit line of a refusal with this code, `intent` that of its beginning."""

    id: str
    token: str
    handler: Handler
    gegevens: Any
    verzoek: Verzoek
    doelbinding: str
    intent: Auditregel
    refusal: Callable[[Weigering], Auditregel]


class Saga:
    """One attempt at one command."""

    def __init__(
        self, db: Database, registers: Mapping[str, Register], upstream: Mapping[str, Upstream], opgave: Opgave
    ) -> None:
        self._db = db
        self._registers = registers
        self._upstream = upstream
        self._opgave = opgave
        self._stappen: dict[int, Stap] = {}
        self._voornemen = ""
        self._begonnen: datetime | None = None
        self._afgeweken = 0

    async def run(self) -> Uitkomst:
        """Raises ClaimLost, Forbidden, or whatever left the command without a verdict."""
        await self._resume()
        roep: Stap | None = None
        uitslag: Uitslag | None = None
        waited = 0
        while True:
            verder = await self._again(roep, uitslag)
            roep = uitslag = None
            match verder:
                case Uitkomst():
                    return verder
                case Stap():
                    roep, uitslag, waited = verder, await self._call(verder), 0
                case Exception():
                    raise verder
                case Eerst.VOORNEMEN:
                    self._voornemen = await record_intent(self._db, self._opgave.intent)
                case Eerst.WACHT if waited < _PATIENCE:
                    waited += 1
                    await asyncio.sleep(_WAIT)
                case Eerst.WACHT:
                    raise _busy("Een andere opdracht over dezelfde klant is nog bezig.")
                case Eerst.OPNIEUW:
                    pass

    async def _resume(self) -> None:
        async with self._db.write() as unit:
            await hold(unit, self._opgave.id, self._opgave.token)
            self._stappen = {stap.nr: stap for stap in await stappen.refresh(unit, self._opgave.id)}
            query = select(OpdrachtRow.voornemen, OpdrachtRow.ontvangen_op).where(OpdrachtRow.id == self._opgave.id)
            self._voornemen, self._begonnen = (await unit.session.execute(query)).one()

    async def _again(self, roep: Stap | None, uitslag: Uitslag | None) -> Verder:
        """A turn; what it had to store is not lost where its transaction runs into another one."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._turn(roep, uitslag)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in SERIALIZATION or attempt == _ATTEMPTS:
                    raise
                log.info("opdracht.again", opdracht=self._opgave.id, attempt=attempt)
        raise AssertionError("unreachable")

    async def _turn(self, roep: Stap | None, uitslag: Uitslag | None) -> Verder:
        known = dict(self._stappen)
        async with self._db.write() as unit:
            await hold(unit, self._opgave.id, self._opgave.token)
            unit.bij = self._voornemen
            if roep is not None and uitslag is not None:
                known[roep.nr] = await self._store(unit, roep, uitslag)
            verder = await self._next(unit, known)
        self._stappen = known
        return verder

    async def _store(self, unit: UnitOfWork, roep: Stap, uitslag: Uitslag) -> Stap:
        if not uitslag.bezet:
            return await stappen.conclude(unit, self._opgave.id, roep, uitslag)
        key = self._key_for(self._stappen, roep, roep.verzoeken)
        return await stappen.rename(unit, self._opgave.id, roep, key)

    async def _next(self, unit: UnitOfWork, known: dict[int, Stap]) -> Verder:
        if stappen.AFBREKEN in known:
            return await self._undo(unit, known)
        before = unit.collected()
        try:
            async with unit.session.begin_nested():
                resultaat = await self._replay(unit, known)
        except (StapNodig, SlotNodig, Afgeweken, UserError, RetryableError, HttpProblem) as stopped:
            unit.back_to(before)
            return await self._stopped(unit, known, stopped)
        return await self._end(unit, resultaat=resultaat)

    async def _replay(self, unit: UnitOfWork, known: Mapping[int, Stap]) -> dict[str, Any]:
        opgave = self._opgave
        verloop = Verloop(known.values(), await slot.held(unit.session, opgave.id))
        over = {naam: StapRegister(upstream, verloop) for naam, upstream in self._upstream.items()}
        registers = {**self._registers, **over}
        werk = Werk(
            unit,
            registers["klantinteracties"],
            opgave.verzoek,
            opgave.doelbinding,
            registers=registers,
            verloop=verloop,
            begonnen=self._begonnen,
            opdracht=opgave.id,
        )
        return await opgave.handler.carry_out(werk, opgave.gegevens)

    async def _stopped(self, unit: UnitOfWork, known: dict[int, Stap], stopped: Exception) -> Verder:
        match stopped:
            case StapNodig():
                return await self._intend(unit, known, known.get(stopped.nr) or Stap(stopped.nr, stopped.vraag))
            case SlotNodig():
                if not await slot.take(unit, self._opgave.id, stopped.names):
                    return Eerst.WACHT
                # A slot that was lost on the way: what was read under it says nothing any more.
                return await self._forget(unit, known, stopped.nr + 1) or Eerst.OPNIEUW
            case Afgeweken():
                self._afgeweken += 1
                dropped = await self._forget(unit, known, stopped.nr) if self._afgeweken < _TURNS else None
                return dropped or await self._refuse(unit, known, _diverged())
            case HttpProblem() if stopped.status >= 500:
                return stopped
            case RetryableError():
                return stopped
            case _:
                assert isinstance(stopped, UserError | HttpProblem)  # noqa: S101 -- the only other kinds caught
                return await self._refuse(unit, known, stopped)

    async def _forget(self, unit: UnitOfWork, known: dict[int, Stap], nr: int) -> Eerst | None:
        """Drop what was read from this step on. None where something was written there."""
        later = [stap for stap in known.values() if stap.nr >= nr]
        if any(stap.vraag.is_write for stap in later):
            return None
        await stappen.forget_from(unit, self._opgave.id, nr)
        for stap in later:
            del known[stap.nr]
        return Eerst.OPNIEUW

    async def _intend(self, unit: UnitOfWork, known: dict[int, Stap], stap: Stap) -> Verder:
        if not self._voornemen:
            return Eerst.VOORNEMEN
        opgave = self._opgave
        if stap.verzoeken == 0 and not stap.sleutel:
            stap = msgspec.structs.replace(stap, sleutel=self._key_for(known, stap, 0))
        longest = self._upstream[stap.vraag.register].longest(stap.vraag)
        known[stap.nr] = await stappen.intend(unit, opgave.id, stap, longest, self._voornemen)
        return known[stap.nr]

    def _key_for(self, known: Mapping[int, Stap], stap: Stap, poging: int) -> str:
        before = [al.vraag for al in known.values() if al.nr < stap.nr and al.vraag.daad in MAKES]
        volgnr = sum(al.register == stap.vraag.register and al.resource == stap.vraag.resource for al in before)
        return self._upstream[stap.vraag.register].key_for(stap.vraag, self._opgave.id, volgnr, poging)

    async def _call(self, stap: Stap) -> Uitslag:
        others = [other for other in self._stappen.values() if other.nr != stap.nr]
        context = Context(
            self._opgave.verzoek,
            self._db.clock(),
            stappen.made_by(others),
            last_seen(others, stap.vraag) if stap.vraag.uuid else None,
            self._opgave.id,
            is_herhaald=any(other.gevonden for other in others),
        )
        try:
            return await self._upstream[stap.vraag.register].carry_out(stap, context)
        except Onzeker as unknown:
            await self._failed(stap, sent=True, onzeker=True)
            raise unknown.problem from None
        except NogNiet as unsent:
            await self._failed(stap, sent=False, onzeker=stap.onzeker)
            raise unsent.problem from None
        except HttpProblem:
            await self._failed(stap, sent=True, onzeker=False)
            raise

    async def _failed(self, stap: Stap, *, sent: bool, onzeker: bool) -> None:
        """Where this cannot be stored, the step counts as uncertain, which is always safe."""
        try:
            async with self._db.write() as unit:
                await hold(unit, self._opgave.id, self._opgave.token)
                await stappen.failed(unit, self._opgave.id, stap, sent=sent, onzeker=onzeker)
        except (SQLAlchemyError, OSError, ClaimLost) as error:
            log.warning("opdracht.step_unknown", opdracht=self._opgave.id, error=type(error).__name__)

    async def _refuse(self, unit: UnitOfWork, known: dict[int, Stap], refused: Weigering) -> Verder:
        """A verdict only where nothing is left of it: what it made is taken away first."""
        written = [stap for stap in known.values() if stap.vraag.is_write and stap.stand is not Stand.GEWEIGERD]
        if not written and isinstance(refused, Forbidden):
            return refused
        if not written:
            return await self._end(unit, refused=refused)
        stap = herroepen.marker(as_json(refused))
        await stappen.note(unit, self._opgave.id, stap)
        known[stap.nr] = stap
        return await self._undo(unit, known)

    async def _undo(self, unit: UnitOfWork, known: dict[int, Stap]) -> Verder:
        for stap in herroepen.undoing(known, self._upstream):
            mine = known.get(stap.nr, stap)
            if mine.stand is Stand.VOORGENOMEN:
                of = known[stap.nr - stappen.AFBREKEN]
                rest = self._upstream[of.vraag.register].rest
                if of.onzeker and of.gevraagd_op is not None and unit.now < of.gevraagd_op + rest:
                    return _busy("Het register is misschien nog bezig met een deel van deze opdracht.")
                return await self._intend(unit, known, mine)
        return await self._end(unit, refused=herroepen.verdict(known, self._upstream))

    async def _end(
        self, unit: UnitOfWork, *, resultaat: dict[str, Any] | None = None, refused: Weigering | None = None
    ) -> Uitkomst:
        opgave = self._opgave
        await stappen.strip(unit, opgave.id)
        await slot.let_go(unit, opgave.id)
        if refused is None:
            return await conclude(unit, opgave.id, resultaat=resultaat)
        unit.audit(opgave.refusal(refused))
        return await conclude(unit, opgave.id, fout=problem_of(refused, instance=opgave.verzoek.request_id))


def _busy(why: str) -> HttpProblem:
    return HttpProblem(503, "opdracht-wacht", "Nu niet beschikbaar.", f"{why} Dit gaat vanzelf verder.", retryAfter=5)


def _diverged() -> HttpProblem:
    return HttpProblem(
        409,
        "opdracht-veranderd",
        "Intussen gewijzigd.",
        "Terwijl dit werd vastgelegd, veranderden de gegevens waar het op berust. Geef de opdracht opnieuw.",
    )
