"""A register of objects as the rest of the backend uses it: the port `Register`, with the same rules as over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, not_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import Column

from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.expand import Tree, expand, shown_whole
from kcs_desktop.backend.standards.objecten.listing import (
    WHOLE,
    Page,
    check_parameters,
    find_all,
    find_page,
    find_uuids,
)
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import NO_BOUNDS, Json, Resource, Within
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.domain.errors import Forbidden

_NOT_YOURS = "Met uw rol mag u dit niet inzien of wijzigen."


@asynccontextmanager
async def whole(unit: UnitOfWork) -> AsyncIterator[None]:
    """All of it or nothing, also where the caller goes on with the unit after a refusal."""
    before = unit.collected()
    try:
        async with unit.session.begin_nested():
            yield
    except BaseException:
        unit.back_to(before)
        raise


class EmbeddedRegister:
    """The part of `kcs_desktop.backend.standards.port.Register` that all registers share.

    `resources` by their name in the address; `base_url` is that of the API, for the `url` fields. `expandable` holds
    resources of other APIs as well, where `expand` may lead to those. `within` bounds what may be seen, changed or
    referred to, resources of other APIs included: lists and expansions leave out the rest, and every other act on it
    raises Forbidden. No other right is asked here, and no audit trail written: whoever knows the person behind the act
    does that.
    """

    def __init__(
        self,
        resources: Mapping[str, Resource],
        base_url: str,
        *,
        expandable: Mapping[str, Resource] | None = None,
        within: Within = NO_BOUNDS,
    ) -> None:
        self.resources = resources
        self.urls = Urls(base_url)
        self._expandable = expandable or resources
        self._within = within

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Json:
        """POST."""
        await self._require_references(unit.session, resource, body, None)
        async with whole(unit):
            uuid = await self.resources[resource].create(unit, body)
            await self._require_within(unit.session, resource, uuid)
            return await self._one(unit.session, resource, uuid)

    async def add(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> str:
        return await self.resources[resource].add(unit, body)

    async def change(self, unit: UnitOfWork, resource: str, uuid: str, body: Mapping[str, Any]) -> Json:
        """PATCH."""
        return await self._changed(unit, resource, uuid, body, partial=True)

    async def replace(self, unit: UnitOfWork, resource: str, uuid: str, body: Mapping[str, Any]) -> Json:
        """PUT."""
        return await self._changed(unit, resource, uuid, body, partial=False)

    async def _changed(
        self, unit: UnitOfWork, resource: str, uuid: str, body: Mapping[str, Any], *, partial: bool
    ) -> Json:
        async with whole(unit):
            current = await self.row(unit.session, resource, uuid, lock=True)
            await self._require_references(unit.session, resource, body, current)
            kept = await self._with_hidden(unit.session, resource, body, current)
            await self.resources[resource].change(unit, uuid, kept, partial=partial)
            await self._require_within(unit.session, resource, uuid)
        return await self._one(unit.session, resource, uuid)

    async def delete(self, unit: UnitOfWork, resource: str, uuid: str) -> None:
        kind = self.resources[resource]
        current = await self.row(unit.session, resource, uuid)
        for row in await kind.along(unit.session, current):
            await self._require_within(unit.session, resource, row.uuid)
        await kind.delete(unit, current.uuid)

    async def take_turn(self, unit: UnitOfWork, partij: str) -> None:
        """Nothing here is compared before it is written."""

    async def get(self, unit: UnitOfWork, resource: str, uuid: str) -> Json:
        return await self.read(unit.session, resource, uuid)

    async def find(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[Json]:
        kind = self.resources[resource]
        rows, tree = await find_all(unit.session, kind, filters, self._within.get(resource))
        return await self._represent(kind, unit.session, rows, tree)

    async def uuids(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[str]:
        return await find_uuids(unit.session, self.resources[resource], filters, self._within.get(resource))

    async def has(self, unit: UnitOfWork, resource: str, uuid: str) -> bool:
        return await self.resources[resource].exists(unit.session, uuid, self._within.get(resource))

    async def read(
        self, session: AsyncSession, resource: str, uuid: str, asked: Mapping[str, str] | None = None
    ) -> Json:
        """GET of one object, with `expand` where the standard has it."""
        return (await self.read_with_row(session, resource, uuid, asked))[0]

    async def read_with_row(
        self, session: AsyncSession, resource: str, uuid: str, asked: Mapping[str, str] | None = None
    ) -> tuple[Json, Row[Any]]:
        """The same, and the row behind it."""
        kind = self.resources[resource]
        tree = check_parameters(kind, asked or {}, detail=True)
        await self._require_within(session, resource, uuid)
        row = await kind.as_asked(session, uuid, asked or {})
        related = self._related(session, shown_whole(kind.expansions, tree))
        item = await kind.detail(related, row, self.urls)
        await self._expand(kind, related, [item], tree)
        return item, row

    async def row(self, session: AsyncSession, resource: str, uuid: str, *, lock: bool = False) -> Row[Any]:
        """The stored row, with `lock` until the unit ends. Raises NotFound, and Forbidden for one out of bounds."""
        row = await self.resources[resource].row(session, uuid, lock=lock)
        await self._require_within(session, resource, row.uuid)
        return row

    async def page(
        self,
        session: AsyncSession,
        resource: str,
        asked: Mapping[str, str],
        *,
        address: str = "",
        within: ColumnElement[bool] | None = None,
    ) -> tuple[Json | list[Json], Page]:
        """GET of a list: the standard's page, or its plain array, and the rows behind it.

        A list under another object, as the zaakeigenschappen of one zaak, says its own `address` in the API and
        which rows it is of.
        """
        kind: Resource = self.resources[resource]
        bounds = [bound for bound in (self._within.get(resource), within) if bound is not None]
        bound = and_(*bounds) if bounds else None
        if not kind.paged:
            rows, tree = await find_all(session, kind, asked, bound, most=WHOLE)
            return await self._represent(kind, session, rows, tree), Page(rows, len(rows), 1, len(rows), tree)
        page = await find_page(session, kind, asked, bound)
        items = await self._represent(kind, session, page.rows, page.expand)
        address = f"{self.urls.base}/{address or resource}"
        answer: Json = {
            "count": page.count,
            "next": page.neighbour(address, asked, 1),
            "previous": page.neighbour(address, asked, -1),
            "results": items,
        }
        return answer, page

    def _related(self, session: AsyncSession, whole: Iterable[Column[Any]] = ()) -> Related:
        kinds = self._expandable
        return Related(session, whole, {kinds[al].table: bound for al, bound in self._within.items() if al in kinds})

    async def _one(self, session: AsyncSession, resource: str, uuid: str) -> Json:
        return await self.resources[resource].one(session, uuid, self.urls, self._related(session))

    async def _represent(self, kind: Resource, session: AsyncSession, rows: list[Row[Any]], tree: Tree) -> list[Json]:
        related = self._related(session, shown_whole(kind.expansions, tree))
        items = await kind.represent(related, rows, self.urls)
        await self._expand(kind, related, items, tree)
        return items

    async def _expand(self, kind: Resource, related: Related, items: list[Json], tree: Tree) -> None:
        await expand(related, self._expandable, kind.expansions, items, tree, self.urls, self._within)

    async def _require_within(self, session: AsyncSession, resource: str, uuid: str) -> None:
        """Raises Forbidden for an object out of bounds, NotFound for one that is not there."""
        bound = self._within.get(resource)
        kind = self.resources[resource]
        if bound is None or await kind.exists(session, uuid, bound):
            return
        await kind.row(session, uuid)
        raise Forbidden(_NOT_YOURS)

    async def _require_references(
        self, session: AsyncSession, resource: str, body: object, current: Row[Any] | None
    ) -> None:
        """Raises Forbidden for a new reference to an object out of bounds: it could come into reach by that."""
        if not isinstance(body, Mapping):
            return
        fresh: dict[tuple[str, str], list[str]] = {}
        for field in self.resources[resource].fields:
            held = {one.uuid for one in field.held(getattr(current, field.column, None))}
            for named in field.named(body.get(field.wire)):
                if named.uuid not in held:
                    fresh.setdefault((named.table, named.resource), []).append(named.uuid)
        for (table, kind), uuids in fresh.items():
            if (bound := self._within.get(kind)) is None:
                continue
            if await Related(session).those(Base.metadata.tables[table].c.uuid, uuids, not_(bound)):
                raise Forbidden(_NOT_YOURS)

    async def _with_hidden(self, session: AsyncSession, resource: str, body: object, current: Row[Any]) -> object:
        """What was left out of the answer, because it is out of bounds, is not taken away by what was made of it."""
        if not isinstance(body, Mapping):
            return body
        related, kept = self._related(session), dict(body)
        for field in self.resources[resource].fields:
            if field.wire not in body:
                continue
            stored, hidden = getattr(current, field.column, None), set[str]()
            held = field.held(stored)
            for table in {one.table for one in held}:
                key = Base.metadata.tables[table].c.uuid
                hidden |= await related.hidden(key, (one.uuid for one in held if one.table == table))
            kept[field.wire] = field.with_hidden(body[field.wire], stored, hidden)
        return kept
