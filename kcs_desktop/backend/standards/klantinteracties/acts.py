"""One act of a caller on the register: allowed, carried out, audited, in that order; a refused one is audited too.

Reads answer only after their audit line is committed. Writes carry theirs in the same transaction.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import msgspec
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from kcs_desktop.backend.audit.store import record_looks, record_refused
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.problem import InvalidBody
from kcs_desktop.backend.standards.klantinteracties import auditing, maak
from kcs_desktop.backend.standards.klantinteracties.auditing import Subject
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.backend.standards.objecten.resource import Resource
from kcs_desktop.backend.standards.objecten.shared import Shared
from kcs_desktop.domain.errors import Forbidden, NotFound, ServerFault
from kcs_desktop.domain.rechten import Recht

T = TypeVar("T")
Write = Callable[[UnitOfWork, EmbeddedKlantinteracties], Awaitable[T]]
_DEADLOCK = frozenset({"40P01", "40001"})
_ATTEMPTS = 4
_TAKEN_FIELD = "leiddeTotInterneTaken"


class Reading(msgspec.Struct, frozen=True):
    """What a question brought, encoded, and who was seen in it."""

    answer: msgspec.Raw
    subjects: list[Subject]
    is_empty: bool = False


class Acts:
    """The acts of one request."""

    def __init__(self, db: Database, verzoek: Verzoek, base_url: str, shared: Shared[Reading]) -> None:
        self._db = db
        self._shared = shared
        self._base_url = base_url
        self._verzoek = verzoek
        self._register = EmbeddedKlantinteracties(base_url)

    async def find(self, resource: str, asked: Mapping[str, str]) -> msgspec.Raw:
        """GET of a list."""
        subject = auditing.asked_subject(asked)
        handeling = "geraadpleegd" if subject and resource in {"klantcontacten", "internetaken"} else "gezocht"
        subjects = [subject] if subject else []
        await self._require(resource, Recht.RAADPLEGEN, handeling, subjects, expand=asked.get("expand", ""))

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
        await self._require(
            resource, Recht.RAADPLEGEN, "geraadpleegd", _named(resource, uuid), expand=asked.get("expand", "")
        )

        reading = await self._read(
            (resource, uuid, *sorted(asked.items())),
            lambda: read_object(self._db, self._register, resource, uuid, asked),
        )
        await self._audit(resource, "geraadpleegd", reading.subjects)
        return reading.answer

    async def _read(self, key: tuple[object, ...], read: Callable[[], Awaitable[Reading]]) -> Reading:
        """Together with whoever asks the same of the same state; only what the rights do not change is shared."""
        return await self._shared.read(self._verzoek.stand, (self._base_url, *key), read)

    async def write(self, resource: str, handeling: str, uuid: str, do: Write[T]) -> T:
        """POST, PUT, PATCH or DELETE, in one transaction with its audit lines and announcements."""
        named = _named(resource, uuid)
        await self._require(resource, Recht.WIJZIGEN, handeling, named)
        try:
            return await _again_on_deadlock(lambda: self._write_once(resource, handeling, uuid, do))
        except InvalidBody as error:
            if named:
                await self._refused(handeling, named, error.code)
            raise

    async def _write_once(self, resource: str, handeling: str, uuid: str, do: Write[T]) -> T:
        async with self._db.write() as unit:
            going: tuple[Subject, ...] = ()
            if resource == "partijen" and uuid:
                going = await auditing.identificatoren_of(unit.session, uuid)
            made = await do(unit, self._register)
            concerned = sorted({partij for change in unit.wijzigingen for partij in change.onderwerpen})
            subjects = [("partij", partij) for partij in concerned] or _named(resource, uuid)
            if resource not in auditing.NO_CUSTOMERS:
                for regel in auditing.lines(self._verzoek, handeling, subjects, verwant=going):
                    unit.audit(regel)
            return made

    async def _require(
        self, resource: str, recht: Recht, handeling: str, subjects: list[Subject], *, expand: str = ""
    ) -> None:
        try:
            for functie in sorted(functies_of(resource, expand)):
                self._verzoek.wie.require(functie, recht)
        except Forbidden as error:
            await self._refused(handeling, subjects, error.code)
            raise

    async def _audit(self, resource: str, handeling: str, subjects: list[Subject]) -> None:
        if resource in auditing.NO_CUSTOMERS:
            return
        await record_looks(self._db, auditing.lines(self._verzoek, handeling, subjects))

    async def _refused(self, handeling: str, subjects: list[Subject], reden: str) -> None:
        for regel in auditing.lines(self._verzoek, handeling, subjects, gelukt=False, reden=reden):
            await record_refused(self._db, regel)


async def read_object(
    db: Database, register: EmbeddedKlantinteracties, resource: str, uuid: str, asked: Mapping[str, str]
) -> Reading:
    """One object, and who is seen in it. Whether the caller may see it, and that he did, is not decided here."""
    async with db.read() as session:
        item, row = await register.read_with_row(session, resource, uuid, asked)
        subjects = await auditing.shown_subjects(session, resource, [row])
    return Reading(msgspec.Raw(msgspec.json.encode(item)), subjects or _named(resource, uuid))


def functies_of(resource: str, expand: str) -> set[str]:
    """The rights that a question about this resource takes, with what it asks to be expanded."""
    functies = {"crm" if resource == maak.NAAM else _kind(resource).functie}
    if _TAKEN_FIELD in expand:
        functies.add(RESOURCES["internetaken"].functie)
    return functies


def _kind(resource: str) -> Resource:
    kind = RESOURCES.get(resource)
    if kind is None:
        raise NotFound("Dit adres bestaat niet in het register.")
    return kind


def _named(resource: str, uuid: str) -> list[Subject]:
    """The object itself as a subject, where the request names one."""
    return [("partij" if resource == "partijen" else _kind(resource).soort, uuid.lower()[:36])] if uuid else []


async def _again_on_deadlock(act: Callable[[], Awaitable[T]]) -> T:
    """Two writers can hold what the other waits for; the database ends one of them, which simply starts again."""
    for attempt in range(_ATTEMPTS):
        try:
            return await act()
        except (OperationalError, PoolTimeout) as error:
            state = getattr(getattr(error, "orig", None), "sqlstate", None)
            if state not in _DEADLOCK or attempt == _ATTEMPTS - 1:
                raise ServerFault("De database is nu niet beschikbaar.") from error
    raise AssertionError("unreachable")
