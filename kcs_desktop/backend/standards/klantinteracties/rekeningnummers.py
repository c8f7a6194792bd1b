"""Rekeningnummers: bank accounts of a partij."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.steps import REKENINGNUMMER
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_uuid, exact
from kcs_desktop.backend.standards.objecten.fields import Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls


class Rekeningnummers(Resource):
    naam = "rekeningnummers"
    soort = "rekeningnummer"
    table = table_of(tables.Rekeningnummer)
    fields = (
        Reference(wire="partij", column="partij", table="ki_partij", nullable=True),
        Text(
            wire="iban",
            column="iban",
            maximum=34,
            pattern=r"[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{1,30}",
            blank=False,
            required=True,
        ),
        Text(wire="bic", column="bic", maximum=11, minimum=8, pattern=r"\S+"),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "bic": exact(REKENINGNUMMER.bic),
        "iban": exact(REKENINGNUMMER.iban),
        "uuid": by_uuid(REKENINGNUMMER.uuid),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        if current is not None and parsed.values.get("partij", current.partij) != current.partij:
            parsed.values["is_voorkeur"] = False

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return (row.partij,) if row.partij else ()

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        made = []
        for row in rows:
            item: Json = {
                "uuid": row.uuid,
                "url": urls.of("rekeningnummers", row.uuid),
                "partij": urls.reference("partijen", row.partij),
                "iban": row.iban,
            }
            if row.bic:
                item["bic"] = row.bic
            made.append(item)
        return made
