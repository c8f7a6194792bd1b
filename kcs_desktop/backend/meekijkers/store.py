"""Write where a session is and read who else is there. What has run out does not count."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.meekijkers.tables import MeekijkerRow
from kcs_desktop.backend.principal import Principal
from kcs_desktop.domain.gebeurtenis import Vluchtig
from kcs_desktop.domain.klant import KlantSleutel
from kcs_desktop.domain.klantidentiteit import identities
from kcs_desktop.domain.meekijker import Bezigheid, Meekijker

HOLDS = timedelta(seconds=45)
SOORT = "meekijker"
FUNCTIE = "crm"


def subjects(sleutel: KlantSleutel, key: bytes) -> tuple[str, ...]:
    """The names under which this customer is announced: one per register key, none of which can be traced back."""
    return tuple(
        sorted(hmac.digest(key, b"meekijker:" + naam.encode(), "sha256").hex()[:32] for naam in identities(sleutel))
    )


async def note(unit: UnitOfWork, wie: Principal, onderwerpen: Sequence[str], bezigheid: Bezigheid | None) -> None:
    """This session is at these subjects, or (None) has left them. News is announced; saying the same again is not."""
    mine = (MeekijkerRow.sessie == wie.sessie, MeekijkerRow.onderwerp.in_(onderwerpen))
    known = {
        rij.onderwerp: rij.bezigheid
        for rij in await unit.session.execute(
            select(MeekijkerRow.onderwerp, MeekijkerRow.bezigheid).where(*mine, MeekijkerRow.verloopt_op > unit.now)
        )
    }
    if bezigheid is None:
        await unit.session.execute(delete(MeekijkerRow).where(*mine))
        news = tuple(known)
    else:
        await _upsert(unit, [_row(unit, wie, onderwerp, bezigheid) for onderwerp in onderwerpen])
        news = tuple(onderwerp for onderwerp in onderwerpen if known.get(onderwerp) != bezigheid)
    if news:
        unit.hint(Vluchtig(SOORT, FUNCTIE, news))


async def forget_expired(unit: UnitOfWork) -> None:
    """Erase what sessions left behind that ended without a word; for the daily upkeep."""
    await unit.session.execute(delete(MeekijkerRow).where(MeekijkerRow.verloopt_op <= unit.now))


async def others(unit: UnitOfWork, wie: Principal, onderwerpen: Sequence[str]) -> tuple[Meekijker, ...]:
    """Colleagues at any of these subjects, by name; who types at one of two seats types."""
    rijen = await unit.session.scalars(
        select(MeekijkerRow).where(
            MeekijkerRow.onderwerp.in_(onderwerpen),
            MeekijkerRow.verloopt_op > unit.now,
            MeekijkerRow.medewerker != wie.id,
        )
    )
    found: dict[str, Meekijker] = {}
    for rij in rijen:
        one = Meekijker(
            rij.medewerker, rij.naam, Bezigheid(rij.bezigheid), (rij.verloopt_op - unit.now).total_seconds()
        )
        known = found.get(rij.medewerker)
        if known is None or (one.bezigheid is Bezigheid.TYPT and known.bezigheid is not Bezigheid.TYPT):
            found[rij.medewerker] = one
    return tuple(sorted(found.values(), key=lambda one: (one.naam, one.medewerker)))


def _row(unit: UnitOfWork, wie: Principal, onderwerp: str, bezigheid: Bezigheid) -> dict[str, Any]:
    return {
        "sessie": wie.sessie,
        "onderwerp": onderwerp,
        "medewerker": wie.id,
        "naam": wie.weergavenaam or wie.naam,
        "bezigheid": bezigheid.value,
        "verloopt_op": unit.now + HOLDS,
    }


async def _upsert(unit: UnitOfWork, rijen: list[dict[str, Any]]) -> None:
    """Two tellings of one session at the same moment are no error: the last one stands."""
    insert = postgresql.insert if unit.dialect == "postgresql" else sqlite.insert
    statement = insert(MeekijkerRow)
    await unit.session.execute(
        statement.on_conflict_do_update(
            index_elements=["sessie", "onderwerp"],
            set_={naam: statement.excluded[naam] for naam in ("naam", "bezigheid", "verloopt_op")},
        ),
        rijen,
    )
