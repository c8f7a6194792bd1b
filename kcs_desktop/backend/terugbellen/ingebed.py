"""The tasks of the embedded register, as the worklists read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.standards.klantinteracties.groepen import volledige_naam
from kcs_desktop.backend.standards.klantinteracties.tables import (
    Actor,
    Betrokkene,
    DigitaalAdres,
    InterneTaak,
    InterneTaakActor,
    Klantcontact,
    Partij,
)
from kcs_desktop.backend.terugbellen.bron import OPEN, Taakfeit
from kcs_desktop.backend.terugbellen.tables import TbNotitie
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant


class Ingebed:
    """Implements `Bron`."""

    def __init__(self) -> None:
        self.taak: Any = InterneTaak
        self.onderwerp: Any = Klantcontact.onderwerp

    def joined(self, query: Select[Any]) -> Select[Any]:
        return query.outerjoin(Klantcontact, Klantcontact.uuid == InterneTaak.klantcontact)

    def assigned_to(self, soort: str, namen: Sequence[str]) -> ColumnElement[bool]:
        assigned = (
            select(InterneTaakActor.internetaak)
            .join(Actor, Actor.uuid == InterneTaakActor.actor)
            .where(Actor.soort_actor == soort, Actor.actoridentificator_object_id.in_([naam for naam in namen if naam]))
        )
        return TbNotitie.internetaak.in_(assigned)

    async def assigned(self, session: AsyncSession, taken: Sequence[str]) -> dict[str, list[str]]:
        query = (
            select(InterneTaakActor.internetaak, Actor.naam)
            .join(Actor, Actor.uuid == InterneTaakActor.actor)
            .where(InterneTaakActor.internetaak.in_(taken))
            .order_by(InterneTaakActor.volgorde)
        )
        found: dict[str, list[str]] = {}
        for taak, naam in (await session.execute(query)).all():
            found.setdefault(taak, []).append(naam)
        return found

    async def customers(
        self, session: AsyncSession, contacten: Sequence[str]
    ) -> dict[str, tuple[Klantverwijzing, bool]]:
        query = (
            select(Betrokkene.klantcontact, Betrokkene.rol, Partij)
            .join(Partij, Partij.uuid == Betrokkene.partij)
            .where(Betrokkene.klantcontact.in_(contacten))
        )
        found = sorted((await session.execute(query)).all(), key=lambda row: row[1] == "klant")
        return {
            contact: (
                Klantverwijzing(
                    KlantSleutel(SoortKlant(partij.soort_partij), partij=partij.uuid),
                    partij.naam if partij.soort_partij == SoortKlant.ORGANISATIE else volledige_naam(partij),
                ),
                bool(partij.indicatie_geheimhouding),
            )
            for contact, _rol, partij in found
        }

    async def numbers(self, session: AsyncSession, contacten: Sequence[str]) -> dict[str, str]:
        query = (
            select(Betrokkene.klantcontact, DigitaalAdres.adres)
            .join(DigitaalAdres, DigitaalAdres.betrokkene == Betrokkene.uuid)
            .where(Betrokkene.klantcontact.in_(contacten), DigitaalAdres.soort_digitaal_adres == "telefoonnummer")
            .order_by(DigitaalAdres.uuid.desc())
        )
        return {row.klantcontact: row.adres for row in (await session.execute(query)).all()}

    async def without_row(self, session: AsyncSession, limit: int) -> list[str]:
        known = exists().where(TbNotitie.internetaak == InterneTaak.uuid)
        query = (
            select(InterneTaak.uuid)
            .where(InterneTaak.status == OPEN, ~known)
            .order_by(InterneTaak.toegewezen_op)
            .limit(limit)
        )
        return list(await session.scalars(query))

    async def facts(self, session: AsyncSession, taken: Sequence[str]) -> list[Taakfeit]:
        query = select(
            InterneTaak.uuid, InterneTaak.toegewezen_op, InterneTaak.gevraagde_handeling, InterneTaak.klantcontact
        ).where(InterneTaak.uuid.in_(taken))
        rows = (await session.execute(query)).all()
        partijen = await _partijen(session, [row.klantcontact for row in rows])
        toegewezen = await _actoren(session, taken)
        return [
            Taakfeit(
                row.uuid,
                row.toegewezen_op,
                row.gevraagde_handeling,
                row.klantcontact,
                partijen.get(row.klantcontact, ""),
                tuple(toegewezen.get(row.uuid, ())),
            )
            for row in rows
        ]


INGEBED = Ingebed()


async def _partijen(session: AsyncSession, contacten: Sequence[str]) -> dict[str, str]:
    """The partij per klantcontact: of the customer, else of whoever acted for one."""
    query = select(Betrokkene.klantcontact, Betrokkene.partij, Betrokkene.rol).where(
        Betrokkene.klantcontact.in_(contacten), Betrokkene.partij.is_not(None)
    )
    found = sorted((await session.execute(query)).all(), key=lambda row: row.rol == "klant")
    return {contact: partij for contact, partij, _rol in found if partij is not None}


async def _actoren(session: AsyncSession, taken: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    query = (
        select(InterneTaakActor.internetaak, Actor.soort_actor, Actor.actoridentificator_object_id)
        .join(Actor, Actor.uuid == InterneTaakActor.actor)
        .where(InterneTaakActor.internetaak.in_(taken))
        .order_by(InterneTaakActor.volgorde)
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for taak, soort, naam in (await session.execute(query)).all():
        found.setdefault(taak, []).append((soort, naam))
    return found
