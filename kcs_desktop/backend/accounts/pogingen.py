"""Limits on guessing, counted in the database so that they hold over workers and restarts."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import msgspec
from sqlalchemy import delete, func, select

from kcs_desktop.backend.accounts.tables import AanmeldpogingRij
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.problem import HttpProblem
from kcs_desktop.domain.uuid7 import new_id

WINDOW = timedelta(minutes=15)


class Limit(msgspec.Struct, frozen=True):
    """At most `maximum` unsuccessful attempts per `wat` in fifteen minutes."""

    wat: str
    maximum: int


ACCOUNT = Limit("account", 10)
ADDRESS = Limit("adres", 200)  # a whole publiekscentrum may share one address
UNLOCK = Limit("ontgrendelen", 5)


def _key(limit: Limit, waarde: str) -> str:
    return hashlib.sha256(f"{limit.wat}:{waarde}".encode()).hexdigest()


async def claim(unit: UnitOfWork, limit: Limit, waarde: str) -> None:
    """Count an attempt before it is judged, so that parallel guesses count too. Raises 429 above the limit."""
    key = _key(limit, waarde)
    await unit.in_turn(key)  # parallel guesses are counted one after the other
    since = unit.now - WINDOW
    mine = (AanmeldpogingRij.sleutel == key) & (AanmeldpogingRij.op > since)
    count, first = (await unit.session.execute(select(func.count(), func.min(AanmeldpogingRij.op)).where(mine))).one()
    if count >= limit.maximum:
        wait = int((first + WINDOW - unit.now).total_seconds()) + 1
        raise HttpProblem(
            429,
            "te-veel-pogingen",
            "Te veel pogingen.",
            f"Wacht {max(1, round(wait / 60))} minuten en probeer het dan opnieuw.",
            retryAfter=max(1, wait),
        )
    await unit.session.execute(delete(AanmeldpogingRij).where(AanmeldpogingRij.op <= since))
    unit.session.add(AanmeldpogingRij(id=new_id(unit.now), sleutel=key, op=unit.now))
    await unit.session.flush()


async def forget(unit: UnitOfWork, limit: Limit, waarde: str) -> None:
    """A success clears what went wrong before it."""
    await unit.session.execute(delete(AanmeldpogingRij).where(AanmeldpogingRij.sleutel == _key(limit, waarde)))


async def forget_last(unit: UnitOfWork, limit: Limit, waarde: str) -> None:
    """The attempt just counted turned out to be none."""
    last = (
        select(AanmeldpogingRij.id)
        .where(AanmeldpogingRij.sleutel == _key(limit, waarde))
        .order_by(AanmeldpogingRij.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    await unit.session.execute(delete(AanmeldpogingRij).where(AanmeldpogingRij.id == last))
