"""Carry a command out exactly once: claim, effect and outcome in one transaction, refusals stored like outcomes.

It knows nothing of any one command; those register themselves in `handlers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.fouten import problem_of
from kcs_desktop.backend.opdrachten.claim import ClaimLost, claim, conclude, find, hold, release
from kcs_desktop.backend.opdrachten.identiteit import payload_hash
from kcs_desktop.backend.opdrachten.leven import Leven
from kcs_desktop.backend.opdrachten.saga import SERIALIZATION, Opgave, Saga
from kcs_desktop.backend.opdrachten.stap import Upstream
from kcs_desktop.backend.opdrachten.werk import Handler, Werk
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.backend.standards.port import Register
from kcs_desktop.domain.errors import Forbidden, UserError
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst, Uitkomststand

log = structlog.get_logger(__name__)
_ATTEMPTS = 4
_MAKES = (".registreren", ".aanmaken", ".toevoegen", ".nummer-reserveren")
_BRON = {"zaak": "zaken", "document": "documenten"}  # of a line in the audit trail, by the first word of the command
__all__ = ["Handler", "Uitvoerder", "Werk"]


class Uitvoerder:
    """`execute` a command; safe to call twice at once, on any worker."""

    def __init__(
        self,
        db: Database,
        register: Register,
        handlers: dict[type, Handler],
        leven: Leven | None = None,
        *,
        registers: Mapping[str, Register] | None = None,
        upstream: Mapping[str, Upstream] | None = None,
    ) -> None:
        """`register` is the embedded Klantinteracties, `registers` the other embedded ones; what is in `upstream`
        takes their place."""
        self._db = db
        self._leven = leven
        self._registers = {**(registers or {}), "klantinteracties": register}
        self._upstream = upstream or {}
        self._handlers = handlers
        self._ended: set[str] = set()  # claims of attempts that failed here and could not be given back

    async def execute(self, opdracht: Opdracht, verzoek: Verzoek, doelbinding: str) -> tuple[bool, Uitkomst]:
        """(is new, outcome). An outcome `bezig` means another attempt is at it."""
        soort = str(type(opdracht.gegevens).__struct_config__.tag)
        digest = payload_hash(opdracht, verzoek.wie.id)
        mark = self._leven.mark if self._leven is not None else ""
        claimed = await claim(self._db, opdracht, soort, verzoek.wie.id, digest, mark=mark, ended=self._ended)
        if not claimed.token:
            return False, claimed.uitkomst
        handler = self._handlers[type(opdracht.gegevens)]
        try:
            uitkomst = await self._attempt(opdracht, handler, verzoek, doelbinding, claimed.token)
            log.info("opdracht", opdracht=opdracht.id, soort=soort, stand=uitkomst.stand, verzoek=verzoek.request_id)
            return True, uitkomst
        except ClaimLost:
            return False, await self._standing(opdracht, verzoek)
        except Exception:
            await self._give_back(opdracht.id, claimed.token)
            raise

    async def _attempt(
        self, opdracht: Opdracht, handler: Handler, verzoek: Verzoek, doelbinding: str, token: str
    ) -> Uitkomst:
        try:
            for functie, recht in handler.required(opdracht.gegevens):
                verzoek.wie.require(functie, recht)
            gegevens = handler.clean(opdracht.gegevens)
            if self._upstream:
                return await self._saga(opdracht, handler, gegevens, verzoek, doelbinding, token)
            return await self._effect(opdracht.id, handler, gegevens, verzoek, doelbinding, token)
        except Forbidden as refused:
            # No verdict either: the same person may hand it in again in the role in which it was done.
            async with self._db.write() as unit:
                unit.audit(self._refused(opdracht, handler, verzoek, doelbinding, refused))
            raise
        except (UserError, HttpProblem) as refused:
            if isinstance(refused, HttpProblem) and refused.status >= 500:
                raise  # no verdict on the command: the same one may succeed later
            return await self._refuse(opdracht, handler, verzoek, doelbinding, token, refused)

    async def _effect(
        self, opdracht_id: str, handler: Handler, gegevens: Any, verzoek: Verzoek, doelbinding: str, token: str
    ) -> Uitkomst:
        register = self._registers["klantinteracties"]
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                async with self._db.write() as unit:
                    await hold(unit, opdracht_id, token)
                    werk = Werk(unit, register, verzoek, doelbinding, registers=self._registers, opdracht=opdracht_id)
                    resultaat = await handler.carry_out(werk, gegevens)
                    return await conclude(unit, opdracht_id, resultaat=resultaat)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in SERIALIZATION or attempt == _ATTEMPTS:
                    raise
                log.info("opdracht.again", opdracht=opdracht_id, attempt=attempt)
        raise AssertionError("unreachable")

    async def _saga(
        self,
        opdracht: Opdracht,
        handler: Handler,
        gegevens: Any,
        verzoek: Verzoek,
        doelbinding: str,
        token: str,
    ) -> Uitkomst:
        def refusal(refused: UserError | HttpProblem) -> Auditregel:
            return self._refused(opdracht, handler, verzoek, doelbinding, refused)

        intent = msgspec.structs.replace(self._line(opdracht, handler, verzoek, doelbinding), gelukt=True)
        opgave = Opgave(opdracht.id, token, handler, gegevens, verzoek, doelbinding, intent, refusal)
        return await Saga(self._db, self._registers, self._upstream, opgave).run()

    async def _refuse(
        self,
        opdracht: Opdracht,
        handler: Handler,
        verzoek: Verzoek,
        doelbinding: str,
        token: str,
        refused: UserError | HttpProblem,
    ) -> Uitkomst:
        """Store the refusal with its audit line; the effect was rolled back."""
        async with self._db.write() as unit:
            await hold(unit, opdracht.id, token)
            unit.audit(self._refused(opdracht, handler, verzoek, doelbinding, refused))
            return await conclude(unit, opdracht.id, fout=problem_of(refused, instance=verzoek.request_id))

    def _refused(
        self,
        opdracht: Opdracht,
        handler: Handler,
        verzoek: Verzoek,
        doelbinding: str,
        refused: UserError | HttpProblem,
    ) -> Auditregel:
        line = self._line(opdracht, handler, verzoek, doelbinding)
        return msgspec.structs.replace(line, gelukt=False, reden=refused.code)

    def _line(self, opdracht: Opdracht, handler: Handler, verzoek: Verzoek, doelbinding: str) -> Auditregel:
        soort, waarde = handler.subject(opdracht.gegevens)
        tag = str(type(opdracht.gegevens).__struct_config__.tag)
        is_wijziging = not tag.endswith(_MAKES)
        return Auditregel(
            verzoek.wie,
            "gewijzigd" if is_wijziging else "geregistreerd",
            soort,
            waarde,
            doelbinding,
            bron=_BRON.get(tag.partition(".")[0], "klantinteracties"),
        )

    async def _standing(self, opdracht: Opdracht, verzoek: Verzoek) -> Uitkomst:
        async with self._db.read() as session:
            found = await find(session, opdracht.id, verzoek.wie.id, self._db.clock())
        return found or Uitkomst(opdracht.id, Uitkomststand.BEZIG)

    async def _give_back(self, opdracht_id: str, token: str) -> None:
        try:
            await release(self._db, opdracht_id, token)
        except (SQLAlchemyError, OSError) as error:
            # On another worker the lease runs out by itself; here it is known that nobody is at it.
            self._ended.add(token)
            log.warning("opdracht.release_failed", opdracht=opdracht_id, error=type(error).__name__)
