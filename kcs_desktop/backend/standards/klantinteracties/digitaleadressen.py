"""Digitale adressen: of a partij for future contact, or given by a betrokkene for one contact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import Row, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties import concerned, tables
from kcs_desktop.backend.standards.klantinteracties import steps as s
from kcs_desktop.backend.standards.klantinteracties.betrokkenen import ROLLEN
from kcs_desktop.backend.standards.klantinteracties.turns import take_turn
from kcs_desktop.backend.standards.objecten.conditions import (
    Filter,
    by_url,
    by_uuid,
    choice,
    contains,
    day,
    exact,
    flag,
    identification,
    present,
)
from kcs_desktop.backend.standards.objecten.fields import Choice, Day, Flag, Parsed, Text, objection_of
from kcs_desktop.backend.standards.objecten.groups import Reference
from kcs_desktop.backend.standards.objecten.related import Related
from kcs_desktop.backend.standards.objecten.represent import day as wire_day
from kcs_desktop.backend.standards.objecten.resource import Expansion, Json, Resource, Unique, refuse, table_of
from kcs_desktop.backend.standards.objecten.urls import Urls
from kcs_desktop.domain.digitaaladres import takes_as_number
from kcs_desktop.domain.emailadres import parse_emailadres

SOORTEN = ("email", "telefoonnummer", "overig")
SOORTEN_PARTIJ = ("persoon", "organisatie", "contactpersoon")
_email_objection = objection_of(parse_emailadres)


class DigitaleAdressen(Resource):
    naam = "digitaleadressen"
    soort = "digitaaladres"
    table = table_of(tables.DigitaalAdres)
    fields = (
        Reference(wire="verstrektDoorBetrokkene", column="betrokkene", table="ki_betrokkene", nullable=True),
        Reference(wire="verstrektDoorPartij", column="partij", table="ki_partij", nullable=True),
        Text(wire="adres", column="adres", maximum=80, blank=False, required=True),
        Choice(wire="soortDigitaalAdres", column="soort_digitaal_adres", choices=SOORTEN, required=True),
        Flag(wire="isStandaardAdres", column="is_standaard_adres", default=False),
        Text(wire="omschrijving", column="omschrijving", maximum=40),
        Text(wire="referentie", column="referentie", maximum=50, pattern=r"[-a-zA-Z0-9_]+"),
        Day(wire="verificatieDatum", column="verificatie_datum", nullable=True),
    )
    uniques = (
        Unique(
            ("partij", "soort_digitaal_adres", "referentie"),
            "referentie",
            "Deze partij heeft al een adres van deze soort met deze referentie.",
            blank_is_free=True,
        ),
        Unique(
            ("partij", "soort_digitaal_adres", "is_standaard_adres"),
            "isStandaardAdres",
            "Deze partij kreeg net een ander standaardadres van deze soort.",
            blank_is_free=True,
        ),
    )
    filters: ClassVar[Mapping[str, Filter]] = {
        "adres": exact(s.ADRES.adres),
        "adres__icontains": contains(s.ADRES.adres),
        "isGeverifieerd": present(s.ADRES.verificatie_datum.is_not(None)),
        "isStandaardAdres": flag(s.ADRES.is_standaard_adres),
        "omschrijving": exact(s.ADRES.omschrijving),
        "referentie": exact(s.ADRES.referentie),
        "soortDigitaalAdres": choice(s.ADRES.soort_digitaal_adres, SOORTEN),
        "verificatieDatum": day(s.ADRES.verificatie_datum),
        "verificatieDatum__gt": day(s.ADRES.verificatie_datum, "gt"),
        "verificatieDatum__gte": day(s.ADRES.verificatie_datum, "gte"),
        "verificatieDatum__lt": day(s.ADRES.verificatie_datum, "lt"),
        "verificatieDatum__lte": day(s.ADRES.verificatie_datum, "lte"),
        "verstrektDoorBetrokkene__rol": choice(s.BETROKKENE.rol, ROLLEN, s.ADRES_TO_BETROKKENE),
        "verstrektDoorBetrokkene__url": by_url(s.ADRES.betrokkene),
        "verstrektDoorBetrokkene__uuid": by_uuid(s.ADRES.betrokkene),
        **identification(
            "verstrektDoorPartij__", "partijIdentificator__", s.IDENTIFICATOR_PARTS, s.ADRES_TO_IDENTIFICATOR
        ),
        "verstrektDoorPartij__soortPartij": choice(s.PARTIJ.soort_partij, SOORTEN_PARTIJ, s.ADRES_TO_PARTIJ),
        "verstrektDoorPartij__url": by_url(s.ADRES.partij),
        "verstrektDoorPartij__uuid": by_uuid(s.ADRES.partij),
    }
    expansions: ClassVar[Mapping[str, Expansion]] = {
        "verstrektDoorBetrokkene": Expansion(
            "betrokkenen",
            {"hadKlantcontact": Expansion("klantcontacten", {"leiddeTotInterneTaken": Expansion("internetaken")})},
        )
    }

    async def change(self, unit: UnitOfWork, uuid: str, body: object, *, partial: bool) -> None:
        await take_turn(unit, (await self.row(unit.session, uuid)).partij)
        await super().change(unit, uuid, body, partial=partial)

    async def delete(self, unit: UnitOfWork, uuid: str) -> None:
        await take_turn(unit, (await self.row(unit.session, uuid)).partij)
        await super().delete(unit, uuid)

    async def apply_rules(self, unit: UnitOfWork, parsed: Parsed, current: Row[Any] | None) -> None:
        def value(column: str) -> Any:
            return parsed.values.get(column, None if current is None else getattr(current, column))

        if "adres" in parsed.values or "soort_digitaal_adres" in parsed.values:
            objection = adres_objection(value("soort_digitaal_adres"), value("adres"))
            if objection:
                raise refuse("adres", "invalid", objection)
        partij = value("partij")
        await take_turn(unit, partij)
        if value("is_standaard_adres"):
            if partij is None:
                raise refuse(
                    "isStandaardAdres", "invalid", "Alleen een adres van een partij kan het standaardadres zijn."
                )
            if parsed.values.keys() & {"is_standaard_adres", "partij", "soort_digitaal_adres"}:
                own = "" if current is None else str(current.uuid)
                await self._only_standard(unit, partij, value("soort_digitaal_adres"), own)
        if current is not None and partij != current.partij:
            parsed.values["is_voorkeur"] = False

    async def _only_standard(self, unit: UnitOfWork, partij: str, soort: str, own: str) -> None:
        """A new standard address takes the place of the one there was."""
        others = update(self.table).where(
            s.ADRES.partij == partij,
            s.ADRES.soort_digitaal_adres == soort,
            s.ADRES.is_standaard_adres,
            s.ADRES.uuid != own,
        )
        await unit.session.execute(others.values(is_standaard_adres=False))

    async def concerned(self, session: AsyncSession, row: Row[Any]) -> tuple[str, ...]:
        of_contact = await concerned.of_betrokkene(session, row.betrokkene)
        return tuple(sorted({*of_contact, *((row.partij,) if row.partij else ())}))

    async def represent(self, related: Related, rows: Sequence[Row[Any]], urls: Urls) -> list[Json]:
        made = []
        for row in rows:
            item: Json = {
                "uuid": row.uuid,
                "url": urls.of("digitaleadressen", row.uuid),
                "verstrektDoorBetrokkene": urls.reference("betrokkenen", row.betrokkene),
                "verstrektDoorPartij": urls.reference("partijen", row.partij),
                "adres": row.adres,
                "soortDigitaalAdres": row.soort_digitaal_adres,
                "isStandaardAdres": row.is_standaard_adres,
                "omschrijving": row.omschrijving,
                "verificatieDatum": wire_day(row.verificatie_datum),
            }
            if row.referentie:
                item["referentie"] = row.referentie
            made.append(item)
        return made


def adres_objection(soort: str, adres: str) -> str:
    """What is wrong with an address of this kind, or an empty string."""
    if soort == "email":
        return _email_objection(adres)
    if soort == "telefoonnummer" and not takes_as_number(adres):
        return "Dit is geen telefoonnummer. Schrijf alleen cijfers, zoals 0612345678 of +31612345678."
    return ""
