"""Rows that belong to other rows, read in one query for a whole page, never one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

# SQLite takes 32,766 parameters in a statement; a page rarely needs a second round.
_MOST = 10_000


def portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys in pieces that fit a statement."""
    for start in range(0, len(keys), _MOST):
        yield keys[start : start + _MOST]


async def children(
    session: AsyncSession, parent: Column[Any], keys: Sequence[str], columns: Sequence[ColumnElement[Any]]
) -> dict[str, list[Any]]:
    """The rows whose `parent` is among the keys, per key, oldest first; the parent is the first column of a row."""
    found: dict[str, list[Any]] = {}
    order = parent.table.c.uuid if "uuid" in parent.table.c else parent
    for some in portions(keys):
        query = select(parent, *columns).where(parent.in_(some)).order_by(order)
        for row in (await session.execute(query)).all():
            found.setdefault(row[0], []).append(row)
    return found


async def child_ids(session: AsyncSession, parent: Column[Any], keys: Sequence[str]) -> dict[str, list[str]]:
    """The uuids of the children, per key."""
    rows = await children(session, parent, keys, (parent.table.c.uuid,))
    return {key: [row[1] for row in some] for key, some in rows.items()}


async def rows_of(session: AsyncSession, table: Table, uuids: Sequence[str]) -> list[Row[Any]]:
    """The rows with these uuids, in the order asked; what does not exist is left out."""
    by_uuid: dict[str, Row[Any]] = {}
    for some in portions(uuids):
        for row in (await session.execute(select(table).where(table.c.uuid.in_(some)))).all():
            by_uuid[row.uuid] = row
    return [by_uuid[uuid] for uuid in uuids if uuid in by_uuid]


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
