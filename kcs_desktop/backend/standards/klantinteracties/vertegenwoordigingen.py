"""Vertegenwoordigingen: which partij acts for which other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.steps import VERTEGENWOORDIGING
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, by_uuid
from kcs_desktop.backend.standards.objecten.fields import Parsed
from kcs_desktop.backend.standards.objecten.groups import Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import (
    Json,
    Resource,
    Unique,
    refuse,
    stored_values,
    table_of,
)
from kcs_desktop.backend.standards.objecten.urls import Urls


class Vertegenwoordigingen(Resource):
    naam = "vertegenwoordigingen"
    soort = "vertegenwoordiging"
    table = table_of(tables.Vertegenwoordiging)
    fields = (
        Reference(
            wire="vertegenwoordigendePartij", column="vertegenwoordigende_partij", table="ki_partij", required=True
        ),
        Reference(wire="vertegenwoordigdePartij", column="vertegenwoordigde_partij", table="ki_partij", required=True),
    )
    uniques = (
        Unique(
            ("vertegenwoordigende_partij", "vertegenwoordigde_partij"),
            "nonFieldErrors",
            "Deze vertegenwoordiging bestaat al.",
        ),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "vertegenwoordigdePartij__url": by_url(VERTEGENWOORDIGING.vertegenwoordigde_partij),
        "vertegenwoordigdePartij__uuid": by_uuid(VERTEGENWOORDIGING.vertegenwoordigde_partij),
        "vertegenwoordigendePartij__url": by_url(VERTEGENWOORDIGING.vertegenwoordigende_partij),
        "vertegenwoordigendePartij__uuid": by_uuid(VERTEGENWOORDIGING.vertegenwoordigende_partij),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        values = {**stored_values(current), **parsed.values}
        if values["vertegenwoordigende_partij"] == values["vertegenwoordigde_partij"]:
            raise refuse("vertegenwoordigdePartij", "invalid", "Een partij kan zichzelf niet vertegenwoordigen.")

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return (row.vertegenwoordigende_partij, row.vertegenwoordigde_partij)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "uuid": row.uuid,
                "url": urls.of("vertegenwoordigingen", row.uuid),
                "vertegenwoordigendePartij": urls.reference("partijen", row.vertegenwoordigende_partij),
                "vertegenwoordigdePartij": urls.reference("partijen", row.vertegenwoordigde_partij),
            }
            for row in rows
        ]
