"""A register of objects as the rest of the backend uses it: the port `Register`, with the same rules as over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.expand import expand, shown_whole
from kcs_desktop.backend.standards.objecten.listing import (
    Page,
    check_parameters,
    find_all,
    find_page,
    find_uuids,
)
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource
from kcs_desktop.backend.standards.objecten.urls import Urls


@asynccontextmanager
async def whole(unit: UnitOfWork) -> AsyncIterator[None]:
    """All of it or nothing, also where the caller goes on with the unit after a refusal."""
    announced = len(unit.wijzigingen)
    try:
        async with unit.session.begin_nested():
            yield
    except BaseException:
        del unit.wijzigingen[announced:]
        raise


class EmbeddedRegister:
    """The part of `kcs_desktop.backend.standards.port.Register` that all registers share.

    `resources` by their name in the address; `base_url` is that of the API, for the `url` fields. Nothing here asks for
    rights or writes the audit trail: whoever knows the person behind the act does that.
    """

    def __init__(self, resources: Mapping[str, Resource], base_url: str) -> None:
        self.resources = resources
        self.urls = Urls(base_url)

    async def create(self, unit: UnitOfWork, resource: str, body: Mapping[str, Any]) -> Json:
        """POST."""
        async with whole(unit):
            uuid = await self.resources[resource].create(unit, body)
            return await self.resources[resource].one(unit.session, uuid, self.urls)

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
            await self.resources[resource].change(unit, uuid, body, partial=partial)
        return await self.resources[resource].one(unit.session, uuid, self.urls)

    async def delete(self, unit: UnitOfWork, resource: str, uuid: str) -> None:
        await self.resources[resource].delete(unit, uuid)

    async def get(self, unit: UnitOfWork, resource: str, uuid: str) -> Json:
        return await self.read(unit.session, resource, uuid)

    async def find(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[Json]:
        kind = self.resources[resource]
        rows, tree = await find_all(unit.session, kind, filters)
        related = Related(unit.session, shown_whole(kind.expansions, tree))
        items = await kind.represent(related, rows, self.urls)
        await expand(related, self.resources, kind.expansions, items, tree, self.urls)
        return items

    async def uuids(self, unit: UnitOfWork, resource: str, filters: Mapping[str, str]) -> Sequence[str]:
        return await find_uuids(unit.session, self.resources[resource], filters)

    async def has(self, unit: UnitOfWork, resource: str, uuid: str) -> bool:
        return await self.resources[resource].exists(unit.session, uuid)

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
        related = Related(session, shown_whole(kind.expansions, tree))
        row = await kind.row(session, uuid)
        items = await kind.represent(related, [row], self.urls)
        await expand(related, self.resources, kind.expansions, items, tree, self.urls)
        return items[0], row

    async def page(self, session: AsyncSession, resource: str, asked: Mapping[str, str]) -> tuple[Json, Page]:
        """GET of a list: the standard's page, and the rows behind it."""
        kind: Resource = self.resources[resource]
        page = await find_page(session, kind, asked)
        related = Related(session, shown_whole(kind.expansions, page.expand))
        items = await kind.represent(related, page.rows, self.urls)
        await expand(related, self.resources, kind.expansions, items, page.expand, self.urls)
        address = f"{self.urls.base}/{resource}"
        answer: Json = {
            "count": page.count,
            "next": page.neighbour(address, asked, 1),
            "previous": page.neighbour(address, asked, -1),
            "results": items,
        }
        return answer, page
