"""Roltypen: which parts there are in a zaak of a zaaktype."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

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
from kcs_desktop.backend.standards.catalogi.steps import ROLTYPE
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, choice, exact
from kcs_desktop.backend.standards.objecten.fields import Choice, Text
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zgw.waarden import ROLLEN


class Roltypen(PartOfZaaktype):
    naam = "roltypen"
    soort = "roltype"
    prefix = PREFIX
    table = table_of(tables.Roltype)
    fields = (
        zaaktype_field(),
        Text(wire="omschrijving", column="omschrijving", maximum=100, blank=False, required=True),
        Choice(wire="omschrijvingGeneriek", column="omschrijving_generiek", choices=ROLLEN, required=True),
        *PERIOD,
    )
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "omschrijving": exact(ROLTYPE.omschrijving),
        "omschrijvingGeneriek": choice(ROLTYPE.omschrijving_generiek, ROLLEN),
        "zaaktype": by_url(ROLTYPE.zaaktype),
        **part_filters(ROLTYPE.zaaktype, ROLTYPE.begin_geldigheid, ROLTYPE.einde_geldigheid),
    }

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        owner = await owners(related, [row.zaaktype for row in rows])
        return [
            {
                "url": urls.of("roltypen", row.uuid),
                "omschrijving": row.omschrijving,
                "omschrijvingGeneriek": row.omschrijving_generiek,
                **repeated(row, owner[row.zaaktype], urls),
                **own_period(row),
            }
            for row in rows
        ]
