"""A register upstream as a command writes to it: one call at a time, found again before it is repeated.

Exactly once rests on three things: the intent is stored before this is called, an object can be found by its key or by
its parent and content, and a repeat looks for it first. Where an object has no key, a request without an answer gets
time to end before it is made again, and what then stands twice is taken away.

A command may come again after its steps were lost, with a backup that was put back. So what has a key is looked for
before the first request too, and under what was found there each next thing. What was found is not ours to take away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import quote, urlencode

import msgspec
import structlog

from kcs_desktop.backend.gateway import fouten
from kcs_desktop.backend.gateway.antwoord import Antwoord, Ruw
from kcs_desktop.backend.gateway.schrijven import antwoord as says
from kcs_desktop.backend.gateway.schrijven.gelijk import is_opened, is_same
from kcs_desktop.backend.gateway.schrijven.sleutels import NO_KEY, Sleutel, number, uuid_in
from kcs_desktop.backend.gateway.verbinding import Verzonden
from kcs_desktop.backend.opdrachten.stap import (
    MAKES,
    Context,
    Daad,
    NogNiet,
    Onzeker,
    Stap,
    Uitslag,
    Vraag,
    as_json,
)
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.errors import Conflict, NotFound

log = structlog.get_logger(__name__)
Json = dict[str, Any]
PAGE_SIZE = 100
MAX_PAGES = 100
_CALL = timedelta(minutes=2)  # the longest that one call may take, with its look-ups
_UNSEEN = 5  # requests that may be refused for a number that nothing in sight has
_MARKS = "kenmerken"
_BRON = "KCS"
_GONE = "Dit object bestaat niet in het register."


class Lijn(Protocol):
    """What `verbinding.Verbinding` is to this."""

    naam: str

    @property
    def limit(self) -> float: ...

    @property
    def secrets(self) -> tuple[str, ...]: ...

    async def ask(
        self,
        verzoek: Verzoek,
        method: str,
        path: str,
        *,
        query: str = "",
        content: bytes | None = None,
        array: bool = False,
    ) -> Antwoord: ...

    async def send(self, verzoek: Verzoek, method: str, path: str, *, content: bytes | None = None) -> Ruw: ...


class UpstreamRegister:
    """Implements `opdrachten.stap.Upstream` over one line. `soorten` says per resource how its changes are announced:
    (soort, functie)."""

    def __init__(self, lijn: Lijn, sleutels: Mapping[str, Sleutel], soorten: Mapping[str, tuple[str, str]]) -> None:
        self.naam = lijn.naam
        self._lijn = lijn
        self._sleutels = sleutels
        self._soorten = soorten
        self.rest = timedelta(seconds=2 * lijn.limit)

    def key_for(self, vraag: Vraag, opdracht: str, volgnr: int, poging: int) -> str:
        nummer = self._sleutel(vraag).nummer
        if vraag.daad not in MAKES or not nummer or vraag.lichaam.get(nummer) or _is_identified(vraag.lichaam):
            return ""
        return number(opdracht, f"{vraag.resource}.{volgnr}", poging)

    def longest(self, vraag: Vraag) -> timedelta:
        return _CALL

    def stays(self, vraag: Vraag) -> bool:
        sleutel = self._sleutel(vraag)
        return sleutel.is_identiteit or sleutel.is_deel or sleutel.is_vrij or _is_identified(vraag.lichaam)

    def announced(self, resource: str) -> tuple[str, str]:
        return self._soorten.get(resource, ("document", "dossier"))

    async def carry_out(self, stap: Stap, context: Context) -> Uitslag:
        vraag = stap.vraag
        match vraag.daad:
            case Daad.GET:
                found = await self.one(context.verzoek, vraag.resource, vraag.uuid)
                return Uitslag(found) if found is not None else Uitslag(fout=as_json(NotFound(_GONE)))
            case Daad.HAS:
                return Uitslag(await self.one(context.verzoek, vraag.resource, vraag.uuid) is not None)
            case Daad.FIND:
                return Uitslag(await self.rows(context.verzoek, vraag.resource, vraag.lichaam))
            case Daad.UUIDS:
                rows = await self.rows(context.verzoek, vraag.resource, vraag.lichaam)
                return Uitslag([uuid_of(row) for row in rows])
            case Daad.CREATE | Daad.ADD:
                return await self._make(stap, context)
            case Daad.CHANGE:
                return await self._change(stap, context)
            case Daad.DELETE:
                return await self._delete(stap, context)
            case Daad.FILL | Daad.UNLOCK:
                raise ValueError(f"{self.naam} has no content")  # only the register of documents has

    # -- making ---------------------------------------------------------------------------------------------------

    async def _make(self, stap: Stap, context: Context) -> Uitslag:
        body = self._body(stap, context.opdracht)
        has_key = bool(stap.sleutel) or self._sleutel(stap.vraag).is_gemerkt
        may_stand = has_key or context.is_herhaald or stap.verzoeken > 1
        if may_stand and (known := await self._settled(stap, context, body)) is not None:
            return known
        try:
            content = await self._encoded(body)
            ruw = await self._lijn.send(context.verzoek, "POST", self._path(stap.vraag), content=content)
        except Verzonden as unknown:
            return await self._found_or(stap, context, body, Onzeker(unknown.problem))
        if says.is_done(ruw):
            made = says.object_in(ruw, is_bare=self._sleutel(stap.vraag).is_vrij)
            if made is None:
                return await self._found_or(stap, context, body, Onzeker(fouten.faulty(self.naam)))
            if stap.verzoeken > 1:
                await self._take_surplus_away(stap, context, body, uuid_of(made))
            return await self._checked(stap, context, made)
        if says.is_unknown(ruw):
            return await self._found_or(stap, context, body, Onzeker(says.problem(self.naam, ruw)))
        if ruw.status >= 500:  # the register is done with it; whether it kept the object can be seen
            return await self._found_or(stap, context, body, says.problem(self.naam, ruw))
        return await self._refused(stap, context, body, ruw)

    async def _checked(self, stap: Stap, context: Context, made: Json) -> Uitslag:
        """What this request made, as it came out: what a register does not know of a body vanishes there without a
        word. For more eyes than it was meant for it does not stay."""
        sent, anders = stap.vraag.lichaam, self._sleutel(stap.vraag).anders
        if is_opened(sent, made):
            return await self._closed_again(stap, context, made)
        if not is_same({naam: waarde for naam, waarde in sent.items() if naam not in anders}, made):
            log.warning("register.otherwise", register=self.naam, resource=stap.vraag.resource)
        return self._as_answer(stap, made)

    async def _closed_again(self, stap: Stap, context: Context, made: Json) -> Uitslag:
        """Take it away, and say whether that could be done: it is never left there in silence. Raises Onzeker where it
        may stand there yet: the next request of this step finds it and tries again."""
        log.error("register.opened", register=self.naam, resource=stap.vraag.resource)
        try:
            taken = await self._take_away(context.verzoek, stap.vraag.resource, uuid_of(made))
        except HttpProblem as problem:
            raise Onzeker(problem) from None
        return Uitslag(fout=as_json(self._opened(stap, is_gone=taken.fout is None)))

    def _opened(self, stap: Stap, *, is_gone: bool) -> HttpProblem:
        """By the number that we gave it: nothing of the answer is told."""
        nummer = stap.sleutel or str(stap.vraag.lichaam.get("identificatie") or "")
        return fouten.opens(self.naam, is_gone=is_gone, nummer=nummer)

    async def _refused(self, stap: Stap, context: Context, body: Json, ruw: Ruw) -> Uitslag:
        if says.lacks_right(ruw) and await self._is_of_closed(context.verzoek, body):
            return Uitslag(fout=as_json(fouten.closed(self.naam)))
        refusal = says.refusal(self.naam, ruw, self._lijn.secrets)
        if not says.is_unique(refusal):
            return Uitslag(fout=as_json(refusal))
        found, taken = await self._look(stap, context, body)
        if found is not None:  # it came in just now: before this request it was looked for and not there
            is_open = is_opened(stap.vraag.lichaam, found)
            return await self._closed_again(stap, context, found) if is_open else self._as_found(stap, found)
        if not stap.sleutel:
            return Uitslag(fout=as_json(refusal))
        if not taken and stap.verzoeken < _UNSEEN:  # what had our number is gone, or was taken away just now
            raise fouten.faulty(self.naam)
        return Uitslag(bezet=True) if taken else Uitslag(fout=as_json(refusal))

    async def _is_of_closed(self, verzoek: Verzoek, body: Json) -> bool:
        """Whether this belongs to a zaak that is done: the same 403 says that, and that a right is lacking."""
        uuid = uuid_in(body.get("zaak"))
        if self.naam != "zaken" or not uuid:
            return False
        try:
            zaak = await self.one(verzoek, "zaken", uuid)
        except HttpProblem:
            return False
        return zaak is not None and bool(zaak.get("einddatum"))

    async def _settled(self, stap: Stap, context: Context, body: Json) -> Uitslag | None:
        """What an earlier request of this step came to; None where it may be made, or made again."""
        try:
            found, taken = await self._look(stap, context, body)
        except HttpProblem as problem:
            raise NogNiet(problem) from None
        if found is not None:
            if stap.verzoeken == 1 or not is_opened(stap.vraag.lichaam, found):
                return self._as_found(stap, found)
            if context.is_herhaald:  # of before the backup, maybe: not ours to take away, nor to pass over
                return Uitslag(fout=as_json(self._opened(stap, is_gone=False)))
            return await self._closed_again(stap, context, found)
        if taken:
            return Uitslag(bezet=True)
        sleutel = self._sleutel(stap.vraag)
        is_keyed = bool(stap.sleutel) or sleutel.is_vrij or sleutel.is_uniek or bool(body.get("identificatie"))
        if not is_keyed and stap.onzeker and stap.gevraagd_op is not None:
            left = stap.gevraagd_op + self.rest - context.nu
            if left > timedelta():
                raise NogNiet(fouten.maybe_busy(self.naam, left))
        return None

    async def _found_or(self, stap: Stap, context: Context, body: Json, otherwise: Exception) -> Uitslag:
        """The object, where it is there after all. Raises `otherwise`, also where that cannot be seen now."""
        try:
            found, taken = await self._look(stap, context, body)
        except HttpProblem as problem:
            raise (otherwise if isinstance(otherwise, Onzeker) else Onzeker(problem)) from None
        if found is not None:
            return await self._checked(stap, context, found)
        if taken:
            return Uitslag(bezet=True)
        raise otherwise

    async def _look(self, stap: Stap, context: Context, body: Json) -> tuple[Json | None, bool]:
        """(the object of this step, whether another object has its number)."""
        sleutel = self._sleutel(stap.vraag)
        filters = sleutel.filters(body)
        if filters is None:
            return None, False
        if sleutel.is_gemerkt:
            return await self._look_for_mark(stap, context, body, filters), False
        rows = await self._found(context.verzoek, stap.vraag, filters)
        others = [row for row in rows if uuid_of(row) not in context.eerder]
        is_identified = sleutel.is_identiteit or _is_identified(body)
        stays = sleutel.kern if stap.sleutel and sleutel.kern else body.keys() - sleutel.anders
        sent = {name: body[name] for name in stays if name in body}
        found = next((row for row in others if is_identified or is_same(sent, row)), None)
        return found, found is None and bool(stap.sleutel) and bool(others)

    async def _look_for_mark(self, stap: Stap, context: Context, body: Json, filters: Mapping[str, str]) -> Json | None:
        """The object with the mark of this command, whatever became of it since; one that happens to be alike, or has
        the number that was asked for, is another's. A server that does not know the filter is asked by number."""
        mark = merk_of(context.opdracht)
        by_mark = {"kenmerk": f"{mark['bron']}:{mark['kenmerk']}", "pageSize": str(PAGE_SIZE)}
        antwoord = await self._lijn.ask(context.verzoek, "GET", f"/{stap.vraag.resource}", query=urlencode(by_mark))
        rows = antwoord.gegevens.get("results")
        if not antwoord.is_error and isinstance(rows, list):
            marked = [row for row in rows if isinstance(row, dict) and _has(row, mark)]
            if marked:
                return marked[0]
            if not rows and stap.verzoeken == 1:
                return None
        named = await self._found(context.verzoek, stap.vraag, filters)
        sent = {name: value for name, value in body.items() if name != _MARKS}
        for row in named:
            # Without any mark: an earlier request of this very step, by a version that set none.
            is_own_before = stap.verzoeken > 1 and _is_plain(row) and is_same(sent, row)
            if _has(row, mark) or is_own_before:
                return row
        return None

    async def _take_surplus_away(self, stap: Stap, context: Context, body: Json, kept: str) -> None:
        """An earlier request may have come through after all, of an object that has no key."""
        sleutel = self._sleutel(stap.vraag)
        filters = sleutel.filters(body) if sleutel.is_eigen else None
        if filters is None:
            return
        try:
            for row in await self._found(context.verzoek, stap.vraag, filters):
                if uuid_of(row) not in {kept, *context.eerder} and is_same(body, row):
                    log.warning("register.twice", register=self.naam, resource=stap.vraag.resource)
                    await self._lijn.send(context.verzoek, "DELETE", f"{self._path(stap.vraag)}/{uuid_of(row)}")
        except (HttpProblem, Verzonden) as error:
            log.warning("register.twice_unknown", register=self.naam, error=type(error).__name__)

    async def _encoded(self, body: Json) -> bytes:
        return msgspec.json.encode(body)

    def _body(self, stap: Stap, opdracht: str) -> Json:
        body = dict(stap.vraag.lichaam)
        sleutel = self._sleutel(stap.vraag)
        if stap.sleutel:
            body[sleutel.nummer] = stap.sleutel
        if sleutel.is_gemerkt:
            body[_MARKS] = [*body.get(_MARKS, ()), merk_of(opdracht)]
        return body

    def _as_answer(self, stap: Stap, made: Json) -> Uitslag:
        return Uitslag(uuid_of(made) if stap.vraag.daad is Daad.ADD else made)

    def _as_found(self, stap: Stap, found: Json) -> Uitslag:
        """What stood there before this step ever asked for it was not made by it."""
        return msgspec.structs.replace(self._as_answer(stap, found), gevonden=stap.verzoeken == 1)

    def _sleutel(self, vraag: Vraag) -> Sleutel:
        return self._sleutels.get(vraag.resource, NO_KEY)

    def _path(self, vraag: Vraag) -> str:
        """Of the list that a new object goes to."""
        under = self._sleutel(vraag).onder
        return f"/zaken/{uuid_in(vraag.lichaam.get(under))}/{vraag.resource}" if under else f"/{vraag.resource}"

    async def _found(self, verzoek: Verzoek, vraag: Vraag, filters: Mapping[str, str]) -> list[Json]:
        if self._sleutel(vraag).is_array:
            return await self._array(verzoek, self._path(vraag), filters)
        return await self.rows(verzoek, vraag.resource, filters)

    # -- changing and deleting ------------------------------------------------------------------------------------

    async def _change(self, stap: Stap, context: Context) -> Uitslag:
        vraag, wanted = stap.vraag, stap.vraag.lichaam
        if stap.verzoeken > 1:
            try:
                fresh = await self.one(context.verzoek, vraag.resource, vraag.uuid)
            except HttpProblem as problem:
                raise NogNiet(problem) from None
            if fresh is None:
                return Uitslag(fout=as_json(NotFound(_GONE)))
            if is_same(wanted, fresh):
                return Uitslag(fresh)
            if context.gezien is not None and not is_same(_part(context.gezien, wanted), fresh):
                return Uitslag(fout=as_json(Conflict(seen=_part(context.gezien, wanted), current=_part(fresh, wanted))))
        path = f"/{vraag.resource}/{quote(vraag.uuid)}"
        try:
            ruw = await self._lijn.send(context.verzoek, "PATCH", path, content=msgspec.json.encode(wanted))
        except Verzonden as unknown:
            return await self._changed_or(stap, context, Onzeker(unknown.problem))
        if says.is_done(ruw):
            return await self._read_back(stap, context, ruw)
        if says.is_unknown(ruw):
            return await self._changed_or(stap, context, Onzeker(says.problem(self.naam, ruw)))
        if ruw.status >= 500:
            return await self._changed_or(stap, context, says.problem(self.naam, ruw))
        return Uitslag(fout=as_json(says.refusal(self.naam, ruw, self._lijn.secrets)))

    async def _changed_or(self, stap: Stap, context: Context, otherwise: Exception) -> Uitslag:
        try:
            fresh = await self.one(context.verzoek, stap.vraag.resource, stap.vraag.uuid)
        except HttpProblem as problem:
            raise (otherwise if isinstance(otherwise, Onzeker) else Onzeker(problem)) from None
        if fresh is not None and is_same(stap.vraag.lichaam, fresh):
            return Uitslag(fresh)
        raise otherwise

    async def _read_back(self, stap: Stap, context: Context, ruw: Ruw) -> Uitslag:
        """The object as it stands now: a register may take a change without a word and not make it. Raises Onzeker
        where neither that nor the answer itself can be read."""
        wanted = stap.vraag.lichaam
        try:
            fresh = await self.one(context.verzoek, stap.vraag.resource, stap.vraag.uuid)
        except HttpProblem as problem:
            fresh = says.object_in(ruw)  # the change was confirmed; that it cannot be read now undoes nothing
            if fresh is None:
                raise Onzeker(problem) from None
        if fresh is None:
            return Uitslag(fout=as_json(NotFound(_GONE)))
        if is_same(wanted, fresh):
            return Uitslag(fresh)
        before = _part(context.gezien or {}, wanted)
        if before and is_same(before, fresh):
            return Uitslag(fout=as_json(fouten.not_taken(self.naam)))
        # In a form of the register's own, or changed by another just after.
        log.warning("register.otherwise", register=self.naam, resource=stap.vraag.resource)
        return Uitslag(fresh)

    async def _delete(self, stap: Stap, context: Context) -> Uitslag:
        vraag, uuid = stap.vraag, stap.vraag.uuid
        if not uuid:  # of something that may have been made
            found, _taken = await self._look(stap, context, self._body(stap, context.opdracht))
            if found is None:
                return Uitslag()
            uuid = uuid_of(found)
        if await self._holds_work(context, vraag, uuid):
            return Uitslag(fout=as_json(Conflict("Een ander heeft er al aan gewerkt.")))
        return await self._take_away(context.verzoek, vraag.resource, uuid)

    async def _take_away(self, verzoek: Verzoek, resource: str, uuid: str) -> Uitslag:
        """With the refusal, where there is one. Raises Onzeker or HttpProblem where there is no verdict."""
        try:
            ruw = await self._lijn.send(verzoek, "DELETE", f"/{resource}/{quote(uuid)}")
        except Verzonden as unknown:
            return await self._gone_or(verzoek, resource, uuid, Onzeker(unknown.problem))
        if says.is_done(ruw) or ruw.status in {404, 410}:
            return Uitslag()
        if says.is_unknown(ruw) or ruw.status >= 500:
            return await self._gone_or(verzoek, resource, uuid, Onzeker(says.problem(self.naam, ruw)))
        # Making is allowed here and taking away is not: that does not change by waiting.
        if ruw.status == 403 and not says.is_of_token(ruw):
            return Uitslag(fout=as_json(fouten.does_not_take(self.naam, "")))
        return Uitslag(fout=as_json(says.refusal(self.naam, ruw, self._lijn.secrets)))

    async def _holds_work(self, context: Context, vraag: Vraag, uuid: str) -> bool:
        """Whether somebody put anything in this that the command did not. Raises HttpProblem where that cannot be
        seen: nothing is taken away then."""
        delen = self._sleutel(vraag).delen
        whole = await self.one(context.verzoek, vraag.resource, uuid) if delen else None
        if whole is None:
            return False
        for part in delen:
            rows = await self._found(context.verzoek, Vraag(vraag.register, Daad.FIND, part), {"zaak": whole["url"]})
            if any(uuid_of(row) not in context.eerder for row in rows):
                log.warning("register.worked_on", register=self.naam, resource=vraag.resource, part=part)
                return True
        return False

    async def _gone_or(self, verzoek: Verzoek, resource: str, uuid: str, otherwise: Onzeker) -> Uitslag:
        try:
            if await self.one(verzoek, resource, uuid) is None:
                return Uitslag()
        except HttpProblem:
            pass
        raise otherwise

    # -- reading --------------------------------------------------------------------------------------------------

    async def one(self, verzoek: Verzoek, resource: str, uuid: str) -> Json | None:
        """None where it is not there."""
        antwoord = await self._lijn.ask(verzoek, "GET", f"/{resource}/{quote(uuid)}")
        if antwoord.status in {404, 410}:
            return None
        if antwoord.is_error or not uuid_of(antwoord.gegevens):
            raise fouten.faulty(self.naam)
        return antwoord.gegevens

    async def rows(self, verzoek: Verzoek, resource: str, filters: Mapping[str, str]) -> list[Json]:
        """All pages."""
        rows: list[Json] = []
        for page in range(1, MAX_PAGES + 1):
            asked = {**filters, "page": str(page), "pageSize": str(PAGE_SIZE)}
            antwoord = await self._lijn.ask(verzoek, "GET", f"/{resource}", query=urlencode(asked))
            found = antwoord.gegevens.get("results")
            if antwoord.is_error or not isinstance(found, list):
                raise fouten.faulty(self.naam)
            rows += [row for row in found if isinstance(row, dict) and uuid_of(row)]
            if not antwoord.gegevens.get("next"):
                return rows
        raise fouten.faulty(self.naam)

    async def _array(self, verzoek: Verzoek, path: str, filters: Mapping[str, str]) -> list[Json]:
        """A list of the standard that is a plain array."""
        antwoord = await self._lijn.ask(verzoek, "GET", path, query=urlencode(filters), array=True)
        if antwoord.is_error:
            raise fouten.faulty(self.naam)
        return [row for row in antwoord.gegevens["results"] if isinstance(row, dict) and uuid_of(row)]


def uuid_of(item: Mapping[str, Any]) -> str:
    """Of an object of the register; where it does not say its uuid, its address ends in it. "" for anything else."""
    own = item.get("uuid")
    return own if isinstance(own, str) else uuid_in(item["url"]) if isinstance(item.get("url"), str) else ""


def merk_of(opdracht: str) -> dict[str, str]:
    """The kenmerk by which an object is known to be of this command."""
    return {"kenmerk": opdracht, "bron": _BRON}


def _has(row: Mapping[str, Any], mark: Mapping[str, str]) -> bool:
    marks = row.get(_MARKS)
    return isinstance(marks, list) and any(is_same(mark, one) for one in marks if isinstance(one, dict))


def _is_plain(row: Mapping[str, Any]) -> bool:
    """Of no command that sets marks."""
    marks = row.get(_MARKS)
    return not any(isinstance(one, dict) and one.get("bron") == _BRON for one in marks or ())


def _is_identified(body: Mapping[str, Any]) -> bool:
    """A customer with a BSN or another number of a register: that is its key."""
    return bool(body.get("partijIdentificatoren"))


def _part(item: Mapping[str, Any], wanted: Mapping[str, Any]) -> Json:
    return {name: item[name] for name in wanted if name in item}
