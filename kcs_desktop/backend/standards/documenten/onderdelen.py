"""What hangs on a document: the zaken it is in, which only Zaken changes, and its gebruiksrechten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, select, update
from sqlalchemy.schema import Column

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.documenten import tables
from kcs_desktop.backend.standards.documenten.adres import NAAM, PREFIX
from kcs_desktop.backend.standards.documenten.steps import DOCUMENT, GEBRUIKSRECHT, KOPPELING
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url
from kcs_desktop.backend.standards.objecten.conditions import moment as compared
from kcs_desktop.backend.standards.objecten.fields import Moment, Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import moment
from kcs_desktop.backend.standards.objecten.resource import Expansion, Json, Resource, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken.adres import PREFIX as ZAKEN

_DOCUMENT = table_of(tables.Informatieobject)


def _moments(name: str, column: Column[Any]) -> dict[str, Filter]:
    return {f"{name}__{way}": compared(column, way) for way in ("gt", "gte", "lt", "lte")}


class Objectinformatieobjecten(Resource):
    """Made where a zaakinformatieobject is made, in the same transaction; no client makes or deletes one."""

    naam = "objectinformatieobjecten"
    prefix = PREFIX
    soort = "objectinformatieobject"
    functie = "dossier"
    table = table_of(tables.Objectinformatieobject)
    fields = ()
    changes: ClassVar[frozenset[str]] = frozenset()
    only_read: ClassVar[bool] = True
    paged: ClassVar[bool] = False
    filters: ClassVar[Mapping[str, Filter]] = {
        "informatieobject": by_url(KOPPELING.informatieobject),
        "object": by_url(KOPPELING.object),
    }

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        zaken = urls.under(ZAKEN)
        return [
            {
                "url": urls.of(self.naam, row.uuid),
                "informatieobject": urls.of(NAAM, row.informatieobject),
                "object": zaken.of("zaken", row.object),
                "objectType": row.object_type,
            }
            for row in rows
        ]


class Gebruiksrechten(Resource):
    """The first one sets the indicatie of its document, and without any it is not known again."""

    naam = "gebruiksrechten"
    prefix = PREFIX
    soort = "gebruiksrecht"
    functie = "dossier"
    table = table_of(tables.Gebruiksrecht)
    paged: ClassVar[bool] = False
    fields = (
        Address(
            wire="informatieobject",
            column="informatieobject",
            table="doc_informatieobject",
            resource=NAAM,
            required=True,
        ),
        Moment(wire="startdatum", column="startdatum", required=True),
        Moment(wire="einddatum", column="einddatum", nullable=True),
        Text(
            wire="omschrijvingVoorwaarden",
            column="omschrijving_voorwaarden",
            maximum=10_000,
            required=True,
            blank=False,
        ),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "informatieobject": by_url(GEBRUIKSRECHT.informatieobject),
        **_moments("startdatum", GEBRUIKSRECHT.startdatum),
        **_moments("einddatum", GEBRUIKSRECHT.einddatum),
    }
    expansions: ClassVar[Mapping[str, Expansion]] = {
        "informatieobject": Expansion(NAAM, {"informatieobjecttype": Expansion("informatieobjecttypen")})
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        given = parsed.values.get("informatieobject")
        if current is not None and given not in {None, current.informatieobject}:
            raise refuse("informatieobject", "wijzigen-niet-toegelaten", "Dit veld kan niet worden gewijzigd.")

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        if current is None:
            await _indicate(unit, parsed.values["informatieobject"], value=True)

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        document = (await self.row(unit.session, uuid)).informatieobject
        await super().delete(unit, uuid)
        others = select(GEBRUIKSRECHT.uuid).where(GEBRUIKSRECHT.informatieobject == document).limit(1)
        if await unit.session.scalar(others) is None:
            await _indicate(unit, document, value=None)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "url": urls.of(self.naam, row.uuid),
                "informatieobject": urls.of(NAAM, row.informatieobject),
                "startdatum": moment(row.startdatum),
                "einddatum": moment(row.einddatum),
                "omschrijvingVoorwaarden": row.omschrijving_voorwaarden,
            }
            for row in rows
        ]


async def _indicate(unit: UnitOfWork, document: str, *, value: bool | None) -> None:
    await unit.session.execute(update(_DOCUMENT).where(DOCUMENT.uuid == document).values(indicatie_gebruiksrecht=value))


def documents_of(resource: str, rows: Sequence[Row[Any]]) -> list[str]:
    """The documents that these rows are or belong to."""
    return list(dict.fromkeys(row.uuid if resource == NAAM else row.informatieobject for row in rows))
