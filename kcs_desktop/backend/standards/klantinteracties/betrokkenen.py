"""Betrokkenen: who took part in a klantcontact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties import steps as s
from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.groepen import (
    ADRES,
    CONTACTNAAM,
    represent_contactnaam,
    volledige_naam,
)
from kcs_desktop.backend.standards.objecten.conditions import Filter, by_url, by_uuid, exact, identification
from kcs_desktop.backend.standards.objecten.fields import Choice, Flag, Text
from kcs_desktop.backend.standards.objecten.groups import JsonGroup, Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Expansion, Json, Resource, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

ROLLEN = ("vertegenwoordiger", "klant")


class Betrokkenen(Resource):
    naam = "betrokkenen"
    soort = "betrokkene"
    table = table_of(tables.Betrokkene)
    fields = (
        Reference(wire="wasPartij", column="partij", table="ki_partij", nullable=True),
        Reference(wire="hadKlantcontact", column="klantcontact", table="ki_klantcontact", required=True),
        JsonGroup(wire="bezoekadres", column="bezoekadres", fields=ADRES, nullable=True),
        JsonGroup(wire="correspondentieadres", column="correspondentieadres", fields=ADRES, nullable=True),
        CONTACTNAAM,
        Choice(wire="rol", column="rol", choices=ROLLEN, required=True),
        Text(wire="organisatienaam", column="organisatienaam", maximum=200),
        Flag(wire="initiator", column="initiator", required=True),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "contactnaamAchternaam": exact(s.BETROKKENE.contactnaam_achternaam),
        "contactnaamVoorletters": exact(s.BETROKKENE.contactnaam_voorletters),
        "contactnaamVoornaam": exact(s.BETROKKENE.contactnaam_voornaam),
        "contactnaamVoorvoegselAchternaam": exact(s.BETROKKENE.contactnaam_voorvoegsel_achternaam),
        "hadKlantcontact__nummer": exact(s.KLANTCONTACT.nummer, s.BETROKKENE_TO_KLANTCONTACT),
        "hadKlantcontact__referentienummer": exact(s.KLANTCONTACT.referentienummer, s.BETROKKENE_TO_KLANTCONTACT),
        "hadKlantcontact__url": by_url(s.BETROKKENE.klantcontact),
        "hadKlantcontact__uuid": by_uuid(s.BETROKKENE.klantcontact),
        "organisatienaam": exact(s.BETROKKENE.organisatienaam),
        "verstrektedigitaalAdres__adres": exact(s.ADRES.adres, s.BETROKKENE_TO_ADRES),
        "verstrektedigitaalAdres__url": by_url(s.ADRES.uuid, s.BETROKKENE_TO_ADRES),
        "verstrektedigitaalAdres__uuid": by_uuid(s.ADRES.uuid, s.BETROKKENE_TO_ADRES),
        "wasPartij__nummer": exact(s.PARTIJ.nummer, s.BETROKKENE_TO_PARTIJ),
        **identification("wasPartij__", "partijIdentificator__", s.IDENTIFICATOR_PARTS, s.BETROKKENE_TO_IDENTIFICATOR),
        "wasPartij__url": by_url(s.BETROKKENE.partij),
        "wasPartij__uuid": by_uuid(s.BETROKKENE.partij),
    }
    expansions: ClassVar[Mapping[str, Expansion]] = {
        "digitaleAdressen": Expansion("digitaleadressen", parent=s.ADRES.betrokkene)
    }

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return (row.partij,) if row.partij else ()

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        adressen = await related.child_ids(s.ADRES.betrokkene, [row.uuid for row in rows])
        return [
            {
                "uuid": row.uuid,
                "url": urls.of("betrokkenen", row.uuid),
                "wasPartij": urls.reference("partijen", row.partij),
                "hadKlantcontact": urls.reference("klantcontacten", row.klantcontact),
                "digitaleAdressen": urls.references("digitaleadressen", adressen.get(row.uuid, [])),
                "bezoekadres": row.bezoekadres,
                "correspondentieadres": row.correspondentieadres,
                "contactnaam": represent_contactnaam(row),
                "volledigeNaam": volledige_naam(row),
                "rol": row.rol,
                "organisatienaam": row.organisatienaam,
                "initiator": row.initiator,
            }
            for row in rows
        ]
