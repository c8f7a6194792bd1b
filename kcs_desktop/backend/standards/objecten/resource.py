"""How any object of the register is made, changed, deleted and read. What differs per resource is in its own module.

The order is always: read the body, say all that is wrong with it, check what it refers to, apply the resource's rules,
store, announce. Everything happens in the caller's unit of work.
"""

from __future__ import annotations

import secrets
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import ColumnElement, Row, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.objecten.conditions import Filter
from kcs_desktop.backend.standards.objecten.fields import Field, Parsed, parse_uuid, read_fields
from kcs_desktop.backend.standards.objecten.groups import NOT_AN_OBJECT
from kcs_desktop.backend.standards.objecten.related import Related, missing
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.gebeurtenis import Kring, Wijziging
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.uuid7 import new_id

Json = dict[str, Any]
Within = Mapping[str, ColumnElement[bool]]  # per resource which rows somebody may see; a resource without: all
NO_BOUNDS: Within = {}
CHANGES = frozenset({"PUT", "PATCH", "DELETE"})
_ATTEMPTS = 12


class Unique(msgspec.Struct, frozen=True):
    """A key that no two objects share. `drawn` keys get a number when a new object comes without one;
    with `blank_is_free` the key does not count where a part of it is empty or false."""

    columns: tuple[str, ...]
    path: str
    reason: str = "Er bestaat al een object met deze waarde."
    drawn: bool = False
    blank_is_free: bool = False


class Expansion(msgspec.Struct, frozen=True):
    """What `expand` may follow from here: the resource behind a field, how far on from there, and, where the field
    lists children, the column in which those name their parent."""

    resource: str
    further: Mapping[str, Expansion] = {}
    parent: Column[Any] | None = None


def table_of(model: type[Base]) -> Table:
    """The Core table of a declared class."""
    table = model.__table__
    assert isinstance(table, Table)  # noqa: S101 -- a declared class always has a Table; this tells the type checker
    return table


def refuse(path: str, code: str, reason: str) -> InvalidBody:
    """400 for one field."""
    return InvalidBody([InvalidParam(path, code, reason)])


class Resource(ABC):
    """One resource of the standard. `naam` is its place in the address, `soort` its name in events.

    `prefix` is the API it belongs to; only a resource that another API expands to needs it.
    """

    naam: ClassVar[str]
    prefix: ClassVar[str] = ""
    changes: ClassVar[frozenset[str]] = CHANGES  # which of these methods the standard has here
    only_read: ClassVar[bool] = False  # the standard's POST is not for clients
    nested: ClassVar[bool] = False  # whether it is found under another object only
    soort: ClassVar[str]
    functie: ClassVar[str] = "crm"
    removal: ClassVar[Recht] = Recht.WIJZIGEN  # what removing one asks; making and changing ask WIJZIGEN
    table: ClassVar[Table]
    fields: ClassVar[tuple[Field, ...]]
    uniques: ClassVar[tuple[Unique, ...]] = ()
    filters: ClassVar[Mapping[str, Filter]] = {}
    defaults: ClassVar[Mapping[str, str]] = {}  # of filters that count also when they are not asked
    expansions: ClassVar[Mapping[str, Expansion]] = {}
    newest_first: ClassVar[tuple[str, ...]] = ("uuid",)
    counts_to: ClassVar[int] = 0  # from how many on a list tells that there are more, not how many; 0: always tells
    paged: ClassVar[bool] = True  # whether its list has pages, or is a plain array, of no more than `WHOLE` objects
    detail_parameters: ClassVar[frozenset[str]] = frozenset()  # what GET of one object takes, beside `expand`
    orderings: ClassVar[Mapping[str, Column[Any]]] = {}  # what `ordering` may name; empty: there is no such parameter

    # -- what a resource may say for itself ---------------------------------------------------------------------

    def read_body(self, body: Mapping[str, Any], parsed: Parsed, current: Row[Any] | None, *, partial: bool) -> None:
        """Read the body into `parsed`."""
        read_fields(self.fields, body, parsed, partial=partial)

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        """Check and complete what depends on more than one field. Raises InvalidBody."""
        return

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        """Store the relations that are kept in other tables."""
        return

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        """The partijen that a change of this object concerns."""
        return ()

    async def kringen(self, session: AsyncSession, row: Row[Any]) -> tuple[Kring, ...]:
        """Who may see this object, where that is not whoever has its functie."""
        return ()

    @abstractmethod
    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        """The standard's JSON of rows, with a fixed number of queries."""

    async def detail(self, related: Related, row: Row[Any], urls: Urls) -> Json:
        """The same of one object that is shown by itself, with what a list leaves out."""
        return (await self.represent(related, [row], urls))[0]

    async def along(self, session: AsyncSession, row: Row[Any]) -> Sequence[Row[Any]]:
        """The objects of this same resource that are deleted with this one."""
        return ()

    def announce(
        self,
        unit: UnitOfWork,
        row: Row[Any],
        handeling: str,
        onderwerpen: tuple[str, ...],
        kringen: tuple[Kring, ...] = (),
    ) -> None:
        """Tell the change feed; `row` is the object as it was before a change."""
        unit.emit(Wijziging(self.soort, row.uuid, handeling, self.functie, onderwerpen, kringen))

    async def draw(self, unit: UnitOfWork, unique: Unique, values: Json) -> str:
        """A value for a key that a new object came without; another one each time."""
        return draw_number()

    # -- what all of them do --------------------------------------------------------------------------------------

    async def create(self, unit: UnitOfWork, body: object) -> str:
        """Make an object; its uuid."""
        parsed = await self._parse(unit, body, None, partial=False)
        await check_mentions(unit.session, parsed)
        row = await self._make(unit, parsed)
        await self.tell(unit, row, "gemaakt")
        return str(row.uuid)

    async def tell(self, unit: UnitOfWork, row: Row[Any], handeling: str) -> None:
        """Announce a change of an object that stands as it is to those whom it concerns."""
        onderwerpen, kringen = await self.concerned(unit.session, row), await self.kringen(unit.session, row)
        self.announce(unit, row, handeling, onderwerpen, kringen)

    async def add(self, unit: UnitOfWork, body: object) -> str:
        """Make an object that its caller announces as part of a whole, and whose references the caller knows to exist;
        the database refuses them otherwise, and then the unit is over."""
        return str((await self._make(unit, await self._parse(unit, body, None, partial=False))).uuid)

    async def _make(self, unit: UnitOfWork, parsed: Parsed) -> Row[Any]:
        await self.apply_rules(unit, parsed, None)
        row = await self._insert(unit, new_id(unit.now), parsed.values)
        await self.store_links(unit, row.uuid, parsed, None)
        return row

    async def change(self, unit: UnitOfWork, uuid: str, body: object, *, partial: bool) -> None:
        """PATCH (`partial`) or PUT. Fields that are not given keep their value; PUT wants the required ones."""
        current = await self.row(unit.session, uuid, lock=True)
        before = await self.concerned(unit.session, current)
        saw = await self.kringen(unit.session, current)
        parsed = await self._parse(unit, body, current, partial=partial)
        await check_mentions(unit.session, parsed)
        await self.apply_rules(unit, parsed, current)
        if parsed.values:
            await self._store(unit, parsed.values, current)
        await self.store_links(unit, current.uuid, parsed, current)
        changed = await self.row(unit.session, current.uuid)
        after, see = await self.concerned(unit.session, changed), await self.kringen(unit.session, changed)
        self.announce(unit, current, "gewijzigd", tuple(sorted({*before, *after})), tuple(sorted({*saw, *see})))

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        """Delete an object with everything that is part of it."""
        current = await self.row(unit.session, uuid, lock=True)
        gone = [current, *await self.along(unit.session, current)]
        concerned = [(await self.concerned(unit.session, row), await self.kringen(unit.session, row)) for row in gone]
        try:
            async with unit.session.begin_nested():
                await unit.session.execute(delete(self.table).where(self.table.c.uuid == current.uuid))
        except IntegrityError:
            raise refuse("nonFieldErrors", "pending-relations", "Andere objecten hangen hieraan vast.") from None
        for row, (onderwerpen, kringen) in zip(gone, concerned, strict=True):
            self.announce(unit, row, "verwijderd", onderwerpen, kringen)

    async def row(self, session: AsyncSession, uuid: str, *, lock: bool = False) -> Row[Any]:
        """The stored row. Raises NotFound, also for what is no uuid."""
        canonical = parse_uuid(uuid)
        query = select(self.table).where(self.table.c.uuid == canonical)
        row = (await session.execute(query.with_for_update() if lock else query)).first() if canonical else None
        if row is None:
            raise NotFound("Dit object bestaat niet in het register.")
        return row

    async def as_asked(self, session: AsyncSession, uuid: str, asked: Mapping[str, str]) -> Row[Any]:
        """The stored row, or the form of it that the resource's own `detail_parameters` ask for. Raises NotFound."""
        return await self.row(session, uuid)

    async def exists(self, session: AsyncSession, uuid: str, within: ColumnElement[bool] | None = None) -> bool:
        """Whether there is a row, that lies `within`; false also for what is no uuid."""
        canonical = parse_uuid(uuid)
        query = select(self.table.c.uuid).where(self.table.c.uuid == canonical)
        if within is not None:
            query = query.where(within)
        return bool(canonical) and await session.scalar(query) is not None

    async def one(self, session: AsyncSession, uuid: str, urls: Urls, related: Related | None = None) -> Json:
        """The standard's JSON of one object. Raises NotFound."""
        return await self.detail(related or Related(session), await self.row(session, uuid), urls)

    async def _parse(self, unit: UnitOfWork, body: object, current: Row[Any] | None, *, partial: bool) -> Parsed:
        if not isinstance(body, Mapping):
            raise refuse("nonFieldErrors", "invalid", NOT_AN_OBJECT)
        parsed = Parsed()
        self.read_body(body, parsed, current, partial=partial)
        if parsed.problems:
            raise InvalidBody(parsed.problems)
        if current is None:
            for field in self.fields:
                if field.column and field.default is not None:
                    parsed.values.setdefault(field.column, field.default)
        return parsed

    async def _insert(self, unit: UnitOfWork, uuid: str, values: Json) -> Row[Any]:
        """A new row. A taken number that we drew ourselves is drawn again, any other is refused.

        A taken key ends no transaction here, so that this needs no savepoint; a reference to nothing does.
        """
        dialect = postgresql if unit.dialect == "postgresql" else sqlite
        drawn = [unique for unique in self.uniques if unique.drawn and unique.columns[0] not in values]
        for _ in range(_ATTEMPTS):
            for unique in drawn:
                values[unique.columns[0]] = await self.draw(unit, unique, values)
            statement = dialect.insert(self.table).values(uuid=uuid, **values).on_conflict_do_nothing()
            try:
                row = (await unit.session.execute(statement.returning(*self.table.c))).first()
            except IntegrityError:
                raise _unique_error(()) from None
            if row is not None:
                return row
            taken = await self._taken(unit.session, uuid, values, None)
            if not taken or any(unique not in drawn for unique in taken):
                raise _unique_error([unique for unique in taken if unique not in drawn])
        raise _unique_error(drawn)

    async def _store(self, unit: UnitOfWork, values: Json, current: Row[Any]) -> None:
        """Change the row, inside a savepoint: a taken key is refused."""
        try:
            async with unit.session.begin_nested():
                await unit.session.execute(update(self.table).where(self.table.c.uuid == current.uuid).values(**values))
        except IntegrityError:
            raise _unique_error(await self._taken(unit.session, current.uuid, values, current)) from None

    async def _taken(self, session: AsyncSession, uuid: str, values: Json, current: Row[Any] | None) -> list[Unique]:
        """Which keys of this object another one has."""
        merged = {**stored_values(current), **values}
        taken = []
        for unique in self.uniques:
            wanted = [merged.get(column) for column in unique.columns]
            if any(value is None or (unique.blank_is_free and not value) for value in wanted):
                continue
            same = [self.table.c[name] == value for name, value in zip(unique.columns, wanted, strict=True)]
            other = select(self.table.c.uuid).where(*same, self.table.c.uuid != uuid).limit(1)
            if (await session.scalar(other)) is not None:
                taken.append(unique)
        return taken


def stored_values(current: Row[Any] | None) -> Json:
    """The columns of a stored object; none for a new one."""
    return {} if current is None else {str(name): value for name, value in current._mapping.items()}


async def check_mentions(session: AsyncSession, parsed: Parsed) -> None:
    """400 for every reference to an object that does not exist; one query per table."""
    per_table: dict[str, set[str]] = {}
    for mention in parsed.mentions:
        per_table.setdefault(mention.table, set()).add(mention.uuid)
    known = Base.metadata.tables  # what is in a register elsewhere cannot be looked up here
    absent = {
        (name, uuid)
        for name, uuids in per_table.items()
        if name in known
        for uuid in await missing(session, known[name], uuids)
    }
    problems = [
        InvalidParam(mention.path, "does_not_exist", "Dit object bestaat niet.")
        for mention in parsed.mentions
        if (mention.table, mention.uuid) in absent
    ]
    if problems:
        raise InvalidBody(problems)


def draw_number() -> str:
    """A random number of ten digits; at 100,000 of them two are equal in 4 of 10 registers, so it is never trusted."""
    return str(secrets.randbelow(9_000_000_000) + 1_000_000_000)


def _unique_error(taken: Sequence[Unique]) -> InvalidBody:
    if not taken:  # what it referred to was deleted meanwhile
        return refuse("nonFieldErrors", "does_not_exist", "Een object waarnaar dit verwijst bestaat niet meer.")
    return InvalidBody([InvalidParam(unique.path, "unique", unique.reason) for unique in taken])
