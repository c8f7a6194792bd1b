"""Zaakobjecten: what a zaak is about. Only an adres is checked by its parts; any other kind is kept as it came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, choice, exact
from kcs_desktop.backend.standards.objecten.fields import Choice, Field, Parsed, Text, Whole, read_fields
from kcs_desktop.backend.standards.objecten.groups import JsonGroup
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import tables
from kcs_desktop.backend.standards.zaken.onderdelen import OF_ZAAK, Onderdeel
from kcs_desktop.backend.standards.zaken.steps import OBJECT
from kcs_desktop.backend.standards.zaken.velden import FreeObject
from kcs_desktop.backend.standards.zgw.fields import url
from kcs_desktop.backend.standards.zgw.waarden import OBJECTTYPEN

ADRES: tuple[Field, ...] = (
    Text(wire="identificatie", column="identificatie", maximum=100),
    Text(wire="wplWoonplaatsNaam", column="wplWoonplaatsNaam", maximum=80, blank=False, required=True),
    Text(wire="gorOpenbareRuimteNaam", column="gorOpenbareRuimteNaam", maximum=80, blank=False, required=True),
    Whole(wire="huisnummer", column="huisnummer", minimum=0, maximum=99999, required=True),
    Text(wire="huisletter", column="huisletter", maximum=1),
    Text(wire="huisnummertoevoeging", column="huisnummertoevoeging", maximum=4),
    Text(wire="postcode", column="postcode", maximum=7),
)
_IDENTIFICATIE = "objectIdentificatie"


class Zaakobjecten(Onderdeel):
    naam = "zaakobjecten"
    soort = "zaakobject"
    table = table_of(tables.Zaakobject)
    immutable: ClassVar[Mapping[str, str]] = {"zaak": "zaak", "object_type": "objectType"}
    fields = (
        OF_ZAAK,
        url("object", "object"),
        url("zaakobjecttype", "zaakobjecttype"),
        Choice(wire="objectType", column="object_type", choices=OBJECTTYPEN, required=True),
        Text(wire="objectTypeOverige", column="object_type_overige", maximum=100, pattern="[a-z_]+"),
        Text(wire="relatieomschrijving", column="relatieomschrijving", maximum=80),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaak": by_url(OBJECT.zaak),
        "object": exact(OBJECT.object),
        "objectType": choice(OBJECT.object_type, OBJECTTYPEN),
    }

    def read_body(self, body: Mapping[str, Any], parsed: Parsed, current: Row[Any] | None, *, partial: bool) -> None:
        read_fields(self.fields, body, parsed, partial=partial)
        soort = parsed.values.get("object_type", current.object_type if current is not None else None)
        if soort == "adres":
            field: Field = JsonGroup(wire=_IDENTIFICATIE, column="object_identificatie", fields=ADRES, nullable=True)
        else:
            field = FreeObject(wire=_IDENTIFICATIE, column="object_identificatie", nullable=True)
        read_fields((field,), body, parsed, partial=True)
        if current is None and not (body.get("object") or body.get(_IDENTIFICATIE)):
            parsed.wrong("nonFieldErrors", "invalid-zaakobject", "Geef object of objectIdentificatie op.")
        if soort == "overige" and current is None and not body.get("objectTypeOverige"):
            parsed.wrong("objectTypeOverige", "missing-object-type-overige", "Zeg welke soort object dit is.")

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        made = []
        for row in rows:
            item: Json = {
                "url": urls.of("zaakobjecten", row.uuid),
                "uuid": row.uuid,
                "zaak": urls.of("zaken", row.zaak),
                "object": row.object,
                "zaakobjecttype": row.zaakobjecttype,
                "objectType": row.object_type,
                "objectTypeOverigeDefinitie": None,
                "relatieomschrijving": row.relatieomschrijving,
            }
            if row.object_type_overige:
                item["objectTypeOverige"] = row.object_type_overige
            if row.object_identificatie is not None:
                item[_IDENTIFICATIE] = row.object_identificatie
            made.append(item)
        return made
