"""Actorklantcontacten: which actor handled which klantcontact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties import concerned, tables
from kcs_desktop.backend.standards.klantinteracties.steps import ACTOR_KLANTCONTACT
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, by_uuid
from kcs_desktop.backend.standards.objecten.groups import Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, Unique, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls


class Actorklantcontacten(Resource):
    naam = "actorklantcontacten"
    soort = "actorklantcontact"
    table = table_of(tables.ActorKlantcontact)
    fields = (
        Reference(wire="actor", column="actor", table="ki_actor", required=True),
        Reference(wire="klantcontact", column="klantcontact", table="ki_klantcontact", required=True),
    )
    uniques = (Unique(("actor", "klantcontact"), "nonFieldErrors", "Deze actor hoort al bij dit klantcontact."),)
    filters: ClassVar[Mapping[str, Filter]] = {
        "actor__url": by_url(ACTOR_KLANTCONTACT.actor),
        "actor__uuid": by_uuid(ACTOR_KLANTCONTACT.actor),
        "klantcontact__url": by_url(ACTOR_KLANTCONTACT.klantcontact),
        "klantcontact__uuid": by_uuid(ACTOR_KLANTCONTACT.klantcontact),
    }

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await concerned.of_klantcontact(session, row.klantcontact)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "uuid": row.uuid,
                "url": urls.of("actorklantcontacten", row.uuid),
                "actor": urls.reference("actoren", row.actor),
                "klantcontact": urls.reference("klantcontacten", row.klantcontact),
            }
            for row in rows
        ]
