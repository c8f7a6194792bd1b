"""What a search index needs to know of partijen, in a fixed number of queries, for one as well as for a bulk load."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties import tables
from kcs_desktop.backend.standards.klantinteracties.partijen import partij_naam
from kcs_desktop.backend.standards.klantinteracties.steps import ADRES, IDENTIFICATOR, PARTIJ
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.resource import table_of


class IdentificatorFact(msgspec.Struct, frozen=True):
    """`soort` is bsn, kvk_nummer, vestigingsnummer or rsin."""

    soort: str
    waarde: str


class AdresFact(msgspec.Struct, frozen=True):
    """`soort` is email, telefoonnummer or overig."""

    soort: str
    adres: str
    standaard: bool


class BezoekadresFact(msgspec.Struct, frozen=True):
    """The parts that are known; the others are empty."""

    straatnaam: str
    huisnummer: int | None
    huisnummertoevoeging: str
    postcode: str
    stad: str


class PartijFacts(msgspec.Struct, frozen=True):
    """`naam` is the full name; the parts of a person's name are there for keys of their own."""

    uuid: str
    soort: str
    naam: str
    voorletters: str
    voornaam: str
    voorvoegsel: str
    achternaam: str
    werkte_voor_partij: str | None
    actief: bool
    geheim: bool
    identificatoren: tuple[IdentificatorFact, ...]
    digitale_adressen: tuple[AdresFact, ...]
    bezoekadres: BezoekadresFact


async def partij_search_facts(session: AsyncSession, uuids: Sequence[str]) -> list[PartijFacts]:
    """The facts of these partijen; those that do not exist (any more) are left out."""
    related = Related(session)
    rows = await related.rows_of(table_of(tables.Partij), uuids)
    keys = [row.uuid for row in rows]
    identificatoren = await related.children(
        IDENTIFICATOR.partij, keys, (IDENTIFICATOR.code_soort_object_id, IDENTIFICATOR.object_id)
    )
    adressen = await related.children(
        ADRES.partij, keys, (ADRES.soort_digitaal_adres, ADRES.adres, ADRES.is_standaard_adres)
    )
    return [
        PartijFacts(
            uuid=row.uuid,
            soort=row.soort_partij,
            naam=partij_naam(row),
            voorletters=row.contactnaam_voorletters,
            voornaam=row.contactnaam_voornaam,
            voorvoegsel=row.contactnaam_voorvoegsel_achternaam,
            achternaam=row.contactnaam_achternaam,
            werkte_voor_partij=row.werkte_voor_partij,
            actief=row.indicatie_actief,
            geheim=bool(row.indicatie_geheimhouding),
            identificatoren=tuple(
                IdentificatorFact(item.code_soort_object_id, item.object_id)
                for item in identificatoren.get(row.uuid, [])
            ),
            digitale_adressen=tuple(
                AdresFact(item.soort_digitaal_adres, item.adres, item.is_standaard_adres)
                for item in adressen.get(row.uuid, [])
            ),
            bezoekadres=BezoekadresFact(
                row.bezoekadres_straatnaam,
                row.bezoekadres_huisnummer,
                row.bezoekadres_huisnummertoevoeging,
                row.bezoekadres_postcode,
                row.bezoekadres_stad,
            ),
        )
        for row in rows
    ]


async def all_partij_search_facts(session: AsyncSession, portion: int = 5000) -> AsyncIterator[list[PartijFacts]]:
    """The facts of every partij, a portion at a time, in the order of their uuid."""
    last = ""
    while True:
        query = select(PARTIJ.uuid).where(PARTIJ.uuid > last).order_by(PARTIJ.uuid).limit(portion)
        uuids = list((await session.scalars(query)).all())
        if not uuids:
            return
        yield await partij_search_facts(session, uuids)
        last = uuids[-1]
