"""One act of a caller on the register, and which customers its audit lines are about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import msgspec

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.klantinteracties import auditing, maak
from kcs_desktop.backend.standards.klantinteracties.auditing import Subject
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.backend.standards.objecten import acts
from kcs_desktop.backend.standards.objecten.expand import expanded_functies
from kcs_desktop.backend.standards.objecten.resource import Resource
from kcs_desktop.backend.standards.objecten.shared import Shared
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.rechten import Recht

T = TypeVar("T")
Write = Callable[[UnitOfWork, EmbeddedKlantinteracties], Awaitable[T]]
Reading = acts.Reading[Subject]


class Acts(acts.Acts[Subject]):
    """The acts of one request."""

    def __init__(self, db: Database, verzoek: Verzoek, base_url: str, shared: Shared[Reading]) -> None:
        super().__init__(db, verzoek, base_url, shared)
        self._register = EmbeddedKlantinteracties(base_url)

    async def find(self, resource: str, asked: Mapping[str, str]) -> msgspec.Raw:
        """GET of a list."""
        subject = auditing.asked_subject(asked)
        handeling = "geraadpleegd" if subject and resource in {"klantcontacten", "internetaken"} else "gezocht"
        subjects = [subject] if subject else []
        await self._may(resource, Recht.RAADPLEGEN, handeling, subjects, expand=asked.get("expand", ""))

        async def read() -> Reading:
            async with self._db.read() as session:
                answer, page = await self._register.page(session, resource, asked)
                seen = subjects
                if page.rows and (subject is None or auditing.may_show_others(asked)):
                    shown = await auditing.shown_subjects(session, resource, page.rows)
                    seen = [*seen, *(await auditing.others(session, subject, shown) if subject else shown)]
            return Reading(msgspec.Raw(msgspec.json.encode(answer)), seen, is_empty=not page.rows)

        reading = await self._read((resource, "", *sorted(asked.items())), read)
        if reading.subjects or not reading.is_empty:
            await self._audit(resource, handeling, reading.subjects)
        return reading.answer

    async def get(self, resource: str, uuid: str, asked: Mapping[str, str]) -> msgspec.Raw:
        """GET of one object."""
        named = _named(resource, uuid)
        await self._may(resource, Recht.RAADPLEGEN, "geraadpleegd", named, expand=asked.get("expand", ""))

        reading = await self._read(
            (resource, uuid, *sorted(asked.items())),
            lambda: read_object(self._db, self._register, resource, uuid, asked),
        )
        await self._audit(resource, "geraadpleegd", reading.subjects)
        return reading.answer

    async def write(self, resource: str, handeling: str, uuid: str, do: Write[T]) -> T:
        """POST, PUT, PATCH or DELETE, in one transaction with its audit lines and announcements."""
        named = _named(resource, uuid)
        await self.require_write(resource, handeling, uuid)

        async def once(unit: UnitOfWork) -> T:
            going: tuple[Subject, ...] = ()
            if resource == "partijen" and uuid:
                going = await auditing.identificatoren_of(unit.session, uuid)
            made = await do(unit, self._register)
            concerned = sorted({partij for change in unit.wijzigingen for partij in change.onderwerpen})
            subjects = [("partij", partij) for partij in concerned] or named
            if resource not in auditing.NO_CUSTOMERS:
                for regel in auditing.lines(self._verzoek, handeling, subjects, verwant=going):
                    unit.audit(regel)
            return made

        return await self._write(once, self._lines(handeling, named) if named else ())

    async def require_write(self, resource: str, handeling: str, uuid: str) -> None:
        """What `write` asks first; for who asks it before a body is read. Raises Forbidden, audited."""
        await self._may(resource, Recht.WIJZIGEN, handeling, _named(resource, uuid))

    async def _may(
        self, resource: str, recht: Recht, handeling: str, subjects: list[Subject], *, expand: str = ""
    ) -> None:
        """This right on the resource itself; of what it tells besides, to consult it is enough."""
        rechten = dict.fromkeys(functies_of(resource, expand), Recht.RAADPLEGEN) | {_own_functie(resource): recht}
        await self._require(rechten, self._lines(handeling, subjects))

    async def _audit(self, resource: str, handeling: str, subjects: list[Subject]) -> None:
        if resource not in auditing.NO_CUSTOMERS:
            await self._seen(self._lines(handeling, subjects))

    def _lines(self, handeling: str, subjects: list[Subject]) -> list[Auditregel]:
        return auditing.lines(self._verzoek, handeling, subjects)


async def read_object(
    db: Database, register: EmbeddedKlantinteracties, resource: str, uuid: str, asked: Mapping[str, str]
) -> Reading:
    """One object, and who is seen in it. Whether the caller may see it, and that he did, is not decided here."""
    async with db.read() as session:
        item, row = await register.read_with_row(session, resource, uuid, asked)
        subjects = await auditing.shown_subjects(session, resource, [row])
    return Reading(msgspec.Raw(msgspec.json.encode(item)), subjects or _named(resource, uuid))


def functies_of(resource: str, expand: str) -> set[str]:
    """The rights that a question about this resource takes, with what it asks to be expanded.

    Whatever stands in this register tells of a customer: a right of its own comes beside that to see customers.
    """
    expanded = () if resource == maak.NAAM else expanded_functies(RESOURCES, _kind(resource).expansions, expand)
    return {"crm", _own_functie(resource), *expanded}


def _own_functie(resource: str) -> str:
    return "crm" if resource == maak.NAAM else _kind(resource).functie


def _kind(resource: str) -> Resource:
    kind = RESOURCES.get(resource)
    if kind is None:
        raise NotFound("Dit adres bestaat niet in het register.")
    return kind


def _named(resource: str, uuid: str) -> list[Subject]:
    """The object itself as a subject, where the request names one."""
    return [("partij" if resource == "partijen" else _kind(resource).soort, uuid.lower()[:36])] if uuid else []
