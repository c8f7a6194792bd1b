"""The worklists: one page of notes in a fixed number of queries, however many notes or actoren it shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.terugbellen.bron import KLAAR, OPEN, Bron
from kcs_desktop.backend.terugbellen.indeling import Indeling, department_of, names_of
from kcs_desktop.backend.terugbellen.tables import TbNotitie, TbPoging
from kcs_desktop.domain.terugbeltaak import Escalatie, Lijst, Poging, Taakpagina, Taakstand, Terugbeltaak

PAGE_SIZE = 50


class Vraag(msgspec.Struct, frozen=True):
    """What is asked, by whom. `ziet_klanten`: the role may see who the customer is."""

    lijst: Lijst
    stand: Taakstand
    pagina: int
    gebruikersnaam: str
    ziet_klanten: bool
    is_floormanager: bool = False


async def read_page(session: AsyncSession, vraag: Vraag, indeling: Indeling, nu: datetime, bron: Bron) -> Taakpagina:
    """The page of this list, the note that is due first on top; of finished ones the last finished."""
    team = await department_of(session, vraag.gebruikersnaam)
    where = and_(_in_state(vraag.stand, bron.taak), *_of_list(bron, vraag, team, indeling))
    order: tuple[Any, ...] = (TbNotitie.deadline, TbNotitie.internetaak)
    if vraag.stand is Taakstand.KLAAR:
        gedaan = func.coalesce(bron.taak.afgehandeld_op, TbNotitie.afgehandeld_op)
        order = (gedaan.desc(), TbNotitie.internetaak)
    query: Select[Any] = select(TbNotitie, bron.taak, bron.onderwerp)
    query = bron.joined(query.outerjoin(bron.taak, bron.taak.uuid == TbNotitie.internetaak)).where(where)
    rows = (await session.execute(query.order_by(*order).limit(PAGE_SIZE).offset((vraag.pagina - 1) * PAGE_SIZE))).all()
    totaal = len(rows)
    if vraag.pagina > 1 or totaal == PAGE_SIZE:
        counted = select(func.count()).select_from(TbNotitie)
        counted = counted.outerjoin(bron.taak, bron.taak.uuid == TbNotitie.internetaak).where(where)
        totaal = await session.scalar(counted) or 0
    own = await _own(session, vraag.gebruikersnaam, nu, bron)
    gemeld = await _told(session, vraag, bron)
    team_vandaag = await _unclaimed(session, vraag, (team, *indeling.groups_of(team)), bron) if team else 0
    taken = await _complete(session, [tuple(row) for row in rows], vraag, indeling, bron)
    return Taakpagina(vraag.lijst, totaal, taken, vraag.pagina, *own, gemeld, team_vandaag)


async def _own(session: AsyncSession, gebruikersnaam: str, nu: datetime, bron: Bron) -> tuple[int, int]:
    """How many of the employee's own notes are open, and how many of those are late."""
    late = func.sum(case((TbNotitie.deadline < nu, 1), else_=0))
    query = (
        select(func.count(), late)
        .select_from(TbNotitie)
        .join(bron.taak, bron.taak.uuid == TbNotitie.internetaak)
        .where(bron.taak.status == OPEN, _is_own(bron, gebruikersnaam))
    )
    row = (await session.execute(query)).one()
    return row[0], row[1] or 0


async def _told(session: AsyncSession, vraag: Vraag, bron: Bron) -> int:
    """How many open notes of others were escalated to the employee."""
    query = (
        select(func.count())
        .select_from(TbNotitie)
        .join(bron.taak, bron.taak.uuid == TbNotitie.internetaak)
        .where(bron.taak.status == OPEN, _is_told_to(vraag), ~_is_own(bron, vraag.gebruikersnaam))
    )
    return await session.scalar(query) or 0


async def _unclaimed(session: AsyncSession, vraag: Vraag, units: Sequence[str], bron: Bron) -> int:
    """How many open notes of the department and its groups nobody claimed, of those that the guard reminded of. Without
    the employee's own and what was escalated to him, which are counted apart."""
    query = (
        select(func.count())
        .select_from(TbNotitie)
        .join(bron.taak, bron.taak.uuid == TbNotitie.internetaak)
        .where(bron.taak.status == OPEN, TbNotitie.door == "", TbNotitie.herinnerd_op.is_not(None))
        .where(bron.assigned_to("organisatorische_eenheid", units))
        .where(~_is_told_to(vraag), ~_is_own(bron, vraag.gebruikersnaam))
    )
    return await session.scalar(query) or 0


def _in_state(stand: Taakstand, taak: Any) -> ColumnElement[bool]:
    """A note whose task is gone stays among the open ones until somebody puts it away."""
    is_gone = taak.uuid.is_(None)
    match stand:
        case Taakstand.OPEN:
            return or_(taak.status == OPEN, and_(is_gone, TbNotitie.afgehandeld_op.is_(None)))
        case Taakstand.KLAAR:
            return or_(taak.status == KLAAR, and_(is_gone, TbNotitie.afgehandeld_op.is_not(None)))
        case Taakstand.WEG:
            found: ColumnElement[bool] = is_gone
            return found


def _of_list(bron: Bron, vraag: Vraag, team: str, indeling: Indeling) -> list[ColumnElement[bool]]:
    match vraag.lijst:
        case Lijst.EIGEN:
            return [_is_own(bron, vraag.gebruikersnaam)]
        case Lijst.BELOOFD:
            return [TbNotitie.beloofd_door == vraag.gebruikersnaam]
        case Lijst.TEAM:
            units = (team, *indeling.groups_of(team))
            return [or_(bron.assigned_to("organisatorische_eenheid", units), TbNotitie.afdeling == team)]
        case Lijst.GEMELD:
            return [_is_told_to(vraag)]
        case Lijst.ALLE:
            return []


def _is_told_to(vraag: Vraag) -> ColumnElement[bool]:
    """Escalated to this employee: as the coordinator, who keeps it in sight also once the floormanager has it."""
    told: ColumnElement[bool] = and_(TbNotitie.escalatie != "", TbNotitie.escalatie_naar == vraag.gebruikersnaam)
    if vraag.is_floormanager:
        told = or_(told, TbNotitie.escalatie == Escalatie.FLOORMANAGER.value)
    return told


def _is_own(bron: Bron, gebruikersnaam: str) -> ColumnElement[bool]:
    """Claimed by this employee, or assigned to nobody but him and not claimed by another."""
    return or_(
        TbNotitie.door == gebruikersnaam,
        and_(TbNotitie.door == "", bron.assigned_to("medewerker", (gebruikersnaam,))),
    )


async def _complete(
    session: AsyncSession, rows: Sequence[tuple[Any, ...]], vraag: Vraag, indeling: Indeling, bron: Bron
) -> tuple[Terugbeltaak, ...]:
    uuids = [notitie.internetaak for notitie, _taak, _onderwerp in rows]
    contacten = sorted({taak.klantcontact if taak else notitie.klantcontact for notitie, taak, _ in rows})
    klanten = await bron.customers(session, contacten) if vraag.ziet_klanten else {}
    nummers = await bron.numbers(session, contacten) if vraag.ziet_klanten else {}
    actoren = await bron.assigned(session, uuids)
    pogingen = await _attempts(session, uuids)
    coordinator = indeling.coordinates(vraag.gebruikersnaam)
    names = await names_of(session, {wie for wie in indeling.coordinatoren.values() if wie})
    made = []
    for notitie, taak, onderwerp in rows:
        contact = taak.klantcontact if taak else notitie.klantcontact
        klant, geheim = klanten.get(contact, (None, False))
        stand = Taakstand.WEG
        if taak is not None:
            stand = Taakstand.KLAAR if taak.status == KLAAR else Taakstand.OPEN
        klaar_op = (taak.afgehandeld_op if taak else None) or notitie.afgehandeld_op
        made.append(
            Terugbeltaak(
                notitie.internetaak,
                stand,
                taak.gevraagde_handeling if taak else notitie.handeling,
                notitie.deadline,
                onderwerp=onderwerp or "",
                nummer=(taak.nummer or "") if taak else "",
                toelichting=taak.toelichting if taak else "",
                afdeling=notitie.afdeling,
                toegewezen_aan=tuple(actoren.get(notitie.internetaak, ())),
                toegewezen_op=taak.toegewezen_op if taak else notitie.gemaakt_op,
                klant=klant,
                telefoonnummer=notitie.telefoonnummer or nummers.get(contact, ""),
                moment=notitie.moment,
                geheim=geheim,
                klantcontact=contact,
                hoge_prioriteit=notitie.hoge_prioriteit,
                door=notitie.door,
                door_naam=notitie.door_naam,
                opgepakt_op=notitie.opgepakt_op,
                beloofd_door=notitie.beloofd_door,
                beloofd_door_naam=notitie.beloofd_naam,
                pogingen=tuple(pogingen.get(notitie.internetaak, ())),
                herinnerd_op=notitie.herinnerd_op,
                escalatie=Escalatie(notitie.escalatie),
                escalatie_naar=names.get(notitie.escalatie_naar, notitie.escalatie_naar),
                afgehandeld_op=klaar_op if stand is not Taakstand.OPEN else None,
                afgehandeld_door=notitie.afgehandeld_naam if stand is not Taakstand.OPEN else "",
                resultaat=notitie.resultaat if stand is not Taakstand.OPEN else "",
                mag_overnemen=notitie.afdeling in coordinator,
            )
        )
    return tuple(made) if vraag.ziet_klanten else tuple(taak.without_customer() for taak in made)


async def _attempts(session: AsyncSession, taken: Sequence[str]) -> dict[str, list[Poging]]:
    query = select(TbPoging).where(TbPoging.internetaak.in_(taken)).order_by(TbPoging.op, TbPoging.id)
    found: dict[str, list[Poging]] = {}
    for rij in await session.scalars(query):
        poging = Poging(rij.op, rij.naam, rij.resultaat, rij.notitie, rij.klantcontact)
        found.setdefault(rij.internetaak, []).append(poging)
    return found
