"""Zaakinformatieobjecten: which documents are in the dossier of a zaak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, select

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.documenten.adres import NAAM as DOCUMENTEN_NAAM
from kcs_desktop.backend.standards.documenten.adres import PREFIX as DOCUMENTEN
from kcs_desktop.backend.standards.documenten.koppeling import link, unlink
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url
from kcs_desktop.backend.standards.objecten.fields import Moment, Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import moment
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import tables
from kcs_desktop.backend.standards.zaken.onderdelen import OF_ZAAK, Onderdeel
from kcs_desktop.backend.standards.zaken.steps import DOCUMENT, STATUS

_AARD = "Hoort bij, omgekeerd: kent"


class Zaakinformatieobjecten(Onderdeel):
    """The list has no pages in the standard."""

    naam = "zaakinformatieobjecten"
    soort = "zaakinformatieobject"
    paged = False
    table = table_of(tables.Zaakinformatieobject)
    immutable: ClassVar[Mapping[str, str]] = {"zaak": "zaak", "informatieobject": "informatieobject"}
    fields = (
        Address(
            wire="informatieobject",
            column="informatieobject",
            table="doc_informatieobject",
            resource=DOCUMENTEN_NAAM,
            required=True,
        ),
        OF_ZAAK,
        Text(wire="titel", column="titel", maximum=200),
        Text(wire="beschrijving", column="beschrijving", maximum=100_000),
        Moment(wire="vernietigingsdatum", column="vernietigingsdatum", nullable=True),
        Address(wire="status", column="status", table="zk_status", resource="statussen", nullable=True),
    )
    uniques = (Unique(("zaak", "informatieobject"), "nonFieldErrors", "Dit document hoort al bij deze zaak."),)
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaak": by_url(DOCUMENT.zaak),
        "informatieobject": by_url(DOCUMENT.informatieobject),
    }

    async def check(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None, zaak: Row[Any]) -> None:
        if current is None:
            parsed.values["registratiedatum"] = unit.now
        status = parsed.values.get("status")
        if status and await unit.session.scalar(select(STATUS.zaak).where(STATUS.uuid == status)) != zaak.uuid:
            raise refuse("status", "zaak-mismatch", "Deze status hoort niet bij de zaak.")

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        if current is None:
            await link(unit, parsed.values["informatieobject"], parsed.values["zaak"])

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        row = await self.row(unit.session, uuid)
        await super().delete(unit, uuid)
        await unlink(unit, row.informatieobject, row.zaak)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        return [
            {
                "url": urls.of("zaakinformatieobjecten", row.uuid),
                "uuid": row.uuid,
                "informatieobject": urls.under(DOCUMENTEN).of(DOCUMENTEN_NAAM, row.informatieobject),
                "zaak": urls.of("zaken", row.zaak),
                "aardRelatieWeergave": _AARD,
                "titel": row.titel,
                "beschrijving": row.beschrijving,
                "registratiedatum": moment(row.registratiedatum),
                "vernietigingsdatum": moment(row.vernietigingsdatum),
                "status": urls.optional("statussen", row.status),
            }
            for row in rows
        ]
