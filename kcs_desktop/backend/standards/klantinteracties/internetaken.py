"""Internetaken: callback notes. The standard knows no claim, deadline or priority; this register does not either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import concerned, tables
from kcs_desktop.backend.standards.klantinteracties import steps as s
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, by_uuid, choice, exact, moment
from kcs_desktop.backend.standards.objecten.fields import Choice, Moment, Parsed, Text, read_fields
from kcs_desktop.backend.standards.objecten.groups import LinkedReference, Reference, References
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import moment as wire_moment
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

STATUSSEN = ("te_verwerken", "verwerkt")
_ONE, _ALL = "toegewezenAanActor", "toegewezenAanActoren"
_LINK = table_of(tables.InterneTaakActor)


class Internetaken(Resource):
    naam = "internetaken"
    soort = "internetaak"
    functie = "terugbelnotities"
    table = table_of(tables.InterneTaak)
    newest_first = ("toegewezen_op", "uuid")
    fields = (
        Text(wire="nummer", column="nummer", maximum=10, pattern="[0-9]+", blank=False, nullable=True),
        Text(
            wire="referentienummer", column="referentienummer", maximum=10, pattern="[0-9]+", blank=False, nullable=True
        ),
        Text(wire="gevraagdeHandeling", column="gevraagde_handeling", maximum=200, blank=False, required=True),
        Reference(wire="aanleidinggevendKlantcontact", column="klantcontact", table="ki_klantcontact", required=True),
        LinkedReference(wire=_ONE, table="ki_actor"),
        References(wire=_ALL, table="ki_actor"),
        Text(wire="toelichting", column="toelichting", maximum=1000),
        Choice(wire="status", column="status", choices=STATUSSEN, required=True),
        Moment(wire="afgehandeldOp", column="afgehandeld_op", nullable=True),
    )
    uniques = (
        Unique(("nummer",), "nummer", "Dit nummer is al in gebruik."),
        Unique(("referentienummer",), "referentienummer", "Dit referentienummer is al in gebruik.", drawn=True),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "aanleidinggevendKlantcontact__url": by_url(s.TAAK.klantcontact),
        "aanleidinggevendKlantcontact__uuid": by_uuid(s.TAAK.klantcontact),
        "actoren__naam": exact(s.ACTOR.naam, s.TAAK_TO_ACTOR_NAAM),
        "klantcontact__nummer": exact(s.KLANTCONTACT.nummer, s.TAAK_TO_KLANTCONTACT),
        "klantcontact__referentienummer": exact(s.KLANTCONTACT.referentienummer, s.TAAK_TO_KLANTCONTACT),
        "klantcontact__uuid": by_uuid(s.TAAK.klantcontact),
        "nummer": exact(s.TAAK.nummer),
        "referentienummer": exact(s.TAAK.referentienummer),
        "status": choice(s.TAAK.status, STATUSSEN),
        "toegewezenAanActor__url": by_url(s.TAAK_ACTOR.actor, s.TAAK_TO_ACTOR),
        "toegewezenAanActor__uuid": by_uuid(s.TAAK_ACTOR.actor, s.TAAK_TO_ACTOR),
        "toegewezenOp": moment(s.TAAK.toegewezen_op),
    }

    def read_body(self, body: Mapping[str, Any], parsed: Parsed, current: Row[Any] | None, *, partial: bool) -> None:
        read_fields(self.fields, body, parsed, partial=partial)
        if _ONE in body and _ALL in body:
            parsed.wrong("nonFieldErrors", "invalid", f"`{_ONE}` en `{_ALL}` mogen niet samen gebruikt worden.")
        elif _ONE not in body and _ALL not in body and not partial:
            parsed.wrong("nonFieldErrors", "invalid", f"`{_ONE}` of `{_ALL}` is vereist.")

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        values = parsed.values
        status = values.get("status", current.status if current is not None else None)
        if status != "verwerkt":
            if values.get("afgehandeld_op") is not None:
                raise refuse(
                    "afgehandeldOp", "invalid", "Alleen een taak met status `verwerkt` heeft een datum van afhandeling."
                )
            values["afgehandeld_op"] = None
        elif values.get("afgehandeld_op") is None and (current is None or current.afgehandeld_op is None):
            values["afgehandeld_op"] = unit.now
        if current is None:
            values["toegewezen_op"] = unit.now

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        if _ALL in parsed.links:
            actoren: list[str] = parsed.links[_ALL]
        elif _ONE in parsed.links:
            actoren = [parsed.links[_ONE]]
        else:
            return
        if current is not None:
            await unit.session.execute(delete(_LINK).where(_LINK.c.internetaak == uuid))
        if actoren:
            links = [{"internetaak": uuid, "actor": actor, "volgorde": place} for place, actor in enumerate(actoren)]
            await unit.session.execute(insert(_LINK), links)

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return await concerned.of_klantcontact(session, row.klantcontact)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        columns = (_LINK.c.actor, _LINK.c.volgorde)
        links = await related.children(_LINK.c.internetaak, [row.uuid for row in rows], columns)
        made = []
        for row in rows:
            actoren = [link.actor for link in sorted(links.get(row.uuid, []), key=lambda link: int(link.volgorde))]
            item: Json = {
                "uuid": row.uuid,
                "url": urls.of("internetaken", row.uuid),
                "nummer": row.nummer,
                "referentienummer": row.referentienummer,
                "gevraagdeHandeling": row.gevraagde_handeling,
                "aanleidinggevendKlantcontact": urls.reference("klantcontacten", row.klantcontact),
                "toegewezenAanActoren": urls.references("actoren", actoren),
                "toelichting": row.toelichting,
                "status": row.status,
                "toegewezenOp": wire_moment(row.toegewezen_op),
                "afgehandeldOp": wire_moment(row.afgehandeld_op),
            }
            if actoren:
                item[_ONE] = urls.reference("actoren", actoren[0])
            made.append(item)
        return made
