"""The row beside an internetaak: made with the note, or lazily for a task that another program registered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.terugbellen.bron import Bron
from kcs_desktop.backend.terugbellen.indeling import Indeling
from kcs_desktop.backend.terugbellen.ingebed import INGEBED
from kcs_desktop.backend.terugbellen.tables import TbNotitie
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.terugbelnorm import Normen

SOORT = "terugbelnotitie"
FUNCTIE = "terugbelnotities"
ADOPTED_AT_ONCE = 200


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


async def locked(
    unit: UnitOfWork, normen: Normen, indeling: Indeling, internetaak: str, bron: Bron = INGEBED
) -> TbNotitie | None:
    """The row, held to the end of the unit; made first for a known task that has none. None where neither is known."""
    row = await _locked(unit.session, internetaak)
    if row is None:
        await take_on(unit, normen, await _foreign(unit.session, indeling, [internetaak], bron))
        row = await _locked(unit.session, internetaak)
    return row


async def _locked(session: AsyncSession, internetaak: str) -> TbNotitie | None:
    query = select(TbNotitie).where(TbNotitie.internetaak == internetaak).with_for_update()
    return (await session.scalars(query)).one_or_none()


async def adopt(db: Database, normen: Normen, indeling: Indeling, bron: Bron = INGEBED) -> int:
    """Take on open tasks that have no row yet, a batch at a time; how many there were."""
    async with db.read() as session:
        found = await bron.without_row(session, ADOPTED_AT_ONCE)
    if not found:
        return 0
    async with db.write() as unit:
        notities = await _foreign(unit.session, indeling, found, bron)
        made = await take_on(unit, normen, notities)
        for notitie in notities:
            if notitie.internetaak in made:  # else another request, which found the same, announces it
                announce(unit, notitie.internetaak, notitie.partij, "gemaakt")
    return len(found)


async def _foreign(session: AsyncSession, indeling: Indeling, taken: Sequence[str], bron: Bron) -> list[Nieuw]:
    """These tasks as notes that nobody here promised."""
    facts = await bron.facts(session, taken)
    colleagues = {naam for feit in facts for soort, naam in feit.toegewezen if soort == "medewerker"}
    of_colleague = await _departments(session, colleagues)
    return [
        Nieuw(
            feit.internetaak,
            feit.toegewezen_op,
            feit.handeling,
            feit.klantcontact,
            feit.partij,
            department(indeling, feit.toegewezen, of_colleague),
        )
        for feit in facts
    ]


def department(indeling: Indeling, toegewezen: Sequence[tuple[str, str]], of_colleague: Mapping[str, str]) -> str:
    """By whom a task is assigned to: a department, a group of one, or a colleague of one."""
    for soort, naam in toegewezen:
        if soort == "organisatorische_eenheid":
            return indeling.groepen.get(naam, naam)
    return next((of_colleague.get(naam, "") for soort, naam in toegewezen if soort == "medewerker"), "")


async def _departments(session: AsyncSession, gebruikersnamen: Collection[str]) -> dict[str, str]:
    query = select(AccountRij.gebruikersnaam, AccountRij.afdeling).where(AccountRij.gebruikersnaam.in_(gebruikersnamen))
    return {row.gebruikersnaam: row.afdeling or "" for row in (await session.execute(query)).all()}
