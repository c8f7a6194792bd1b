"""The row beside an internetaak: made with the note, or lazily for a task that another program registered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import exists, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.standards.klantinteracties.tables import Actor, Betrokkene, InterneTaak, InterneTaakActor
from kcs_desktop.backend.terugbellen.indeling import Indeling
from kcs_desktop.backend.terugbellen.normen import Normen
from kcs_desktop.backend.terugbellen.tables import TbNotitie
from kcs_desktop.domain.gebeurtenis import Wijziging

SOORT = "terugbelnotitie"
FUNCTIE = "terugbelnotities"
ADOPTED_AT_ONCE = 200
_OPEN = "te_verwerken"


class Nieuw(msgspec.Struct, frozen=True):
    """A note as it is taken on. `beloofd` is account name and name of who promised it."""

    internetaak: str
    gemaakt_op: datetime
    handeling: str
    klantcontact: str
    partij: str
    afdeling: str
    moment: str = ""
    telefoonnummer: str = ""
    hoge_prioriteit: bool = False
    antwoorden: tuple[dict[str, str], ...] = ()
    beloofd: tuple[str, str] = ("", "")


def announce(unit: UnitOfWork, internetaak: str, partij: str, handeling: str = "gewijzigd") -> None:
    """Tell the seats that what is kept beside this task changed."""
    unit.emit(Wijziging(SOORT, internetaak, handeling, FUNCTIE, (partij,) if partij else ()))


async def take_on(unit: UnitOfWork, normen: Normen, notities: Sequence[Nieuw]) -> frozenset[str]:
    """Store these rows; one that is there already stays as it is. The tasks whose row was made here."""
    if not notities:
        return frozenset()
    rows = []
    for notitie in notities:
        deadline = normen.deadline(notitie.afdeling, notitie.gemaakt_op)
        rows.append(
            {
                "internetaak": notitie.internetaak,
                "gemaakt_op": notitie.gemaakt_op,
                "handeling": notitie.handeling,
                "klantcontact": notitie.klantcontact,
                "partij": notitie.partij,
                "afdeling": notitie.afdeling,
                "deadline": deadline,
                "hoge_prioriteit": notitie.hoge_prioriteit,
                "moment": notitie.moment,
                "telefoonnummer": notitie.telefoonnummer,
                "antwoorden": list(notitie.antwoorden) or None,
                "beloofd_door": notitie.beloofd[0],
                "beloofd_naam": notitie.beloofd[1],
                "kijk_op": normen.reminder(notitie.gemaakt_op, deadline),
            }
        )
    dialect = postgresql if unit.dialect == "postgresql" else sqlite
    insert = dialect.insert(TbNotitie).values(rows).on_conflict_do_nothing().returning(TbNotitie.internetaak)
    return frozenset((await unit.session.execute(insert)).scalars())


async def locked(unit: UnitOfWork, normen: Normen, indeling: Indeling, internetaak: str) -> TbNotitie | None:
    """The row, held to the end of the unit; made first for a task of the embedded register that has none. None where
    neither is known."""
    row = await _locked(unit.session, internetaak)
    if row is None:
        await take_on(unit, normen, await _foreign(unit.session, indeling, [internetaak]))
        row = await _locked(unit.session, internetaak)
    return row


async def _locked(session: AsyncSession, internetaak: str) -> TbNotitie | None:
    query = select(TbNotitie).where(TbNotitie.internetaak == internetaak).with_for_update()
    return (await session.scalars(query)).one_or_none()


async def adopt(db: Database, normen: Normen, indeling: Indeling) -> int:
    """Take on open tasks that have no row yet, a batch at a time; how many there were."""
    async with db.read() as session:
        found = await _without_row(session)
    if not found:
        return 0
    async with db.write() as unit:
        notities = await _foreign(unit.session, indeling, found)
        made = await take_on(unit, normen, notities)
        for notitie in notities:
            if notitie.internetaak in made:  # else another request, which found the same, announces it
                announce(unit, notitie.internetaak, notitie.partij, "gemaakt")
    return len(found)


async def _without_row(session: AsyncSession) -> list[str]:
    known = exists().where(TbNotitie.internetaak == InterneTaak.uuid)
    query = (
        select(InterneTaak.uuid)
        .where(InterneTaak.status == _OPEN, ~known)
        .order_by(InterneTaak.toegewezen_op)
        .limit(ADOPTED_AT_ONCE)
    )
    return list(await session.scalars(query))


async def _foreign(session: AsyncSession, indeling: Indeling, taken: Sequence[str]) -> list[Nieuw]:
    """These tasks as notes that nobody here promised."""
    query = select(
        InterneTaak.uuid, InterneTaak.toegewezen_op, InterneTaak.gevraagde_handeling, InterneTaak.klantcontact
    ).where(InterneTaak.uuid.in_(taken))
    rows = (await session.execute(query)).all()
    partijen = await _customers(session, [row.klantcontact for row in rows])
    afdelingen = await departments(session, indeling, [row.uuid for row in rows])
    return [
        Nieuw(
            row.uuid,
            row.toegewezen_op,
            row.gevraagde_handeling,
            row.klantcontact,
            partijen.get(row.klantcontact, ""),
            afdelingen.get(row.uuid, ""),
        )
        for row in rows
    ]


async def _customers(session: AsyncSession, contacten: Sequence[str]) -> dict[str, str]:
    """The partij per klantcontact: of the customer, else of whoever acted for one."""
    query = select(Betrokkene.klantcontact, Betrokkene.partij, Betrokkene.rol).where(
        Betrokkene.klantcontact.in_(contacten), Betrokkene.partij.is_not(None)
    )
    found = sorted((await session.execute(query)).all(), key=lambda row: row.rol == "klant")
    return {contact: partij for contact, partij, _rol in found if partij is not None}


async def departments(session: AsyncSession, indeling: Indeling, taken: Sequence[str]) -> dict[str, str]:
    """The department per task, by whom it is assigned to: a department, a group of one, or a colleague of one."""
    query = (
        select(InterneTaakActor.internetaak, Actor.soort_actor, Actor.actoridentificator_object_id, AccountRij.afdeling)
        .join(Actor, Actor.uuid == InterneTaakActor.actor)
        .outerjoin(AccountRij, AccountRij.gebruikersnaam == Actor.actoridentificator_object_id)
        .where(InterneTaakActor.internetaak.in_(taken))
        .order_by(InterneTaakActor.volgorde.desc())
    )
    found: dict[str, str] = {}
    for taak, soort, naam, van_account in (await session.execute(query)).all():
        if soort == "organisatorische_eenheid":
            found[taak] = indeling.groepen.get(naam, naam)
        elif soort == "medewerker":
            found.setdefault(taak, van_account or "")
    return found
