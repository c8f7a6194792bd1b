"""Onderwerpobjecten: what a klantcontact was about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties import concerned, tables
from kcs_desktop.backend.standards.klantinteracties.conditions import Filter, by_url, by_uuid, identification
from kcs_desktop.backend.standards.klantinteracties.groepen import identificator
from kcs_desktop.backend.standards.klantinteracties.groups import Reference
from kcs_desktop.backend.standards.klantinteracties.resource import Json, Resource, table_of
from kcs_desktop.backend.standards.klantinteracties.steps import ONDERWERP_PARTS, ONDERWERPOBJECT
from kcs_desktop.backend.standards.klantinteracties.urls import Urls

_IDENTIFICATOR = identificator("onderwerpobjectidentificator")


class Onderwerpobjecten(Resource):
    naam = "onderwerpobjecten"
    soort = "onderwerpobject"
    table = table_of(tables.Onderwerpobject)
    fields = (
        Reference(wire="klantcontact", column="klantcontact", table="ki_klantcontact", nullable=True),
        Reference(wire="wasKlantcontact", column="was_klantcontact", table="ki_klantcontact", nullable=True),
        _IDENTIFICATOR,
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "klantcontact__url": by_url(ONDERWERPOBJECT.klantcontact),
        "klantcontact__uuid": by_uuid(ONDERWERPOBJECT.klantcontact),
        "wasKlantcontact__url": by_url(ONDERWERPOBJECT.was_klantcontact),
        "wasKlantcontact__uuid": by_uuid(ONDERWERPOBJECT.was_klantcontact),
        **identification("", "onderwerpobjectidentificator", ONDERWERP_PARTS),
    }

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await concerned.of_klantcontact(session, row.klantcontact, row.was_klantcontact)

    async def represent(self, session: AsyncSession, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "uuid": row.uuid,
                "url": urls.of("onderwerpobjecten", row.uuid),
                "klantcontact": urls.reference("klantcontacten", row.klantcontact),
                "wasKlantcontact": urls.reference("klantcontacten", row.was_klantcontact),
                "onderwerpobjectidentificator": _IDENTIFICATOR.represent(row),
            }
            for row in rows
        ]
