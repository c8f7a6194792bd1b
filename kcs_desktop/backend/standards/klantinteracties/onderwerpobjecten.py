"""Onderwerpobjecten: what a klantcontact was about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import concerned, tables
from kcs_desktop.backend.standards.klantinteracties.groepen import identificator
from kcs_desktop.backend.standards.klantinteracties.klantcontacten import Klantcontacten
from kcs_desktop.backend.standards.klantinteracties.steps import ONDERWERP_PARTS, ONDERWERPOBJECT
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, by_uuid, identification
from kcs_desktop.backend.standards.objecten.groups import Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

_IDENTIFICATOR = identificator("onderwerpobjectidentificator")
_represent_identificator = _IDENTIFICATOR.representer()


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

    async def delete_with_contact(self, unit: UnitOfWork, uuid: str, urls: Urls) -> list[str]:
        """DELETE with `cascade=true`: its klantcontact goes too, unless another onderwerpobject uses it.

        Returns the addresses of the klantcontacten that stay.
        """
        row = await self.row(unit.session, uuid, lock=True)
        await self.delete(unit, uuid)
        stays = {row.was_klantcontact} - {None, row.klantcontact}
        if row.klantcontact is not None:
            used = select(ONDERWERPOBJECT.uuid).where(
                or_(
                    ONDERWERPOBJECT.klantcontact == row.klantcontact,
                    ONDERWERPOBJECT.was_klantcontact == row.klantcontact,
                )
            )
            if (await unit.session.scalar(used.limit(1))) is None:
                await Klantcontacten().delete(unit, row.klantcontact)
            else:
                stays.add(row.klantcontact)
        return [urls.of("klantcontacten", contact) for contact in sorted(stays)]

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await concerned.of_klantcontact(session, row.klantcontact, row.was_klantcontact)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "uuid": row.uuid,
                "url": urls.of("onderwerpobjecten", row.uuid),
                "klantcontact": urls.reference("klantcontacten", row.klantcontact),
                "wasKlantcontact": urls.reference("klantcontacten", row.was_klantcontact),
                "onderwerpobjectidentificator": _represent_identificator(row),
            }
            for row in rows
        ]
