"""Partijen: persons, organisations and contact persons, with what hangs under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import partij_links, tables
from kcs_desktop.backend.standards.klantinteracties import steps as s
from kcs_desktop.backend.standards.klantinteracties.groepen import (
    ADRES,
    CONTACTNAAM,
    represent_contactnaam,
    volledige_naam,
)
from kcs_desktop.backend.standards.klantinteracties.identificatoren import represent_identificator
from kcs_desktop.backend.standards.objecten.conditions import (
    Filter,
    by_url,
    by_uuid,
    choice,
    exact,
    flag,
    identification,
)
from kcs_desktop.backend.standards.objecten.fields import Choice, Field, Flag, Parsed, Text, read_fields
from kcs_desktop.backend.standards.objecten.groups import (
    NOT_AN_OBJECT,
    Group,
    LinkedReference,
    Reference,
    References,
)
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import Expansion, Json, Resource, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls

SOORTEN = ("persoon", "organisatie", "contactpersoon")
_BEZOEKADRES = Group(wire="bezoekadres", column="bezoekadres_", fields=ADRES, nullable=True)
_CORRESPONDENTIEADRES = Group(wire="correspondentieadres", column="correspondentieadres_", fields=ADRES, nullable=True)
_represent_bezoekadres = _BEZOEKADRES.representer()
_represent_correspondentieadres = _CORRESPONDENTIEADRES.representer()
_NAAM = Text(wire="naam", column="naam", maximum=200)
_WERKTE_VOOR = Reference(wire="werkteVoorPartij", column="werkte_voor_partij", table="ki_partij", nullable=True)
_PER_SOORT: Mapping[str, tuple[Field, ...]] = {
    "persoon": (CONTACTNAAM,),
    "organisatie": (_NAAM,),
    "contactpersoon": (_WERKTE_VOOR, CONTACTNAAM),
}
_EMPTY_IDENTIFICATIE: Json = {
    "naam": "",
    "werkte_voor_partij": None,
    **{CONTACTNAAM.column + field.column: "" for field in CONTACTNAAM.fields},
}
_ADRES_FILTERS = {
    "Adresregel1": "adresregel1",
    "Adresregel2": "adresregel2",
    "Adresregel3": "adresregel3",
    "Land": "land",
    "NummeraanduidingId": "nummeraanduiding_id",
}


def _adres_filters(group: str) -> dict[str, Filter]:
    return {group + wire: exact(s.PARTIJ[f"{group}_{column}"]) for wire, column in _ADRES_FILTERS.items()}


class Partijen(Resource):
    naam = "partijen"
    soort = "partij"
    table = table_of(tables.Partij)
    fields = (
        Text(wire="nummer", column="nummer", maximum=10, pattern="[0-9]+", blank=False, nullable=True),
        Text(wire="interneNotitie", column="interne_notitie", maximum=1000),
        References(wire="digitaleAdressen", table="ki_digitaal_adres", nullable=True),
        LinkedReference(wire="voorkeursDigitaalAdres", table="ki_digitaal_adres", nullable=True),
        References(wire="rekeningnummers", table="ki_rekeningnummer", nullable=True),
        LinkedReference(wire="voorkeursRekeningnummer", table="ki_rekeningnummer", nullable=True),
        Choice(wire="soortPartij", column="soort_partij", choices=SOORTEN, required=True),
        Flag(wire="indicatieGeheimhouding", column="indicatie_geheimhouding", nullable=True),
        Text(wire="voorkeurstaal", column="voorkeurstaal", maximum=3),
        Flag(wire="indicatieActief", column="indicatie_actief", required=True),
        _BEZOEKADRES,
        _CORRESPONDENTIEADRES,
    )
    uniques = (Unique(("nummer",), "nummer", "Dit nummer is al in gebruik."),)
    filters: ClassVar[Mapping[str, Filter]] = {
        **_adres_filters("bezoekadres"),
        "categorierelatie__categorie__naam": Filter(lambda _: _, lambda _: s.PARTIJ.uuid.is_(None)),
        **_adres_filters("correspondentieadres"),
        "indicatieActief": flag(s.PARTIJ.indicatie_actief),
        "indicatieGeheimhouding": flag(s.PARTIJ.indicatie_geheimhouding),
        "nummer": exact(s.PARTIJ.nummer),
        **identification("", "partijIdentificator__", s.IDENTIFICATOR_PARTS, s.PARTIJ_TO_IDENTIFICATOR),
        "soortPartij": choice(s.PARTIJ.soort_partij, SOORTEN),
        **identification("", "subIdentificatorVan__", s.IDENTIFICATOR_PARTS, s.PARTIJ_TO_PARENT),
        # Those whom the partij that is named acts for: so Open Klant has it, whatever the name says.
        "vertegenwoordigdePartij__url": by_url(
            s.VERTEGENWOORDIGING.vertegenwoordigende_partij, s.PARTIJ_AS_VERTEGENWOORDIGDE
        ),
        "vertegenwoordigdePartij__uuid": by_uuid(
            s.VERTEGENWOORDIGING.vertegenwoordigende_partij, s.PARTIJ_AS_VERTEGENWOORDIGDE
        ),
    }
    expansions: ClassVar[Mapping[str, Expansion]] = {
        "betrokkenen": Expansion("betrokkenen", {"hadKlantcontact": Expansion("klantcontacten")}),
        "categorieRelaties": Expansion("betrokkenen"),  # always empty: this register keeps no categorieën
        "digitaleAdressen": Expansion("digitaleadressen"),
    }

    def read_body(self, body: Mapping[str, Any], parsed: Parsed, current: Row[Any] | None, *, partial: bool) -> None:
        read_fields(self.fields, body, parsed, partial=partial)
        partij_links.read_identificatoren(body, parsed)
        soort = parsed.values.get("soort_partij", current.soort_partij if current is not None else None)
        if current is not None and soort != current.soort_partij:
            parsed.values.update(_EMPTY_IDENTIFICATIE)
        given = body.get("partijIdentificatie")
        if soort is None or given is None:
            return
        if not isinstance(given, Mapping):
            parsed.wrong("partijIdentificatie", "invalid", NOT_AN_OBJECT)
            return
        read_fields(_PER_SOORT[soort], given, parsed, partial=partial, path="partijIdentificatie.")

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        if current is not None and parsed.values.get("werkte_voor_partij") == current.uuid:
            raise refuse(
                "partijIdentificatie.werkteVoorPartij", "invalid", "Een contactpersoon kan niet voor zichzelf werken."
            )

    async def store_links(self, unit: UnitOfWork, uuid: str, parsed: Parsed, current: Row[Any] | None) -> None:
        await partij_links.store(unit, uuid, parsed)

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        return (row.uuid, row.werkte_voor_partij) if row.werkte_voor_partij else (row.uuid,)

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        keys = [row.uuid for row in rows]
        betrokkenen = await related.child_ids(s.BETROKKENE.partij, keys)
        adressen = await related.children(s.ADRES.partij, keys, (s.ADRES.uuid, s.ADRES.is_voorkeur))
        nummers = await related.children(
            s.REKENINGNUMMER.partij, keys, (s.REKENINGNUMMER.uuid, s.REKENINGNUMMER.is_voorkeur)
        )
        identificatoren = await related.children(s.IDENTIFICATOR.partij, keys, tuple(s.IDENTIFICATOR))
        acts_for = await related.children(
            s.VERTEGENWOORDIGING.vertegenwoordigende_partij,
            keys,
            (s.VERTEGENWOORDIGING.vertegenwoordigde_partij,),
        )
        return [
            {
                "uuid": row.uuid,
                "url": urls.of("partijen", row.uuid),
                "nummer": row.nummer,
                "interneNotitie": row.interne_notitie,
                "betrokkenen": urls.references("betrokkenen", betrokkenen.get(row.uuid, [])),
                "categorieRelaties": [],
                "digitaleAdressen": _links(adressen.get(row.uuid, []), "digitaleadressen", urls),
                "voorkeursDigitaalAdres": _preferred(adressen.get(row.uuid, []), "digitaleadressen", urls),
                "vertegenwoordigden": urls.references("partijen", [other[1] for other in acts_for.get(row.uuid, [])]),
                "rekeningnummers": _links(nummers.get(row.uuid, []), "rekeningnummers", urls),
                "voorkeursRekeningnummer": _preferred(nummers.get(row.uuid, []), "rekeningnummers", urls),
                "partijIdentificatoren": [
                    represent_identificator(item, urls) for item in identificatoren.get(row.uuid, [])
                ],
                "soortPartij": row.soort_partij,
                "indicatieGeheimhouding": row.indicatie_geheimhouding,
                "voorkeurstaal": row.voorkeurstaal,
                "indicatieActief": row.indicatie_actief,
                "bezoekadres": _represent_bezoekadres(row),
                "correspondentieadres": _represent_correspondentieadres(row),
                "partijIdentificatie": _identificatie(row, urls),
            }
            for row in rows
        ]


def _links(rows: Sequence[Row[Any]], resource: str, urls: Urls) -> list[dict[str, str]]:
    return urls.references(resource, [row.uuid for row in rows])


def _preferred(rows: Sequence[Row[Any]], resource: str, urls: Urls) -> dict[str, str] | None:
    return next((urls.reference(resource, row.uuid) for row in rows if row.is_voorkeur), None)


def _identificatie(row: Row[Any], urls: Urls) -> Json:
    if row.soort_partij == "organisatie":
        return {"naam": row.naam}
    item: Json = {"contactnaam": represent_contactnaam(row), "volledigeNaam": volledige_naam(row)}
    if row.soort_partij == "contactpersoon":
        return {"uuid": row.uuid, "werkteVoorPartij": urls.reference("partijen", row.werkte_voor_partij), **item}
    return item


def partij_naam(row: Any) -> str:
    """The name by which a partij is known here; empty when nobody gave one."""
    return str(row.naam) if row.soort_partij == "organisatie" else volledige_naam(row)
