"""What one API of the family says of itself. The rest is the same for all of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import ColumnElement, Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.audit.links import Sleutel
from kcs_desktop.backend.principal import Principal
from kcs_desktop.backend.standards.objecten.register import EmbeddedRegister
from kcs_desktop.backend.standards.objecten.resource import NO_BOUNDS, Resource, Within


class Subject(msgspec.Struct, frozen=True):
    """What an audit line is about: a zaak with the people in it. `verwant` are other keys of the same subject, `gezien`
    those of others who stood in the answer."""

    soort: str
    waarde: str
    verwant: tuple[Sleutel, ...] = ()
    gezien: tuple[Sleutel, ...] = ()


class Api:
    """One API. The functie of each resource says which right it needs."""

    prefix: ClassVar[str]
    version: ClassVar[str]
    bron: ClassVar[str]  # its name in the audit trail
    resources: Mapping[str, Resource]
    elsewhere: ClassVar[Mapping[str, Resource]] = {}  # resources of other APIs that `expand` leads to
    crs: ClassVar[frozenset[str]] = frozenset()  # resources that hold geometries
    large: ClassVar[frozenset[str]] = frozenset()  # resources whose bodies hold the content of files
    looks_are_audited: ClassVar[bool] = True  # false where nobody is in it

    def scope(self, wie: Principal) -> Hashable:
        """What an answer depends on beside the question: callers of one scope may share a reading."""
        return None

    def within(self, wie: Principal) -> Within:
        """Per resource which rows this caller may see and change."""
        return NO_BOUNDS

    def narrowed(self, wie: Principal, asked: Mapping[str, str]) -> ColumnElement[bool] | None:
        """Which rows of a list this caller may find by what is asked, where that is fewer than may be seen."""
        return None

    async def subjects(self, session: AsyncSession, resource: str, rows: Sequence[Row[Any]]) -> list[Subject]:
        """Who is seen, or concerned by a change, in these rows; for a write asked before it and after it."""
        return [Subject(self.resources[resource].soort, row.uuid) for row in rows]

    def about(self, resource: str, row: Row[Any]) -> Hashable:
        """Equal for rows of which `subjects` says the same."""
        return resource, row.uuid

    def asked(self, asked: Mapping[str, str]) -> list[Subject]:
        """The customer that a list was asked for by key, also when nothing was found."""
        return []

    def register(self, base_url: str, wie: Principal | None = None) -> EmbeddedRegister:
        """The register as this caller may use it; without one, as the backend itself does."""
        return EmbeddedRegister(
            self.resources,
            base_url,
            expandable={**self.elsewhere, **self.resources},
            within=NO_BOUNDS if wie is None else self.within(wie),
        )
