"""Rows that belong to other rows, read in one query for a whole page, never one by one.

The statements are made once per column: making one takes longer than carrying it out. Keys go along as one parameter,
because every parameter of its own costs the driver and the database as much as a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Row,
    Select,
    String,
    Table,
    and_,
    any_,
    bindparam,
    func,
    literal,
    not_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

# SQLite takes 32,766 parameters in a statement; a page rarely needs a second round.
_MOST = 10_000
_KEYS = "keys"


def portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys in pieces that fit a statement."""
    for start in range(0, len(keys), _MOST):
        yield keys[start : start + _MOST]


class Related:
    """What one answer reads. `whole` are columns of children that the answer shows in full: they are read once, where
    otherwise their uuids would be read first and their rows later. `within` is, per table, what may be seen of it."""

    def __init__(
        self,
        session: AsyncSession,
        whole: Iterable[Column[Any]] = (),
        within: Mapping[Table, ColumnElement[bool]] | None = None,
    ) -> None:
        self.session = session
        self._whole = frozenset(whole)
        self._within = within or {}
        self._known: dict[Table, dict[str, Row[Any]]] = {}

    async def children(
        self, parent: Column[Any], keys: Sequence[str], columns: tuple[ColumnElement[Any], ...]
    ) -> dict[str, list[Any]]:
        """The rows whose `parent` is among the keys, per key, oldest first; the parent is the first column of a row."""
        found: dict[str, list[Any]] = {}
        for row in await _among(self.session, parent, columns, keys):
            found.setdefault(row[0], []).append(row)
        return found

    async def child_ids(self, parent: Column[Any], keys: Sequence[str]) -> dict[str, list[str]]:
        """The uuids of the children, per key."""
        if parent not in self._whole:
            rows = await self.children(parent, keys, (parent.table.c.uuid,))
            return {key: [row[1] for row in some] for key, some in rows.items()}
        table = _table(parent)
        known = self._known.setdefault(table, {})
        found: dict[str, list[str]] = {}
        for row in await _among(self.session, parent, tuple(table.c), keys):
            known[row.uuid] = row
            found.setdefault(row[0], []).append(row.uuid)
        return found

    async def visible_child_ids(self, parent: Column[Any], keys: Sequence[str]) -> dict[str, list[str]]:
        """The same, of children that may be out of reach where their parent is not."""
        found = await self.child_ids(parent, keys)
        bound = self._within.get(_table(parent))
        if bound is None or not found:
            return found
        seen = set(await self.those(parent.table.c.uuid, [uuid for some in found.values() for uuid in some], bound))
        return {key: [uuid for uuid in some if uuid in seen] for key, some in found.items()}

    async def hidden(self, column: Column[Any], keys: Iterable[str]) -> set[str]:
        """Which of these there are and are out of reach; `column` is that of their uuids."""
        bound = self._within.get(_table(column))
        asked = sorted(set(keys))
        return set() if bound is None or not asked else set(await self.those(column, asked, not_(bound)))

    async def rows_of(self, table: Table, uuids: Sequence[str]) -> list[Row[Any]]:
        """The rows with these uuids, in the order asked; what does not exist is left out."""
        known = self._known.get(table, {})
        if unread := [uuid for uuid in uuids if uuid not in known]:
            known = {
                **known,
                **{row.uuid: row for row in await _among(self.session, table.c.uuid, tuple(table.c), unread)},
            }
        return [known[uuid] for uuid in uuids if uuid in known]

    async def those(self, column: Column[Any], keys: Sequence[str], within: ColumnElement[bool]) -> list[str]:
        """Which of the keys have a row that lies `within`, in the order asked."""
        found: set[str] = set()
        for some in portions(keys):
            found |= set((await self.session.scalars(select(column).where(column.in_(some), within))).all())
        return [key for key in keys if key in found]


def _table(column: Column[Any]) -> Table:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 -- a stored column always has one; this tells the type checker
    return table


async def _among(
    session: AsyncSession, column: Column[Any], columns: tuple[ColumnElement[Any], ...], keys: Sequence[str]
) -> Sequence[Row[Any]]:
    if not keys:
        return ()
    statement: Select[Any]
    given: object
    if session.get_bind().dialect.name == "postgresql":
        statement, given = _of_array(column, columns), list(keys)
    else:
        statement, given = _of_json(column, columns), msgspec.json.encode(keys).decode()
    rows: Sequence[Row[Any]] = (await session.execute(statement, {_KEYS: given})).all()
    return rows


@cache
def _of_array(column: Column[Any], columns: tuple[ColumnElement[Any], ...]) -> Select[Any]:
    keys = bindparam(_KEYS, type_=ARRAY(String))
    return select(column.label("_"), *columns).where(column == any_(keys)).order_by(_order(column))


@cache
def _of_json(column: Column[Any], columns: tuple[ColumnElement[Any], ...]) -> Select[Any]:
    keys = select(func.json_each(bindparam(_KEYS, type_=String)).table_valued("value").c.value)
    return select(column.label("_"), *columns).where(column.in_(keys)).order_by(_order(column))


def is_one_of(session: AsyncSession, column: Column[Any], keys: Sequence[str]) -> ColumnElement[bool]:
    """The column holds one of these keys, which go along as one parameter."""
    if session.get_bind().dialect.name == "postgresql":
        return column == any_(literal(list(keys), ARRAY(String)))
    given = literal(msgspec.json.encode(keys).decode(), String)
    return column.in_(select(func.json_each(given).table_valued("value").c.value))


def _order(column: Column[Any]) -> ColumnElement[Any]:
    """Oldest first, where there is a uuid to say so."""
    return column.table.c.uuid if "uuid" in column.table.c else column


async def missing(session: AsyncSession, table: Table, uuids: Iterable[str]) -> set[str]:
    """Which of these do not exist."""
    asked = set(uuids)
    for some in portions(sorted(asked)):
        asked -= set((await session.scalars(select(table.c.uuid).where(table.c.uuid.in_(some)))).all())
    return asked


async def distinct_values(session: AsyncSession, column: Column[Any], where: ColumnElement[bool]) -> tuple[str, ...]:
    """The different values of a column, without NULL, in a fixed order."""
    query = select(column).distinct().where(and_(where, column.is_not(None))).order_by(column)
    return tuple((await session.scalars(query)).all())
