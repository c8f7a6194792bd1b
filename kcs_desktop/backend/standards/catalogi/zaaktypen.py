"""Zaaktypen: what kinds of zaken there are, in versions; and how one is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, or_, select, update

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.catalogi import tables
from kcs_desktop.backend.standards.catalogi.adres import PREFIX
from kcs_desktop.backend.standards.catalogi.concept import check_period, refuse_published
from kcs_desktop.backend.standards.catalogi.geldigheid import (
    STATUS,
    object_period,
    own_period,
    owners,
    status_filter,
    valid_on,
)
from kcs_desktop.backend.standards.catalogi.steps import (
    EIGENSCHAP,
    INFORMATIEOBJECTTYPE,
    KOPPELING,
    RESULTAATTYPE,
    ROLTYPE,
    STATUSTYPE,
    ZAAKTYPE,
)
from kcs_desktop.backend.standards.catalogi.zaaktypevelden import FIELDS
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, contains, exact, holds_all
from kcs_desktop.backend.standards.objecten.fields import Parsed
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import day
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

_PARTS = {
    "statustypen": STATUSTYPE.zaaktype,
    "resultaattypen": RESULTAATTYPE.zaaktype,
    "eigenschappen": EIGENSCHAP.zaaktype,
    "roltypen": ROLTYPE.zaaktype,
}


class Zaaktypen(Resource):
    naam = "zaaktypen"
    soort = "zaaktype"
    functie = "zaken"
    prefix = PREFIX
    table = table_of(tables.Zaaktype)
    fields = FIELDS
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "catalogus": by_url(ZAAKTYPE.catalogus),
        "datumGeldigheid": valid_on(ZAAKTYPE.begin_geldigheid, ZAAKTYPE.einde_geldigheid),
        "identificatie": exact(ZAAKTYPE.identificatie),
        "identificatie__icontains": contains(ZAAKTYPE.identificatie),
        "omschrijving__icontains": contains(ZAAKTYPE.omschrijving),
        "status": status_filter(ZAAKTYPE.concept),
        "trefwoorden": holds_all(ZAAKTYPE.trefwoorden),
    }

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        refuse_published(current, parsed)
        check_period(parsed, current)
        if current is None:
            parsed.values.setdefault("concept", True)
            # As Open Zaak, the register makes one where none is given; the moment makes it differ from every other.
            if not parsed.values.get("identificatie"):
                parsed.values["identificatie"] = f"ZAAKTYPE-{unit.now:%Y-%m%d%H%M%S%f}"
        verlenging = parsed.values.get("verlenging_mogelijk", getattr(current, "verlenging_mogelijk", False))
        termijn = parsed.values.get("verlengingstermijn", getattr(current, "verlengingstermijn", None))
        if verlenging and not termijn:
            raise refuse("verlengingstermijn", "required", "Bij verlenging hoort een termijn.")

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        refuse_published(await self.row(unit.session, uuid))
        await super().delete(unit, uuid)

    async def publish(self, unit: UnitOfWork, uuid: str) -> None:
        """From concept to published. Raises InvalidBody while its documents are concepts, or while another published
        version counts on the same days."""
        row = await self.row(unit.session, uuid, lock=True)
        concepts = (
            select(INFORMATIEOBJECTTYPE.uuid)
            .join_from(INFORMATIEOBJECTTYPE.uuid.table, KOPPELING.uuid.table)
            .where(KOPPELING.zaaktype == row.uuid, INFORMATIEOBJECTTYPE.concept)
            .limit(1)
        )
        if await unit.session.scalar(concepts) is not None:
            raise refuse("nonFieldErrors", "concept-relation", "Publiceer eerst de informatieobjecttypen hiervan.")
        overlap = select(ZAAKTYPE.uuid).where(
            ZAAKTYPE.uuid != row.uuid,
            ZAAKTYPE.catalogus == row.catalogus,
            ZAAKTYPE.identificatie == row.identificatie,
            ~ZAAKTYPE.concept,
            or_(ZAAKTYPE.einde_geldigheid.is_(None), ZAAKTYPE.einde_geldigheid > row.begin_geldigheid),
            *([] if row.einde_geldigheid is None else [ZAAKTYPE.begin_geldigheid < row.einde_geldigheid]),
        )
        if await unit.session.scalar(overlap.limit(1)) is not None:
            raise refuse("nonFieldErrors", "overlap", "Een andere versie geldt op dezelfde dagen.")
        await unit.session.execute(update(self.table).where(ZAAKTYPE.uuid == row.uuid).values(concept=False))
        self.announce(unit, row, "gewijzigd", ())

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        keys = [row.uuid for row in rows]
        owner = await owners(related, keys)
        parts = {naam: await related.child_ids(parent, keys) for naam, parent in _PARTS.items()}
        links = await related.children(KOPPELING.zaaktype, keys, (KOPPELING.informatieobjecttype,))
        made = []
        for row in rows:
            own = owner[row.uuid]
            documenten = dict.fromkeys(link.informatieobjecttype for link in links.get(row.uuid, ()))
            item: Json = {
                "url": urls.of("zaaktypen", row.uuid),
                "identificatie": row.identificatie,
                "omschrijving": row.omschrijving,
                "omschrijvingGeneriek": row.omschrijving_generiek,
                "vertrouwelijkheidaanduiding": row.vertrouwelijkheidaanduiding,
                "doel": row.doel,
                "aanleiding": row.aanleiding,
                "toelichting": row.toelichting,
                "indicatieInternOfExtern": row.indicatie_intern_of_extern,
                "handelingInitiator": row.handeling_initiator,
                "onderwerp": row.onderwerp,
                "handelingBehandelaar": row.handeling_behandelaar,
                "doorlooptijd": row.doorlooptijd,
                "servicenorm": row.servicenorm,
                "opschortingEnAanhoudingMogelijk": row.opschorting_en_aanhouding_mogelijk,
                "verlengingMogelijk": row.verlenging_mogelijk,
                "verlengingstermijn": row.verlengingstermijn,
                "trefwoorden": row.trefwoorden,
                "publicatieIndicatie": row.publicatie_indicatie,
                "publicatietekst": row.publicatietekst,
                "verantwoordingsrelatie": row.verantwoordingsrelatie,
                "productenOfDiensten": row.producten_of_diensten,
                "selectielijstProcestype": row.selectielijst_procestype,
                "referentieproces": {"naam": row.referentieproces_naam, "link": row.referentieproces_link},
                "concept": row.concept,
                "verantwoordelijke": row.verantwoordelijke,
                "broncatalogus": row.broncatalogus,
                "bronzaaktype": row.bronzaaktype,
                **own_period(row),
                "versiedatum": day(row.versiedatum),
                **object_period(own.begin, own.einde),
                "catalogus": urls.of("catalogussen", row.catalogus),
                **{naam: urls.all_of(naam, found.get(row.uuid, ())) for naam, found in parts.items()},
                "informatieobjecttypen": urls.all_of("informatieobjecttypen", documenten),
                "besluittypen": [],
                "deelzaaktypen": urls.all_of("zaaktypen", row.deelzaaktypen),
                "gerelateerdeZaaktypen": row.gerelateerde_zaaktypen,
                "zaakobjecttypen": [],
            }
            # An origin that is not known has no place in the schema, nor has an empty address.
            for wire in ("broncatalogus", "bronzaaktype", "selectielijstProcestype"):
                if not item[wire]:
                    del item[wire]
            if not row.referentieproces_link:
                del item["referentieproces"]["link"]
            made.append(item)
        return made
