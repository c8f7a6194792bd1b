"""Statustypen: the steps of a zaaktype. The last one ends a zaak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, func, select

from kcs_desktop.backend.standards.catalogi import tables
from kcs_desktop.backend.standards.catalogi.adres import PREFIX
from kcs_desktop.backend.standards.catalogi.concept import PartOfZaaktype
from kcs_desktop.backend.standards.catalogi.geldigheid import (
    PERIOD,
    STATUS,
    own_period,
    owners,
    part_filters,
    repeated,
    zaaktype_field,
)
from kcs_desktop.backend.standards.catalogi.steps import EIGENSCHAP, STATUSTYPE
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url
from kcs_desktop.backend.standards.objecten.fields import Flag, Text, Whole
from kcs_desktop.backend.standards.objecten.groups import Objects
from kcs_desktop.backend.standards.objecten.related import Related, portions
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zgw.fields import Duration

CHECKLISTITEM = (
    Text(wire="itemnaam", column="itemnaam", maximum=30, blank=False, required=True),
    Text(wire="toelichting", column="toelichting", maximum=1000),
    Text(wire="vraagstelling", column="vraagstelling", maximum=255, blank=False, required=True),
    Flag(wire="verplicht", column="verplicht", default=False),
)


class Statustypen(PartOfZaaktype):
    naam = "statustypen"
    soort = "statustype"
    prefix = PREFIX
    table = table_of(tables.Statustype)
    fields = (
        Text(wire="omschrijving", column="omschrijving", maximum=80, blank=False, required=True),
        Text(wire="omschrijvingGeneriek", column="omschrijving_generiek", maximum=80),
        Text(wire="statustekst", column="statustekst", maximum=1000),
        zaaktype_field(),
        Whole(wire="volgnummer", column="volgnummer", minimum=1, maximum=9999, required=True),
        Flag(wire="informeren", column="informeren", default=False),
        Duration(wire="doorlooptijd", column="doorlooptijd", nullable=True),
        Text(wire="toelichting", column="toelichting", maximum=1000, nullable=True),
        Objects(wire="checklistitemStatustype", column="checklistitem_statustype", fields=CHECKLISTITEM, default=[]),
        *PERIOD,
    )
    uniques = (Unique(("zaaktype", "volgnummer"), "nonFieldErrors"),)
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaaktype": by_url(STATUSTYPE.zaaktype),
        **part_filters(STATUSTYPE.zaaktype, STATUSTYPE.begin_geldigheid, STATUSTYPE.einde_geldigheid),
    }

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        owner = await owners(related, [row.zaaktype for row in rows])
        last = await _last(related, sorted(owner))
        eigenschappen = await related.child_ids(EIGENSCHAP.statustype, [row.uuid for row in rows])
        return [
            {
                "url": urls.of("statustypen", row.uuid),
                "omschrijving": row.omschrijving,
                "omschrijvingGeneriek": row.omschrijving_generiek,
                "statustekst": row.statustekst,
                "volgnummer": row.volgnummer,
                "isEindstatus": row.volgnummer == last[row.zaaktype],
                "informeren": row.informeren,
                "doorlooptijd": row.doorlooptijd,
                "toelichting": row.toelichting,
                "checklistitemStatustype": row.checklistitem_statustype,
                "eigenschappen": urls.all_of("eigenschappen", eigenschappen.get(row.uuid, ())),
                "zaakobjecttypen": [],
                **repeated(row, owner[row.zaaktype], urls),
                **own_period(row),
            }
            for row in rows
        ]


async def _last(related: Related, zaaktypen: Sequence[str]) -> dict[str, int]:
    """The highest volgnummer per zaaktype."""
    found: dict[str, int] = {}
    for some in portions(zaaktypen):
        query = (
            select(STATUSTYPE.zaaktype, func.max(STATUSTYPE.volgnummer))
            .where(STATUSTYPE.zaaktype.in_(some))
            .group_by(STATUSTYPE.zaaktype)
        )
        found |= {row[0]: row[1] for row in (await related.session.execute(query)).all()}
    return found
