"""Informatieobjecttypen: what kinds of documents there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, update

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.catalogi import tables
from kcs_desktop.backend.standards.catalogi.adres import PREFIX
from kcs_desktop.backend.standards.catalogi.concept import check_period, refuse_published
from kcs_desktop.backend.standards.catalogi.geldigheid import (
    NO_END,
    STATUS,
    object_period,
    own_period,
    status_filter,
    valid_on,
)
from kcs_desktop.backend.standards.catalogi.steps import (
    INFORMATIEOBJECTTYPE,
    INFORMATIEOBJECTTYPE_TO_KOPPELING,
    KOPPELING,
)
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, contains, exact
from kcs_desktop.backend.standards.objecten.fields import Day, Parsed, Text, Texts
from kcs_desktop.backend.standards.objecten.groups import Address, JsonGroup
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zgw.fields import aanduiding

_GENERIEK = {
    "informatieobjecttypeOmschrijvingGeneriek": 80,
    "definitieInformatieobjecttypeOmschrijvingGeneriek": 255,
    "herkomstInformatieobjecttypeOmschrijvingGeneriek": 12,
    "hierarchieInformatieobjecttypeOmschrijvingGeneriek": 80,
    "opmerkingInformatieobjecttypeOmschrijvingGeneriek": 255,
}
_NO_GENERIEK = dict.fromkeys(_GENERIEK, "")


class Informatieobjecttypen(Resource):
    naam = "informatieobjecttypen"
    soort = "informatieobjecttype"
    functie = "zaken"
    prefix = PREFIX
    table = table_of(tables.Informatieobjecttype)
    fields = (
        Address(wire="catalogus", column="catalogus", table="cat_catalogus", resource="catalogussen", required=True),
        Text(wire="omschrijving", column="omschrijving", maximum=80, blank=False, required=True),
        aanduiding(required=True),
        Day(wire="beginGeldigheid", column="begin_geldigheid", required=True),
        Day(wire="eindeGeldigheid", column="einde_geldigheid", nullable=True),
        Text(
            wire="informatieobjectcategorie",
            column="informatieobjectcategorie",
            maximum=80,
            blank=False,
            required=True,
        ),
        Texts(wire="trefwoord", column="trefwoord", maximum=30, default=[]),
        JsonGroup(
            wire="omschrijvingGeneriek",
            column="omschrijving_generiek",
            nullable=True,
            fields=tuple(
                Text(wire=wire, column=wire, maximum=maximum, required=not wire.startswith("opmerking"))
                for wire, maximum in _GENERIEK.items()
            ),
        ),
    )
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "catalogus": by_url(INFORMATIEOBJECTTYPE.catalogus),
        "datumGeldigheid": valid_on(INFORMATIEOBJECTTYPE.begin_geldigheid, INFORMATIEOBJECTTYPE.einde_geldigheid),
        "omschrijving": exact(INFORMATIEOBJECTTYPE.omschrijving),
        "omschrijving__icontains": contains(INFORMATIEOBJECTTYPE.omschrijving),
        "status": status_filter(INFORMATIEOBJECTTYPE.concept),
        "zaaktype": by_url(KOPPELING.zaaktype, INFORMATIEOBJECTTYPE_TO_KOPPELING),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        refuse_published(current, parsed)
        check_period(parsed, current)
        if current is None:
            parsed.values.setdefault("concept", True)

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        refuse_published(await self.row(unit.session, uuid))
        await super().delete(unit, uuid)

    async def publish(self, unit: UnitOfWork, uuid: str) -> None:
        """From concept to published."""
        row = await self.row(unit.session, uuid, lock=True)
        await unit.session.execute(update(self.table).where(self.table.c.uuid == row.uuid).values(concept=False))
        self.announce(unit, row, "gewijzigd", ())

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        links = await related.children(
            KOPPELING.informatieobjecttype, [row.uuid for row in rows], (KOPPELING.zaaktype,)
        )
        return [
            {
                "url": urls.of("informatieobjecttypen", row.uuid),
                "catalogus": urls.of("catalogussen", row.catalogus),
                "omschrijving": row.omschrijving,
                "vertrouwelijkheidaanduiding": row.vertrouwelijkheidaanduiding,
                "concept": row.concept,
                "besluittypen": [],
                "informatieobjectcategorie": row.informatieobjectcategorie,
                "trefwoord": row.trefwoord,
                "omschrijvingGeneriek": {**_NO_GENERIEK, **(row.omschrijving_generiek or {})},
                "zaaktypen": urls.all_of("zaaktypen", dict.fromkeys(link.zaaktype for link in links.get(row.uuid, ()))),
                **own_period(row),
                **object_period(row.begin_geldigheid, row.einde_geldigheid or NO_END),
            }
            for row in rows
        ]
