"""Finding objects: parameters checked, one page read, newest first with the uuid as a fixed tiebreak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from sqlalchemy import ColumnElement, Row, and_, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.objecten.conditions import where
from kcs_desktop.backend.standards.objecten.expand import read_expand
from kcs_desktop.backend.standards.objecten.related import Related, is_one_of
from kcs_desktop.backend.standards.objecten.resource import Resource
from kcs_desktop.domain.errors import NotFound

PAGE_SIZE = 100
MAX_PAGE_SIZE = 500  # a larger one is capped without a word, as Open Klant does
FEW = 10_000  # objects that are named one by one
_PAGING = frozenset({"page", "pageSize"})
WHOLE = 5000  # of a list without pages; who asks for more must ask for something narrower
_LAST_PAGE = 10**9


class Page(msgspec.Struct, frozen=True):
    """Rows of one page. `count` is the number of all that match; where those are very many, of those counted."""

    rows: list[Row[Any]]
    count: int
    number: int
    size: int
    expand: Mapping[str, Any]

    def neighbour(self, address: str, asked: Mapping[str, str], step: int) -> str | None:
        """The address of the next (1) or previous (-1) page, or None where there is none."""
        number = self.number + step
        if number < 1 or (number - 1) * self.size >= max(self.count, 1):
            return None
        parameters = {**asked, "page": str(number)}
        if number == 1:
            del parameters["page"]
        return f"{address}?{urlencode(parameters)}" if parameters else address


def check_parameters(resource: Resource, asked: Mapping[str, str], *, detail: bool = False) -> Mapping[str, Any]:
    """What `expand` asks. Raises InvalidBody for a parameter or expansion that the standard does not have here."""
    known = {*resource.detail_parameters} if detail else {*resource.filters, *(_PAGING if resource.paged else ())}
    if resource.expansions:
        known.add("expand")
    if resource.orderings and not detail:
        known.add("ordering")
    unknown = sorted(name for name in asked if name not in known)
    if unknown:
        raise InvalidBody(
            [InvalidParam(name[:100], "unknown-parameter", "Deze parameter bestaat niet.") for name in unknown[:20]],
            "Onbekende parameter.",
        )
    return read_expand(resource.expansions, asked.get("expand", ""))


async def find_page(
    session: AsyncSession, resource: Resource, asked: Mapping[str, str], within: ColumnElement[bool] | None = None
) -> Page:
    """The page that `asked` describes. Raises NotFound beyond the last page, and for what is no page number."""
    expand = check_parameters(resource, asked)
    order = _order(resource, asked)
    number, size = _page_number(asked.get("page", "")), _page_size(asked.get("pageSize", ""))
    condition = await _found_first(session, resource, asked, within)
    rows = await _rows(session, resource, condition, order, size + 1, (number - 1) * size)
    if not rows and number > 1:
        raise NotFound("Deze pagina bestaat niet.")
    if len(rows) <= size:
        count = (number - 1) * size + len(rows)  # this is the last page, so nothing is left to count
    elif resource.counts_to and number * size + 1 >= resource.counts_to:
        count = number * size + 1  # that there is a next page is all that it tells from here on
    else:
        count = await _count(session, resource, condition, number * size + 1)
    return Page(rows[:size], count, number, size, expand)


async def find_all(
    session: AsyncSession,
    resource: Resource,
    asked: Mapping[str, str],
    within: ColumnElement[bool] | None = None,
    *,
    most: int = 0,
) -> tuple[list[Row[Any]], Mapping[str, Any]]:
    """Every object that matches, without pages, and what `expand` asks. Raises InvalidBody for more than `most`."""
    expand = check_parameters(resource, asked)
    condition = _condition(resource, asked, within)
    query = select(resource.table).order_by(*_order(resource, asked))
    if condition is not None:
        query = query.where(condition)
    rows = list((await session.execute(query.limit(most + 1) if most else query)).all())
    if most and len(rows) > most:
        reason = f"Dit zijn meer dan {most} objecten. Vraag er minder tegelijk, met een filter."
        raise InvalidBody([InvalidParam("nonFieldErrors", "too-many", reason)])
    return rows, expand


async def find_uuids(
    session: AsyncSession, resource: Resource, asked: Mapping[str, str], within: ColumnElement[bool] | None = None
) -> Sequence[str]:
    """The uuids of every object that matches."""
    check_parameters(resource, asked)
    query = select(resource.table.c.uuid).order_by(*_order(resource, asked))
    condition = _condition(resource, asked, within)
    return (await session.scalars(query if condition is None else query.where(condition))).all()


async def _rows(
    session: AsyncSession,
    resource: Resource,
    condition: ColumnElement[bool] | None,
    order: list[ColumnElement[Any]],
    most: int,
    offset: int,
) -> list[Row[Any]]:
    """So many rows from there on. Of a table with very many the keys come first, which an index gives by itself: the
    rows that are passed by are not read."""
    table = resource.table
    query = select(table.c.uuid) if resource.counts_to else select(table)
    query = query.order_by(*order).limit(most).offset(offset)
    if condition is not None:
        query = query.where(condition)
    if not resource.counts_to:
        return list((await session.execute(query)).all())
    return await Related(session).rows_of(table, (await session.scalars(query)).all())


async def _found_first(
    session: AsyncSession, resource: Resource, asked: Mapping[str, str], within: ColumnElement[bool] | None
) -> ColumnElement[bool] | None:
    """The condition of `asked`. What no index answers is looked for first, in what is narrow: where few hold it those
    are named, so that the list does not go through all rows for them; where many do, the first of a list are near."""
    left = dict(asked)
    named: list[ColumnElement[bool]] = []
    for name, text in asked.items():
        wanted = resource.filters.get(name)
        value = wanted.read(text) if wanted is not None and wanted.scans and text else None
        if wanted is None or value is None:
            continue
        key = resource.table.c.uuid
        found = (await session.scalars(select(key).where(wanted.condition(value)).limit(FEW + 1))).all()
        if len(found) <= FEW:
            named.append(is_one_of(session, key, found))
            del left[name]
    condition = _condition(resource, left, within)
    return and_(*named, *([] if condition is None else [condition])) if named else condition


def _condition(
    resource: Resource, asked: Mapping[str, str], within: ColumnElement[bool] | None
) -> ColumnElement[bool] | None:
    """What is asked, of what may be seen. A filter with a default holds where its parameter is not used."""
    filters = {name: asked[name] for name in asked if name in resource.filters}
    filters |= {name: value for name, value in resource.defaults.items() if not filters.get(name)}
    wanted = where(resource.filters, filters)
    if wanted is None or within is None:
        return within if wanted is None else wanted
    return and_(wanted, within)


async def _count(session: AsyncSession, resource: Resource, condition: ColumnElement[bool] | None, least: int) -> int:
    """How many match; where the resource does not count on for ever, at `least` so many that there is a next page."""
    if not resource.counts_to:
        query = select(func.count()).select_from(resource.table)
        return int((await session.scalar(query if condition is None else query.where(condition))) or 0)
    # Of no column, so that an index alone can tell: rows are wide.
    some = select(literal(1)).select_from(resource.table).limit(max(resource.counts_to, least))
    some = some if condition is None else some.where(condition)
    return int((await session.scalar(select(func.count()).select_from(some.subquery()))) or 0)


def _order(resource: Resource, asked: Mapping[str, str]) -> list[ColumnElement[Any]]:
    """By what `ordering` names, each descending with a minus before it; then newest first, so that pages never mix.

    Raises InvalidBody for a field that the standard does not order by, and for one that is named twice.
    """
    order: list[ColumnElement[Any]] = []
    descending = True
    named: set[str] = set()
    for name in filter(None, (part.strip() for part in asked.get("ordering", "").split(","))):
        field = name.removeprefix("-")
        column = resource.orderings.get(field)
        if column is None:
            raise InvalidBody([InvalidParam("ordering", "invalid_choice", "Hierop kan niet worden geordend.")])
        if field in named:
            raise InvalidBody([InvalidParam("ordering", "unique", "Noem elk veld hoogstens één keer.")])
        named.add(field)
        descending = name.startswith("-")
        way = column.desc() if descending else column.asc()
        if column.nullable:  # as PostgreSQL keeps its indexes, and so as the standard's own servers answer
            way = way.nulls_first() if descending else way.nulls_last()
        order.append(way)
    last = [resource.table.c[name] for name in resource.newest_first]
    # An index can be read either way, but not both ways at once.
    return [*order, *(column.desc() if descending else column.asc() for column in last)]


def _page_number(text: str) -> int:
    if not text:
        return 1
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    if not 1 <= number <= _LAST_PAGE:
        raise NotFound("Deze pagina bestaat niet.")
    return number


def _page_size(text: str) -> int:
    # What is no number falls back without a word, as Open Klant does.
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        return PAGE_SIZE
    return MAX_PAGE_SIZE if len(text) > 4 else min(int(text), MAX_PAGE_SIZE)
