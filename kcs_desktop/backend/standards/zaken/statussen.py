"""Statussen: the steps a zaak takes. The last one closes it, an earlier one after that opens it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, present
from kcs_desktop.backend.standards.objecten.fields import AMSTERDAM, Moment, Parsed, Text
from kcs_desktop.backend.standards.objecten.groups import Address
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import moment
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zaken import archief, catalogue, tables
from kcs_desktop.backend.standards.zaken.onderdelen import OF_ZAAK, Onderdeel
from kcs_desktop.backend.standards.zaken.steps import DOCUMENT, ROL, STATUS, ZAAK


class Statussen(Onderdeel):
    naam = "statussen"
    soort = "status"
    changes: ClassVar[frozenset[str]] = frozenset()
    table = table_of(tables.Status)
    fields = (
        OF_ZAAK,
        Address(wire="statustype", column="statustype", table="cat_statustype", resource="statustypen", required=True),
        Moment(wire="datumStatusGezet", column="datum_status_gezet", required=True),
        Text(wire="statustoelichting", column="statustoelichting", maximum=1000),
        Address(wire="gezetdoor", column="gezetdoor", table="zk_rol", resource="rollen", nullable=True),
    )
    uniques = (
        Unique(
            ("zaak", "datum_status_gezet"), "nonFieldErrors", "Deze zaak heeft op dat moment al een status gekregen."
        ),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaak": by_url(STATUS.zaak),
        "statustype": by_url(STATUS.statustype),
        "indicatieLaatstGezetteStatus": present(
            exists(select(1).where(ZAAK.status == STATUS.uuid)).correlate(table_of(tables.Status))
        ),
    }

    async def check(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None, zaak: Row[Any]) -> None:
        values = parsed.values
        if values["datum_status_gezet"] > unit.now:
            raise refuse("datumStatusGezet", "date-in-future", "Een status kan niet in de toekomst zijn gezet.")
        statustype = await catalogue.statustype(unit.session, values["statustype"])
        if statustype.zaaktype != zaak.zaaktype:
            raise refuse("statustype", "zaaktype-mismatch", "Dit statustype hoort niet bij het zaaktype van de zaak.")
        gezet = values.get("gezetdoor")
        if gezet and await unit.session.scalar(select(ROL.zaak).where(ROL.uuid == gezet)) != zaak.uuid:
            raise refuse("gezetdoor", "zaak-mismatch", "Deze rol hoort niet bij de zaak.")
        if statustype.is_eindstatus and not await archief.has_resultaat(unit.session, zaak.uuid):
            raise refuse(
                "nonFieldErrors", "resultaat-does-not-exist", "Een zaak zonder resultaat kan niet worden afgesloten."
            )

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        """The zaak is where its latest status says it is."""
        zaak = parsed.values["zaak"]
        latest = select(STATUS.uuid, STATUS.statustype, STATUS.datum_status_gezet).where(STATUS.zaak == zaak)
        last = (await unit.session.execute(latest.order_by(STATUS.datum_status_gezet.desc()).limit(1))).one()
        statustype = await catalogue.statustype(unit.session, last.statustype)
        changed: dict[str, Any] = {"status": last.uuid}
        if statustype.is_eindstatus:
            ended = last.datum_status_gezet.astimezone(AMSTERDAM).date()
            changed |= {"einddatum": ended, **await archief.archived(unit.session, zaak, ended)}
        elif await unit.session.scalar(select(ZAAK.einddatum).where(ZAAK.uuid == zaak)) is not None:
            changed |= {"einddatum": None, "archiefactiedatum": None, "startdatum_bewaartermijn": None}
        await unit.session.execute(update(table_of(tables.Zaak)).where(ZAAK.uuid == zaak).values(**changed))

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        documenten = await related.child_ids(DOCUMENT.status, [row.uuid for row in rows])
        latest = await _latest(related.session, [row.zaak for row in rows])
        return [
            {
                "url": urls.of("statussen", row.uuid),
                "uuid": row.uuid,
                "zaak": urls.of("zaken", row.zaak),
                "statustype": catalogue.url(urls, "statustypen", row.statustype),
                "datumStatusGezet": moment(row.datum_status_gezet),
                "statustoelichting": row.statustoelichting,
                "indicatieLaatstGezetteStatus": row.uuid in latest,
                "gezetdoor": urls.optional("rollen", row.gezetdoor),
                "zaakinformatieobjecten": [
                    urls.of("zaakinformatieobjecten", uuid) for uuid in documenten.get(row.uuid, [])
                ],
            }
            for row in rows
        ]


async def _latest(session: AsyncSession, zaken: list[str]) -> set[str]:
    rows = await Related(session).children(ZAAK.uuid, list(dict.fromkeys(zaken)), (ZAAK.status,))
    return {row.status for some in rows.values() for row in some}
