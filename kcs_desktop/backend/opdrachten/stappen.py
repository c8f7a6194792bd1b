"""The steps of a command as they are stored: the intent before a call, its result after it, and what is kept of both.

Every function is part of the caller's transaction, in which the command's claim is held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.opdrachten.claim import LEASE
from kcs_desktop.backend.opdrachten.stap import READS, Daad, Stand, Stap, Uitslag, Vraag
from kcs_desktop.backend.opdrachten.tables import OpdrachtRow, StapRow

_READS = tuple(daad.value for daad in READS)
AFBREKEN = 1_000_000  # from this number on: that the command was refused, and what is done about what it had made


async def load(session: AsyncSession, opdracht: str) -> list[Stap]:
    """In their order."""
    query = select(StapRow).where(StapRow.opdracht == opdracht).order_by(StapRow.nr)
    return [_as_struct(row) for row in await session.scalars(query)]


async def refresh(unit: UnitOfWork, opdracht: str) -> list[Stap]:
    """What an attempt begins with: reads that nothing was written after are asked again, as they may have aged."""
    written = (
        select(func.max(StapRow.nr)).where(StapRow.opdracht == opdracht, StapRow.daad.not_in(_READS)).scalar_subquery()
    )
    await unit.session.execute(
        delete(StapRow)
        .where(StapRow.opdracht == opdracht, StapRow.daad.in_(_READS), StapRow.nr > func.coalesce(written, 0))
        .execution_options(synchronize_session=False)
    )
    return await load(unit.session, opdracht)


async def forget_from(unit: UnitOfWork, opdracht: str, nr: int) -> None:
    """Drop the steps from this one on; reads only."""
    await unit.session.execute(
        delete(StapRow)
        .where(StapRow.opdracht == opdracht, StapRow.nr >= nr, StapRow.nr < AFBREKEN)
        .execution_options(synchronize_session=False)
    )


async def note(unit: UnitOfWork, opdracht: str, stap: Stap) -> None:
    """Store a step that is not there yet."""
    unit.session.add(
        StapRow(
            opdracht=opdracht,
            nr=stap.nr,
            register=stap.vraag.register,
            daad=stap.vraag.daad.value,
            pad=stap.vraag.pad,
            lichaam=stap.vraag.lichaam,
            sha256=stap.vraag.sha256,
            sleutel=stap.sleutel,
            stand=stap.stand.value,
            antwoord=None if stap.fout is None else {"fout": stap.fout},
            onzeker=False,
            gemaakt_op=unit.now,
        )
    )
    await unit.session.flush()


async def intend(unit: UnitOfWork, opdracht: str, stap: Stap, limit: timedelta, voornemen: str) -> Stap:
    """Store that this call is about to be made, and keep the claim for as long as it may take. The step as its call
    must know it."""
    now = stap.verzoeken + 1
    if not await _is_there(unit.session, opdracht, stap.nr):
        await note(unit, opdracht, stap)
    await _set(unit, opdracht, stap.nr, verzoeken=now, onzeker=stap.vraag.is_write, gevraagd_op=unit.now)
    await unit.session.execute(
        update(OpdrachtRow)
        .where(OpdrachtRow.id == opdracht)
        .values(lease_tot=unit.now + LEASE + limit, voornemen=voornemen)
        .execution_options(synchronize_session=False)
    )
    return msgspec.structs.replace(stap, verzoeken=now)


async def conclude(unit: UnitOfWork, opdracht: str, stap: Stap, uitslag: Uitslag) -> Stap:
    """Store what the call ended in."""
    stand = Stand.GEDAAN if uitslag.fout is None else Stand.GEWEIGERD
    antwoord: dict[str, Any] = {"waarde": uitslag.waarde} if uitslag.fout is None else {"fout": uitslag.fout}
    if uitslag.gevonden:
        antwoord["gevonden"] = True
    await _set(unit, opdracht, stap.nr, stand=stand.value, antwoord=antwoord, onzeker=False, gedaan_op=unit.now)
    made = {"waarde": uitslag.waarde, "fout": uitslag.fout, "gevonden": uitslag.gevonden}
    return msgspec.structs.replace(stap, stand=stand, onzeker=False, **made)


async def rename(unit: UnitOfWork, opdracht: str, stap: Stap, sleutel: str) -> Stap:
    """Another number for the object to be made: the first one is somebody else's."""
    await _set(unit, opdracht, stap.nr, sleutel=sleutel, onzeker=False)
    return msgspec.structs.replace(stap, sleutel=sleutel, onzeker=False)


async def failed(unit: UnitOfWork, opdracht: str, stap: Stap, *, sent: bool, onzeker: bool) -> None:
    """Store that a call gave no verdict. `stap` is as its call knew it; nothing sent: as if it was never asked."""
    values: dict[str, Any] = {"onzeker": onzeker}
    if not sent:
        values |= {"verzoeken": stap.verzoeken - 1, "gevraagd_op": stap.gevraagd_op}
    await _set(unit, opdracht, stap.nr, **values)


async def strip(unit: UnitOfWork, opdracht: str) -> None:
    """With the outcome: what was written stays, as a trace; whom it was about goes."""
    of_this = StapRow.opdracht == opdracht
    await unit.session.execute(
        delete(StapRow).where(of_this, StapRow.daad.in_(_READS)).execution_options(synchronize_session=False)
    )
    await unit.session.execute(
        update(StapRow).where(of_this).values(lichaam=None, antwoord=None).execution_options(synchronize_session=False)
    )


def made_by(stappen: Iterable[Stap]) -> Collection[str]:
    """The uuids of what these steps made."""
    return {stap.made for stap in stappen} - {""}


async def _is_there(session: AsyncSession, opdracht: str, nr: int) -> bool:
    return await session.scalar(select(StapRow.nr).where(StapRow.opdracht == opdracht, StapRow.nr == nr)) is not None


async def _set(unit: UnitOfWork, opdracht: str, nr: int, **values: Any) -> None:
    await unit.session.execute(
        update(StapRow)
        .where(StapRow.opdracht == opdracht, StapRow.nr == nr)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _as_struct(row: StapRow) -> Stap:
    resource, _, uuid = row.pad.partition("/")
    kept = row.antwoord or {}
    return Stap(
        row.nr,
        Vraag(row.register, Daad(row.daad), resource, uuid, row.lichaam or {}),
        Stand(row.stand),
        row.sleutel,
        kept.get("waarde"),
        kept.get("fout"),
        row.verzoeken,
        row.onzeker,
        row.gevraagd_op,
        bool(kept.get("gevonden")),
    )
