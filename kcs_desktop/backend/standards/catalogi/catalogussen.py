"""Catalogussen: whose zaaktypen and informatieobjecttypen these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row

from kcs_desktop.backend.standards.catalogi import tables
from kcs_desktop.backend.standards.catalogi.adres import PREFIX
from kcs_desktop.backend.standards.catalogi.steps import CATALOGUS, INFORMATIEOBJECTTYPE, ZAAKTYPE
from kcs_desktop.backend.standards.objecten.conditions import Filter, exact, one_of
from kcs_desktop.backend.standards.objecten.fields import Day, Text, objection_of
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import day
from kcs_desktop.backend.standards.objecten.resource import Json, Resource, Unique, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.backend.standards.zgw.fields import rsin
from kcs_desktop.domain.emailadres import parse_emailadres


class Catalogussen(Resource):
    naam = "catalogussen"
    soort = "catalogus"
    functie = "zaken"
    prefix = PREFIX
    changes: ClassVar[frozenset[str]] = frozenset()
    table = table_of(tables.Catalogus)
    fields = (
        Text(wire="domein", column="domein", maximum=5, blank=False, required=True),
        rsin("rsin", "rsin", required=True),
        Text(
            wire="contactpersoonBeheerNaam",
            column="contactpersoon_beheer_naam",
            maximum=40,
            blank=False,
            required=True,
        ),
        Text(
            wire="contactpersoonBeheerTelefoonnummer",
            column="contactpersoon_beheer_telefoonnummer",
            maximum=20,
        ),
        Text(
            wire="contactpersoonBeheerEmailadres",
            column="contactpersoon_beheer_emailadres",
            maximum=254,
            check=objection_of(parse_emailadres),
        ),
        Text(wire="naam", column="naam", maximum=200),
        Text(wire="versie", column="versie", maximum=20),
        Day(wire="begindatumVersie", column="begindatum_versie", nullable=True),
    )
    uniques = (Unique(("domein", "rsin"), "nonFieldErrors"),)
    filters: ClassVar[Mapping[str, Filter]] = {
        "domein": exact(CATALOGUS.domein),
        "domein__in": one_of(CATALOGUS.domein),
        "rsin": exact(CATALOGUS.rsin),
        "rsin__in": one_of(CATALOGUS.rsin),
    }

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        keys = [row.uuid for row in rows]
        zaaktypen = await related.child_ids(ZAAKTYPE.catalogus, keys)
        documenten = await related.child_ids(INFORMATIEOBJECTTYPE.catalogus, keys)
        made = []
        for row in rows:
            item: Json = {
                "url": urls.of("catalogussen", row.uuid),
                "domein": row.domein,
                "rsin": row.rsin,
                "contactpersoonBeheerNaam": row.contactpersoon_beheer_naam,
                "contactpersoonBeheerTelefoonnummer": row.contactpersoon_beheer_telefoonnummer,
                "contactpersoonBeheerEmailadres": row.contactpersoon_beheer_emailadres,
                "zaaktypen": urls.all_of("zaaktypen", zaaktypen.get(row.uuid, ())),
                "besluittypen": [],
                "informatieobjecttypen": urls.all_of("informatieobjecttypen", documenten.get(row.uuid, ())),
                "naam": row.naam,
                "versie": row.versie,
                "begindatumVersie": day(row.begindatum_versie),
            }
            if not row.contactpersoon_beheer_emailadres:
                del item["contactpersoonBeheerEmailadres"]  # the schema has no empty address
            made.append(item)
        return made
