"""Resultaattypen: how a zaak of a zaaktype can end, and how long its file is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

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
from kcs_desktop.backend.standards.catalogi.steps import RESULTAATTYPE
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url
from kcs_desktop.backend.standards.objecten.fields import Choice, Flag, Text
from kcs_desktop.backend.standards.objecten.groups import Addresses, JsonGroup
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Json, Unique, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zgw.fields import Duration, NotKept, url
from kcs_desktop.backend.standards.zgw.waarden import ARCHIEFNOMINATIES, OBJECTTYPEN

_AFLEIDINGSWIJZEN = (
    "afgehandeld",
    "ander_datumkenmerk",
    "eigenschap",
    "gerelateerde_zaak",
    "hoofdzaak",
    "ingangsdatum_besluit",
    "termijn",
    "vervaldatum_besluit",
    "zaakobject",
)


class Resultaattypen(PartOfZaaktype):
    naam = "resultaattypen"
    soort = "resultaattype"
    prefix = PREFIX
    table = table_of(tables.Resultaattype)
    fields = (
        zaaktype_field(),
        Text(wire="omschrijving", column="omschrijving", maximum=30, blank=False, required=True),
        url("resultaattypeomschrijving", "resultaattypeomschrijving", required=True),
        url("selectielijstklasse", "selectielijstklasse", required=True),
        Text(wire="toelichting", column="toelichting", maximum=20_000),
        Choice(wire="archiefnominatie", column="archiefnominatie", choices=(*ARCHIEFNOMINATIES, "")),
        Duration(wire="archiefactietermijn", column="archiefactietermijn", nullable=True),
        JsonGroup(
            wire="brondatumArchiefprocedure",
            column="brondatum_archiefprocedure",
            nullable=True,
            fields=(
                Choice(wire="afleidingswijze", column="afleidingswijze", choices=_AFLEIDINGSWIJZEN, required=True),
                Text(wire="datumkenmerk", column="datumkenmerk", maximum=80),
                Flag(wire="einddatumBekend", column="einddatum_bekend", default=False),
                Choice(wire="objecttype", column="objecttype", choices=(*OBJECTTYPEN, "")),
                Text(wire="registratie", column="registratie", maximum=80),
                Duration(wire="procestermijn", column="procestermijn", nullable=True),
            ),
        ),
        Text(wire="procesobjectaard", column="procesobjectaard", maximum=200),
        Flag(wire="indicatieSpecifiek", column="indicatie_specifiek", nullable=True),
        Duration(wire="procestermijn", column="procestermijn", nullable=True),
        NotKept(wire="besluittypen"),
        Addresses(
            wire="informatieobjecttypen",
            column="informatieobjecttypen",
            table="cat_informatieobjecttype",
            resource="informatieobjecttypen",
            default=[],
        ),
        *PERIOD,
    )
    uniques = (Unique(("zaaktype", "omschrijving"), "nonFieldErrors"),)
    defaults = STATUS
    filters: ClassVar[Mapping[str, Filter]] = {
        "zaaktype": by_url(RESULTAATTYPE.zaaktype),
        **part_filters(RESULTAATTYPE.zaaktype, RESULTAATTYPE.begin_geldigheid, RESULTAATTYPE.einde_geldigheid),
    }

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        owner = await owners(related, [row.zaaktype for row in rows])
        documenten = sorted({uuid for row in rows for uuid in row.informatieobjecttypen})
        namen = {
            row.uuid: row.omschrijving
            for row in await related.rows_of(table_of(tables.Informatieobjecttype), documenten)
        }
        made = []
        for row in rows:
            known = [uuid for uuid in row.informatieobjecttypen if uuid in namen]
            item: Json = {
                "url": urls.of("resultaattypen", row.uuid),
                "omschrijving": row.omschrijving,
                "resultaattypeomschrijving": row.resultaattypeomschrijving,
                # The list behind that address is not fetched; a municipality names its result as that list does.
                "omschrijvingGeneriek": row.omschrijving,
                "selectielijstklasse": row.selectielijstklasse,
                "toelichting": row.toelichting,
                "archiefnominatie": row.archiefnominatie,
                "archiefactietermijn": row.archiefactietermijn,
                "brondatumArchiefprocedure": row.brondatum_archiefprocedure,
                "procesobjectaard": row.procesobjectaard,
                "indicatieSpecifiek": row.indicatie_specifiek,
                "procestermijn": row.procestermijn,
                "besluittypen": [],
                "besluittypeOmschrijving": [],
                "informatieobjecttypen": urls.all_of("informatieobjecttypen", known),
                "informatieobjecttypeOmschrijving": [namen[uuid] for uuid in known],
                **repeated(row, owner[row.zaaktype], urls),
                **own_period(row),
            }
            made.append(item)
        return made
