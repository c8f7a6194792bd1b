"""One act of a caller on an API: right, bounds, audit and transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Row, and_
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.objecten import acts
from kcs_desktop.backend.standards.objecten.expand import expanded_functies
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Resource
from kcs_desktop.backend.standards.objecten.shared import Shared
from kcs_desktop.backend.standards.zgw.api import Api, Subject
from kcs_desktop.domain.errors import Forbidden, NotFound
from kcs_desktop.domain.rechten import Recht

T = TypeVar("T")
Write = Callable[[UnitOfWork, EmbeddedRegister], Awaitable[T]]
Reading = acts.Reading[Subject]
NO_ADDRESS = "Dit adres bestaat niet in het register."
NOTHING: Mapping[str, str] = {}


class Acts(acts.Acts[Subject]):
    """The acts of one request on one API."""

    def __init__(self, kern: Kern, api: Api, verzoek: Verzoek, base_url: str, shared: Shared[Reading]) -> None:
        super().__init__(kern.db, verzoek, base_url, shared)
        self._api = api
        self._register = api.register(base_url, verzoek.wie)

    async def find(
        self,
        resource: str,
        asked: Mapping[str, str],
        *,
        address: str = "",
        within: ColumnElement[bool] | None = None,
        beside: Mapping[str, str] = NOTHING,
    ) -> msgspec.Raw:
        """GET of a list; one under another object says its address and its bounds, see `EmbeddedRegister.page`.

        `beside` is what was asked in a body: `within` holds it already.
        """
        subjects = self._api.asked({**asked, **beside})
        await self.require(resource, Recht.RAADPLEGEN, "gezocht", subjects, expand=asked.get("expand", ""))
        bounds = [bound for bound in (within, self._api.narrowed(self._verzoek.wie, asked)) if bound is not None]
        bound = and_(*bounds) if bounds else None

        async def read() -> Reading:
            async with self._db.read() as session:
                answer, page = await self._register.page(session, resource, asked, address=address, within=bound)
                shown = await self._api.subjects(session, resource, page.rows) if self._api.looks_are_audited else []
            seen = _distinct([*subjects, *shown])
            return Reading(msgspec.Raw(msgspec.json.encode(answer)), seen, is_empty=not page.rows)

        question = (*sorted(asked.items()), "", *sorted(beside.items()))
        reading = await self._read((self._scope(), address or resource, "", *question), read)
        if reading.subjects or not reading.is_empty:
            await self.seen("gezocht", reading.subjects)
        return reading.answer

    async def get(self, resource: str, uuid: str, asked: Mapping[str, str]) -> msgspec.Raw:
        """GET of one object."""
        named = self._named(resource, uuid)
        await self.require(resource, Recht.RAADPLEGEN, "geraadpleegd", named, expand=asked.get("expand", ""))

        async def read() -> Reading:
            async with self._db.read() as session:
                item, row = await self._register.read_with_row(session, resource, uuid, asked)
                shown = await self._api.subjects(session, resource, [row]) if self._api.looks_are_audited else []
            return Reading(msgspec.Raw(msgspec.json.encode(item)), shown or named)

        try:
            reading = await self._read((self._scope(), resource, uuid, *sorted(asked.items())), read)
        except Forbidden as error:
            await self._refused(self._lines("geraadpleegd", named), error.code)
            raise
        await self.seen("geraadpleegd", reading.subjects)
        return reading.answer

    async def write(self, resource: str, handeling: str, uuid: str, do: Write[T]) -> T:
        """A change, in one transaction with its audit lines and announcements.

        `resource` and `uuid` say what is acted on (no uuid for a new object). Whoever is concerned is asked for the
        row as it was and for every row that was announced as it is now.
        """
        named = self._named(resource, uuid)
        await self.require_write(resource, handeling, uuid)

        async def once(unit: UnitOfWork) -> T:
            before = await self._concerned(unit.session, await self._acted_on(unit.session, resource, uuid, handeling))
            made = await do(unit, self._register)
            announced = [(self._resource_of(one.soort), one.id) for one in unit.wijzigingen]
            after = await self._concerned(unit.session, announced)
            for line in self._lines(handeling, _distinct([*before, *after]) or named):
                unit.audit(line)
            return made

        return await self._write(once, self._lines(handeling, named))

    async def reach(self, resource: str, uuid: str, recht: Recht, handeling: str) -> Row[Any]:
        """The row of an object that the address only leads through. Raises Forbidden, audited: without the right before
        it is looked up, and where it is out of bounds; NotFound where it is not there."""
        lines = self._lines(handeling, self._named(resource, uuid))
        await self._require({self._kind(resource).functie: recht}, lines)
        try:
            async with self._db.read() as session:
                return await self._register.row(session, resource, uuid)
        except Forbidden as error:
            await self._refused(lines, error.code)
            raise

    async def require_write(self, resource: str, handeling: str, uuid: str) -> None:
        """What `write` asks first; for who asks it before a body is read. Raises Forbidden, audited."""
        recht = self._kind(resource).removal if handeling == "verwijderd" else Recht.WIJZIGEN
        await self.require(resource, recht, handeling, self._named(resource, uuid))

    async def require(
        self, resource: str, recht: Recht, handeling: str, subjects: Sequence[Subject], *, expand: str = ""
    ) -> None:
        """Raises Forbidden, audited, without this right on the resource and on what is expanded."""
        kind = self._kind(resource)
        reachable = {**self._api.elsewhere, **self._api.resources}
        functies = {kind.functie, *expanded_functies(reachable, kind.expansions, expand)}
        await self._require(dict.fromkeys(functies, recht), self._lines(handeling, subjects))

    async def seen(self, handeling: str, subjects: Sequence[Subject]) -> None:
        """Commit who was seen; only then may the answer leave."""
        if self._api.looks_are_audited:
            await self._seen(self._lines(handeling, subjects))

    async def _acted_on(self, session: AsyncSession, resource: str, uuid: str, handeling: str) -> list[tuple[str, str]]:
        """The object that the request names, and what is deleted with it; nothing where it is not there."""
        if not uuid:
            return []
        kind = self._kind(resource)
        try:
            row = await kind.row(session, uuid)
        except NotFound:
            return []
        along = await kind.along(session, row) if handeling == "verwijderd" else ()
        return [(resource, one.uuid) for one in (row, *along)]

    async def _concerned(self, session: AsyncSession, objects: Iterable[tuple[str, str]]) -> list[Subject]:
        """Who is concerned by these, as far as they are there; asked once for those about which the same is said."""
        uuids: dict[str, list[str]] = {}
        for resource, uuid in dict.fromkeys(objects):
            if resource:
                uuids.setdefault(resource, []).append(uuid)
        related = Related(session)
        asked: dict[Hashable, tuple[str, Row[Any]]] = {}
        for resource, some in uuids.items():
            for row in await related.rows_of(self._api.resources[resource].table, some):
                asked.setdefault(self._api.about(resource, row), (resource, row))
        found: list[Subject] = []
        for resource, row in asked.values():
            found += await self._api.subjects(session, resource, [row])
        return found

    def _resource_of(self, soort: str) -> str:
        return next((naam for naam, kind in self._api.resources.items() if kind.soort == soort), "")

    def _kind(self, resource: str) -> Resource:
        kind = self._api.resources.get(resource)
        if kind is None:
            raise NotFound(NO_ADDRESS)
        return kind

    def _named(self, resource: str, uuid: str) -> list[Subject]:
        """The object itself as a subject, where the request names one."""
        return [Subject(self._kind(resource).soort, uuid.lower()[:36])] if uuid else []

    def _scope(self) -> object:
        return self._api.scope(self._verzoek.wie)

    def _lines(self, handeling: str, subjects: Sequence[Subject]) -> list[Auditregel]:
        """One line per subject; one without subject where nobody is known by a key."""
        return [
            Auditregel(
                wie=self._verzoek.wie,
                handeling=handeling,
                onderwerp_soort=subject.soort,
                onderwerp=subject.waarde,
                doelbinding=self._verzoek.doelbinding,
                bron=self._api.bron,
                verwant=subject.verwant,
                gezien=subject.gezien,
            )
            for subject in (subjects or [Subject("", "")])
        ]


def _distinct(subjects: Iterable[Subject]) -> list[Subject]:
    """One per soort and value, with the keys that any of them brought."""
    found: dict[tuple[str, str], Subject] = {}
    for subject in subjects:
        key = (subject.soort, subject.waarde)
        known = found.get(key)
        found[key] = (
            subject
            if known is None
            else msgspec.structs.replace(
                known,
                verwant=tuple(dict.fromkeys((*known.verwant, *subject.verwant))),
                gezien=tuple(dict.fromkeys((*known.gezien, *subject.gezien))),
            )
        )
    return list(found.values())
