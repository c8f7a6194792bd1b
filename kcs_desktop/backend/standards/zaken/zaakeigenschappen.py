"""Zaakeigenschappen: what the zaaktype asks to know, checked against the format that the catalogue gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.conditions import Filter
from kcs_desktop.backend.standards.objecten.fields import Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import catalogue, tables
from kcs_desktop.backend.standards.zaken.onderdelen import OF_ZAAK, Onderdeel
from kcs_desktop.domain.eigenschap import objection_to

MOST_TEXT = 100_000  # the standard has no bound


class Zaakeigenschappen(Onderdeel):
    """Found under their zaak only: `/zaken/{uuid}/zaakeigenschappen`."""

    naam = "zaakeigenschappen"
    soort = "zaakeigenschap"
    nested = True
    paged = False
    table = table_of(tables.Zaakeigenschap)
    immutable: ClassVar[Mapping[str, str]] = {"zaak": "zaak", "eigenschap": "eigenschap"}
    fields = (
        OF_ZAAK,
        Address(
            wire="eigenschap", column="eigenschap", table="cat_eigenschap", resource="eigenschappen", required=True
        ),
        Text(wire="waarde", column="waarde", maximum=MOST_TEXT, blank=False, required=True),
    )
    filters: ClassVar[Mapping[str, Filter]] = {}

    async def check(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None, zaak: Row[Any]) -> None:
        uuid = parsed.values.get("eigenschap") or (current.eigenschap if current is not None else "")
        eigenschap = await catalogue.eigenschap(unit.session, uuid)
        if eigenschap is None:
            return  # withdrawn from the catalogue: what was filled in stays as it is
        if eigenschap.zaaktype != zaak.zaaktype:
            raise refuse("eigenschap", "zaaktype-mismatch", "Deze eigenschap hoort niet bij het zaaktype van de zaak.")
        if current is None:
            parsed.values["naam"] = eigenschap.naam
        if (waarde := parsed.values.get("waarde")) and (objection := objection_to(waarde, eigenschap.specificatie)):
            raise refuse("waarde", "waarde-incorrect-format", objection)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "url": urls.of(f"zaken/{row.zaak}/zaakeigenschappen", row.uuid),
                "uuid": row.uuid,
                "zaak": urls.of("zaken", row.zaak),
                "eigenschap": catalogue.url(urls, "eigenschappen", row.eigenschap),
                "naam": row.naam,
                "waarde": row.waarde,
            }
            for row in rows
        ]
