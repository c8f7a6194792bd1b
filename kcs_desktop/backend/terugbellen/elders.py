"""The tasks of a register upstream, as they were last read there: the lists cannot be asked of it in any other way.

It knows no claim, deadline or order, and of an internetaak nothing can be expanded. So every open task is copied with
what a list shows of it, by `spiegel.Spiegel`, and goes when the register no longer has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.terugbellen.bron import KLAAR, OPEN, Taakfeit
from kcs_desktop.backend.terugbellen.tables import TbElders, TbEldersActor, TbNotitie
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant


class Elders:
    """Implements `bron.Bron`."""

    def __init__(self) -> None:
        self.taak: Any = TbElders
        self.onderwerp: Any = TbElders.onderwerp

    def joined(self, query: Select[Any]) -> Select[Any]:
        return query

    def assigned_to(self, soort: str, namen: Sequence[str]) -> ColumnElement[bool]:
        known = [naam for naam in namen if naam]
        assigned = select(TbEldersActor.internetaak).where(
            TbEldersActor.soort == soort, TbEldersActor.object_id.in_(known)
        )
        return TbNotitie.internetaak.in_(assigned)

    async def assigned(self, session: AsyncSession, taken: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for rij in await _actoren(session, taken):
            found.setdefault(rij.internetaak, []).append(rij.naam)
        return found

    async def customers(
        self, session: AsyncSession, contacten: Sequence[str]
    ) -> dict[str, tuple[Klantverwijzing, bool]]:
        query = select(TbElders).where(TbElders.klantcontact.in_(contacten), TbElders.partij != "")
        return {
            rij.klantcontact: (
                Klantverwijzing(KlantSleutel(SoortKlant(rij.klant_soort), partij=rij.partij), rij.klant_naam),
                rij.geheim,
            )
            for rij in await session.scalars(query)
        }

    async def numbers(self, session: AsyncSession, contacten: Sequence[str]) -> dict[str, str]:
        query = select(TbElders.klantcontact, TbElders.telefoonnummer).where(
            TbElders.klantcontact.in_(contacten), TbElders.telefoonnummer != ""
        )
        return {row.klantcontact: row.telefoonnummer for row in (await session.execute(query)).all()}

    async def without_row(self, session: AsyncSession, limit: int) -> list[str]:
        known = exists().where(TbNotitie.internetaak == TbElders.uuid)
        query = select(TbElders.uuid).where(TbElders.status == OPEN, ~known).order_by(TbElders.toegewezen_op)
        return list(await session.scalars(query.limit(limit)))

    async def facts(self, session: AsyncSession, taken: Sequence[str]) -> list[Taakfeit]:
        toegewezen: dict[str, list[tuple[str, str]]] = {}
        for rij in await _actoren(session, taken):
            toegewezen.setdefault(rij.internetaak, []).append((rij.soort, rij.object_id))
        return [
            Taakfeit(
                rij.uuid,
                rij.toegewezen_op,
                rij.gevraagde_handeling,
                rij.klantcontact,
                rij.partij,
                tuple(toegewezen.get(rij.uuid, ())),
            )
            for rij in await session.scalars(select(TbElders).where(TbElders.uuid.in_(taken)))
        ]


ELDERS = Elders()


async def closed_here(unit: UnitOfWork, internetaak: str) -> None:
    """Know of a task that we closed, before it is read again. Does nothing where the register is embedded."""
    await unit.session.execute(
        update(TbElders)
        .where(TbElders.uuid == internetaak)
        .values(status=KLAAR, afgehandeld_op=unit.now, gelezen_op=unit.now)
        .execution_options(synchronize_session=False)
    )


async def known_since(session: AsyncSession, begonnen: datetime, taken: Sequence[str]) -> frozenset[str]:
    """Which of these tasks are known as they were after this moment."""
    query = select(TbElders.uuid).where(TbElders.uuid.in_(taken), TbElders.gelezen_op > begonnen)
    return frozenset(await session.scalars(query))


async def _actoren(session: AsyncSession, taken: Sequence[str]) -> Sequence[TbEldersActor]:
    query = (
        select(TbEldersActor)
        .where(TbEldersActor.internetaak.in_(taken))
        .order_by(TbEldersActor.internetaak, TbEldersActor.volgorde)
    )
    return list(await session.scalars(query))
