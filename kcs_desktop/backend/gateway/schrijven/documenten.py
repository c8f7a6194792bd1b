"""The register of documents upstream: an object like any other, and its content, in the body or in parts afterwards.

A part may be sent as often as one likes, and the register says which ones it has; so a repeat begins with looking.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import timedelta
from time import monotonic
from typing import Any, Protocol

import msgspec
import structlog

from kcs_desktop.backend.bestanden.opslag import read_part
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Ruw
from kcs_desktop.backend.gateway.formulier import Formulier
from kcs_desktop.backend.gateway.schrijven import antwoord as says
from kcs_desktop.backend.gateway.schrijven.register import Json, Lijn, UpstreamRegister, uuid_of
from kcs_desktop.backend.gateway.schrijven.sleutels import DOCUMENTEN, uuid_in
from kcs_desktop.backend.gateway.verbinding import Verzonden
from kcs_desktop.backend.opdrachten.stap import MAKES, Context, Daad, NogNiet, Onzeker, Stap, Uitslag, Vraag, as_json
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.errors import NotFound

log = structlog.get_logger(__name__)
NAAM = "enkelvoudiginformatieobjecten"
_TURN = 30.0  # seconds after which a call that sends parts ends, for the next one to go on
_SLOWEST = 512 * 1024  # bytes per second
_LOOKS = timedelta(minutes=2)
_GONE = "Het document staat niet meer in het register."


class Documentlijn(Lijn, Protocol):
    """What `verbinding.Verbinding` is to this."""

    async def send(
        self, verzoek: Verzoek, method: str, path: str, *, content: bytes | Formulier | None = None, limit: float = 0.0
    ) -> Ruw: ...


class Documentregister(UpstreamRegister):
    """A body whose `inhoud` is a mapping names a file of `db` with its hash; its content goes in when it is sent."""

    def __init__(self, lijn: Documentlijn, db: Database) -> None:
        super().__init__(lijn, DOCUMENTEN, {NAAM: ("informatieobject", "dossier")})
        self._parts = lijn
        self._db = db

    def longest(self, vraag: Vraag) -> timedelta:
        if vraag.daad is not Daad.FILL:
            return super().longest(vraag)
        return _LOOKS + timedelta(seconds=_TURN + self._limit_of(int(vraag.lichaam["grootste"])))

    async def carry_out(self, stap: Stap, context: Context) -> Uitslag:
        try:
            match stap.vraag.daad:
                case Daad.FILL:
                    return await self._fill(stap, context)
                case Daad.UNLOCK:
                    return await self._unlock(stap, context)
                case _:
                    return await super().carry_out(stap, context)
        except NotFound as gone:  # the file here: it was kept for as long as files are
            return Uitslag(fout=as_json(gone))

    # -- making ---------------------------------------------------------------------------------------------------

    async def _encoded(self, body: Json) -> bytes:
        given = body.get("inhoud")
        if not isinstance(given, Mapping):
            return await super()._encoded(body)
        bestand, sha256, omvang = str(given["bestand"]), str(given["sha256"]), int(body["bestandsomvang"])
        content = b"".join([part async for part in read_part(self._db, bestand, sha256, 0, omvang)])
        return msgspec.json.encode(body | {"inhoud": base64.b64encode(content).decode()})

    def _as_answer(self, stap: Stap, made: Json) -> Uitslag:
        """What the next calls need of it: an answer may name thousands of parts."""
        if stap.vraag.resource != NAAM:
            return super()._as_answer(stap, made)
        sizes = [int(part["omvang"]) for part in parts_of(made)]
        kept = {name: made.get(name) for name in ("url", "identificatie")}
        return Uitslag({**kept, "lock": lock_of(made), "grootste": max(sizes, default=0)})

    async def _look(self, stap: Stap, context: Context, body: Json) -> tuple[Json | None, bool]:
        """One that still needs its content is of use only with its lock, which not every answer shows. Without it
        that one is taken away, to be made again; one that has its content, never."""
        found, taken = await super()._look(stap, context, body)
        needs_content = body.get("inhoud") is None and bool(body.get("bestandsomvang"))
        if taken and needs_content:  # ours after all, where it was unlocked by force and what it had was thrown away
            found, taken = await super()._look(stap, context, body | {"bestandsomvang": None})
        if found is None or not needs_content or stap.vraag.daad not in MAKES:
            return found, taken
        whole = await self.one(context.verzoek, NAAM, uuid_of(found))
        if whole is None or lock_of(whole) or has_content(whole, int(body["bestandsomvang"])):
            return whole, False
        if _is_changed(whole):  # by a colleague, who has it now: ours gets another number
            return None, True
        log.warning("register.locked_out", register=self.naam)
        try:
            taken_away = await self._take_away(context.verzoek, NAAM, uuid_of(found))
        except Onzeker as unknown:
            raise unknown.problem from None
        # Refused, it stays there, empty and in no zaak; ours gets another number.
        return None, taken_away.fout is not None

    async def _take_away(self, verzoek: Verzoek, resource: str, uuid: str) -> Uitslag:
        """One that never had its content is unlocked by force, as a register keeps what is locked: nobody else can be
        at it yet. What is whole and locked, or was, a colleague is at."""
        taken_away = await super()._take_away(verzoek, resource, uuid)
        if resource != NAAM or not _is_locked(taken_away):
            return taken_away
        whole = await self.one(verzoek, NAAM, uuid)
        if whole is None:
            return Uitslag()
        if not parts_of(whole) or _is_changed(whole):
            return taken_away
        unknown: HttpProblem | None = None
        try:
            ruw = await self._lijn.send(verzoek, "POST", f"/{NAAM}/{uuid}/unlock", content=b"{}")
        except Verzonden as sent:
            unknown = sent.problem
        else:
            if says.is_unknown(ruw) or ruw.status >= 500:
                unknown = says.problem(self.naam, ruw)
            elif not says.is_done(ruw):
                if ruw.status != 403 or says.is_of_token(ruw):
                    says.refusal(self.naam, ruw, self._lijn.secrets)  # raises where it is no verdict on the document
                return taken_away
        again = await super()._take_away(verzoek, resource, uuid)  # which tells whether it was unlocked
        if unknown is not None and _is_locked(again):
            raise Onzeker(unknown)
        return again

    async def _holds_work(self, context: Context, vraag: Vraag, uuid: str) -> bool:
        if vraag.resource != NAAM:
            return await super()._holds_work(context, vraag, uuid)
        whole = await self.one(context.verzoek, NAAM, uuid)
        return whole is not None and _is_changed(whole)

    # -- content --------------------------------------------------------------------------------------------------

    async def _fill(self, stap: Stap, context: Context) -> Uitslag:
        """Send parts that are not there yet; in the answer how many are left for a next call."""
        asked, began = stap.vraag.lichaam, monotonic()
        document = await self.one(context.verzoek, NAAM, stap.vraag.uuid)
        if document is None:
            return Uitslag(fout=as_json(NotFound(_GONE)))
        if _is_ready(document, asked):
            return Uitslag({"over": 0})
        lock, placed = str(asked["lock"]) or lock_of(document), _placed(parts_of(document))
        if sum(int(part["omvang"]) for _, part in placed) != asked["omvang"]:
            raise fouten.faulty(self.naam)
        left = [(begin, part) for begin, part in placed if part.get("voltooid") is not True]
        for sent, (begin, part) in enumerate(left, start=1):
            refused = await self._send_part(context, asked, lock, begin, part)
            if refused is not None:
                return refused
            if monotonic() - began > _TURN:
                return Uitslag({"over": len(left) - sent})
        return Uitslag({"over": 0})

    async def _send_part(self, context: Context, asked: Json, lock: str, begin: int, part: Json) -> Uitslag | None:
        """None once the register has it. Raises Onzeker or HttpProblem, after which it is looked at again."""
        bestand, sha256, omvang = str(asked["bestand"]), str(asked["sha256"]), int(part["omvang"])
        form = Formulier({"lock": lock}, omvang, lambda: read_part(self._db, bestand, sha256, begin, omvang))
        path = f"/bestandsdelen/{uuid_in(part.get('url'))}"
        try:
            ruw = await self._parts.send(context.verzoek, "PUT", path, content=form, limit=self._limit_of(omvang))
        except Verzonden as unknown:
            raise Onzeker(unknown.problem) from None
        if says.is_done(ruw):
            kept = says.object_in(ruw, is_bare=True)
            if kept is None or kept.get("voltooid") is not True:
                raise Onzeker(fouten.faulty(self.naam))
            return None
        if says.is_unknown(ruw) or ruw.status >= 500:
            raise Onzeker(says.problem(self.naam, ruw))
        return Uitslag(fout=as_json(says.refusal(self.naam, ruw, self._lijn.secrets)))

    def _limit_of(self, omvang: int) -> float:
        return self._lijn.limit + omvang / _SLOWEST

    async def _unlock(self, stap: Stap, context: Context) -> Uitslag:
        """Say that all parts are there, and see that the document is whole."""
        vraag, omvang = stap.vraag, int(stap.vraag.lichaam["omvang"])
        may_be_ready = stap.verzoeken > 1 or not vraag.lichaam["lock"]
        if may_be_ready and await self._is_ready(stap, context):
            return Uitslag({})
        content = msgspec.json.encode({"lock": vraag.lichaam["lock"]})
        try:
            ruw = await self._lijn.send(context.verzoek, "POST", f"/{NAAM}/{vraag.uuid}/unlock", content=content)
        except Verzonden as unknown:
            return await self._ready_or(stap, context, Onzeker(unknown.problem))
        if says.is_unknown(ruw) or ruw.status >= 500:
            return await self._ready_or(stap, context, Onzeker(says.problem(self.naam, ruw)))
        if not says.is_done(ruw):
            refusal = Uitslag(fout=as_json(says.refusal(self.naam, ruw, self._lijn.secrets)))
            return Uitslag({}) if await self._is_ready(stap, context) else refusal
        document = await self.one(context.verzoek, NAAM, vraag.uuid)
        if document is None:
            return Uitslag(fout=as_json(NotFound(_GONE)))
        return Uitslag({}) if is_whole(document, omvang) else Uitslag(fout=as_json(fouten.not_taken(self.naam)))

    async def _is_ready(self, stap: Stap, context: Context) -> bool:
        """Raises NogNiet where that cannot be seen now."""
        try:
            document = await self.one(context.verzoek, NAAM, stap.vraag.uuid)
        except HttpProblem as problem:
            raise NogNiet(problem) from None
        return document is not None and _is_ready(document, stap.vraag.lichaam)

    async def _ready_or(self, stap: Stap, context: Context, otherwise: Onzeker) -> Uitslag:
        try:
            if await self._is_ready(stap, context):
                return Uitslag({})
        except NogNiet:
            pass
        raise otherwise


def _is_locked(taken_away: Uitslag) -> bool:
    """Whether that is why it was not taken away."""
    velden = (taken_away.fout or {}).get("velden") or ()
    return any(veld.get("code") == "destroy-locked" for veld in velden)


def _is_changed(document: Mapping[str, Any]) -> bool:
    """Whether somebody put another version over the one that was made."""
    versie = document.get("versie")
    return isinstance(versie, int) and versie > 1


def parts_of(document: Mapping[str, Any]) -> list[Json]:
    """What the register still expects of its content, or has of it before it is unlocked."""
    parts = document.get("bestandsdelen")
    named = [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
    return [part for part in named if isinstance(part.get("omvang"), int) and isinstance(part.get("volgnummer"), int)]


def lock_of(document: Mapping[str, Any]) -> str:
    """The key to change it with; "" where the answer does not show it."""
    shown = [document.get("lock"), *(part.get("lock") for part in parts_of(document))]
    return next((lock for lock in shown if isinstance(lock, str) and lock), "")


def has_content(document: Mapping[str, Any], omvang: int) -> bool:
    """All of its content is there, whoever may be at it."""
    return not parts_of(document) and document.get("bestandsomvang") == omvang


def is_whole(document: Mapping[str, Any], omvang: int) -> bool:
    """All of its content is there and nobody is at it."""
    return not document.get("locked") and has_content(document, omvang)


def _is_ready(document: Mapping[str, Any], asked: Json) -> bool:
    """Nothing is left to do for it. What was found with its content and no lock of ours may be at a colleague's."""
    omvang = int(asked["omvang"])
    return is_whole(document, omvang) or (not asked["lock"] and has_content(document, omvang))


def _placed(parts: Sequence[Json]) -> list[tuple[int, Json]]:
    """Each part with the byte that it begins at."""
    placed, begin = [], 0
    for part in sorted(parts, key=lambda one: int(one["volgnummer"])):
        placed.append((begin, part))
        begin += int(part["omvang"])
    return placed
