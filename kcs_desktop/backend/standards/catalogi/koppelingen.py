"""Zaaktype-informatieobjecttypen: which documents come in, go out or stay inside with a zaak of a zaaktype."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, or_, select

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.catalogi import tables
from kcs_desktop.backend.standards.catalogi.adres import PREFIX
from kcs_desktop.backend.standards.catalogi.concept import PartOfZaaktype
from kcs_desktop.backend.standards.catalogi.geldigheid import STATUS, owners, status_filter, zaaktype_field
from kcs_desktop.backend.standards.catalogi.steps import INFORMATIEOBJECTTYPE, KOPPELING, ZAAKTYPE
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, choice
from kcs_desktop.backend.standards.objecten.fields import Choice, Parsed, Whole
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, refuse, stored_values, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

RICHTINGEN = ("inkomend", "intern", "uitgaand")


class ZaaktypeInformatieobjecttypen(PartOfZaaktype):
    naam = "zaaktype-informatieobjecttypen"
    soort = "zaaktype-informatieobjecttype"
    prefix = PREFIX
    table = table_of(tables.ZaaktypeInformatieobjecttype)
    fields = (
        zaaktype_field(),
        Address(
            wire="informatieobjecttype",
            column="informatieobjecttype",
            table="cat_informatieobjecttype",
            resource="informatieobjecttypen",
            required=True,
        ),
        Whole(wire="volgnummer", column="volgnummer", minimum=1, maximum=999, required=True),
        Choice(wire="richting", column="richting", choices=RICHTINGEN, required=True),
        Address(wire="statustype", column="statustype", table="cat_statustype", resource="statustypen", nullable=True),
    )
    uniques = (Unique(("zaaktype", "volgnummer"), "nonFieldErrors"),)
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "informatieobjecttype": by_url(KOPPELING.informatieobjecttype),
        "richting": choice(KOPPELING.richting, RICHTINGEN),
        "status": status_filter(
            or_(
                KOPPELING.zaaktype.in_(select(ZAAKTYPE.uuid).where(ZAAKTYPE.concept)),
                KOPPELING.informatieobjecttype.in_(
                    select(INFORMATIEOBJECTTYPE.uuid).where(INFORMATIEOBJECTTYPE.concept)
                ),
            )
        ),
        "zaaktype": by_url(KOPPELING.zaaktype),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        await super().apply_rules(unit, parsed, current)
        given = {**stored_values(current), **parsed.values}
        catalogi = [
            await unit.session.scalar(select(column.catalogus).where(column.uuid == given[name]))
            for name, column in (("zaaktype", ZAAKTYPE), ("informatieobjecttype", INFORMATIEOBJECTTYPE))
        ]
        if catalogi[0] != catalogi[1]:
            raise refuse("nonFieldErrors", "relations-incorrect-catalogus", "Beide horen in dezelfde catalogus.")

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        owner = await owners(related, [row.zaaktype for row in rows])
        return [
            {
                "url": urls.of(self.naam, row.uuid),
                "zaaktype": urls.of("zaaktypen", row.zaaktype),
                "zaaktypeIdentificatie": owner[row.zaaktype].identificatie,
                "catalogus": urls.of("catalogussen", owner[row.zaaktype].catalogus),
                "informatieobjecttype": urls.of("informatieobjecttypen", row.informatieobjecttype),
                "volgnummer": row.volgnummer,
                "richting": row.richting,
                "statustype": urls.optional("statustypen", row.statustype),
            }
            for row in rows
        ]
