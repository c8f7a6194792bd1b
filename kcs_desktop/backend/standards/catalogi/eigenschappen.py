"""Eigenschappen: what is asked about a zaak of a zaaktype, in which form, how often and with which values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

from kcs_desktop.backend.db.unit import UnitOfWork
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
from kcs_desktop.backend.standards.catalogi.steps import EIGENSCHAP
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url
from kcs_desktop.backend.standards.objecten.fields import Choice, Parsed, Text, Texts
from kcs_desktop.backend.standards.objecten.groups import Address, Group
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.domain.zaaktype import FORMATEN

_SPECIFICATIE = Group(
    wire="specificatie",
    column="specificatie_",
    required=True,
    fields=(
        Text(wire="groep", column="groep", maximum=32),
        Choice(wire="formaat", column="formaat", choices=FORMATEN, required=True),
        Text(wire="lengte", column="lengte", maximum=14, blank=False, required=True),
        Text(wire="kardinaliteit", column="kardinaliteit", maximum=3, blank=False, required=True),
        Texts(wire="waardenverzameling", column="waardenverzameling", maximum=100, default=[]),
    ),
)
_represent_specificatie = _SPECIFICATIE.representer()


class Eigenschappen(PartOfZaaktype):
    naam = "eigenschappen"
    soort = "eigenschap"
    prefix = PREFIX
    table = table_of(tables.Eigenschap)
    fields = (
        Text(wire="naam", column="naam", maximum=20, blank=False, required=True),
        Text(wire="definitie", column="definitie", maximum=255, blank=False, required=True),
        _SPECIFICATIE,
        Text(wire="toelichting", column="toelichting", maximum=1000),
        zaaktype_field(),
        Address(wire="statustype", column="statustype", table="cat_statustype", resource="statustypen", nullable=True),
        *PERIOD,
    )
    uniques = (Unique(("zaaktype", "naam"), "nonFieldErrors"),)
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaaktype": by_url(EIGENSCHAP.zaaktype),
        **part_filters(EIGENSCHAP.zaaktype, EIGENSCHAP.begin_geldigheid, EIGENSCHAP.einde_geldigheid),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        await super().apply_rules(unit, parsed, current)
        lengte = parsed.values.get("specificatie_lengte", "")
        formaat = parsed.values.get("specificatie_formaat", "")
        expected = {"datum": "8", "datum_tijd": "14"}.get(formaat)
        if expected is not None and lengte != expected:
            raise refuse("specificatie.lengte", "invalid", f"Bij {formaat} hoort lengte {expected}.")
        if formaat in {"tekst", "getal"} and not lengte.replace(",", "").isdecimal():
            raise refuse("specificatie.lengte", "invalid", "De lengte is een getal, zoals 10 of 10,2.")

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        owner = await owners(related, [row.zaaktype for row in rows])
        return [
            {
                "url": urls.of("eigenschappen", row.uuid),
                "naam": row.naam,
                "definitie": row.definitie,
                "specificatie": _represent_specificatie(row),
                "toelichting": row.toelichting,
                "statustype": urls.optional("statustypen", row.statustype),
                **repeated(row, owner[row.zaaktype], urls),
                **own_period(row),
            }
            for row in rows
        ]
