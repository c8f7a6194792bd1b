"""Resultaten: what a zaak led to; a zaak has one at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url
from kcs_desktop.backend.standards.objecten.fields import Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import catalogue, tables
from kcs_desktop.backend.standards.zaken.onderdelen import OF_ZAAK, Onderdeel
from kcs_desktop.backend.standards.zaken.steps import RESULTAAT


class Resultaten(Onderdeel):
    naam = "resultaten"
    soort = "resultaat"
    table = table_of(tables.Resultaat)
    immutable: ClassVar[Mapping[str, str]] = {"zaak": "zaak", "resultaattype": "resultaattype"}
    fields = (
        OF_ZAAK,
        Address(
            wire="resultaattype",
            column="resultaattype",
            table="cat_resultaattype",
            resource="resultaattypen",
            required=True,
        ),
        Text(wire="toelichting", column="toelichting", maximum=1000),
    )
    uniques = (Unique(("zaak",), "zaak", "Deze zaak heeft al een resultaat."),)
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaak": by_url(RESULTAAT.zaak),
        "resultaattype": by_url(RESULTAAT.resultaattype),
    }

    async def check(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None, zaak: Row[Any]) -> None:
        if current is not None:
            return
        found = await catalogue.resultaattype(unit.session, parsed.values["resultaattype"])
        if found.zaaktype != zaak.zaaktype:
            raise refuse(
                "resultaattype", "zaaktype-mismatch", "Dit resultaattype hoort niet bij het zaaktype van de zaak."
            )

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "url": urls.of("resultaten", row.uuid),
                "uuid": row.uuid,
                "zaak": urls.of("zaken", row.zaak),
                "resultaattype": catalogue.url(urls, "resultaattypen", row.resultaattype),
                "toelichting": row.toelichting,
            }
            for row in rows
        ]
