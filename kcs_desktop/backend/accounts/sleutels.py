"""Signing keys: the newest signs, older ones verify until they are withdrawn."""

from __future__ import annotations

import hmac
import secrets
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.accounts.tables import SleutelRij
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.domain.uuid7 import new_id

_NEWEST = select(SleutelRij).where(SleutelRij.ingetrokken_op.is_(None)).order_by(SleutelRij.id.desc()).limit(1)


class Sleutels:
    """The keys of this backend. Keys are immutable, so a key once read is kept; withdrawal is looked up every time."""

    def __init__(self, pepper: bytes = b"") -> None:
        self._pepper = pepper
        self.key = lru_cache(maxsize=16)(self._key)  # what a stored secret signs with

    async def current(self, unit: UnitOfWork) -> tuple[str, bytes]:
        """The key that signs now; made when there is none."""
        rij = await unit.session.scalar(_NEWEST)
        if rij is None:
            rij = await rotate(unit)
        return rij.id, self.key(rij.geheim)

    async def newest(self, session: AsyncSession) -> tuple[str, bytes] | None:
        """The key that signs now, where there is one already: asked by whoever must not write."""
        rij = await session.scalar(_NEWEST)
        return (rij.id, self.key(rij.geheim)) if rij else None

    async def find(self, session: AsyncSession, sleutel_id: str) -> bytes | None:
        """The key with this id, unless it was withdrawn."""
        rij = await session.get(SleutelRij, sleutel_id)
        return None if rij is None or rij.ingetrokken_op is not None else self.key(rij.geheim)

    async def any(self, session: AsyncSession, sleutel_id: str) -> bytes | None:
        """The key with this id, also when it was withdrawn: only to recognise what it made, never to let in."""
        rij = await session.get(SleutelRij, sleutel_id)
        return None if rij is None else self.key(rij.geheim)

    def _key(self, geheim: str) -> bytes:
        # With a key file, the database alone (a stolen backup) is not enough to forge.
        return hmac.digest(bytes.fromhex(geheim), b"kcs-ondertekening" + self._pepper, "sha256")


async def rotate(unit: UnitOfWork) -> SleutelRij:
    """Add a key that signs from now on."""
    rij = SleutelRij(id=new_id(unit.now), geheim=secrets.token_hex(32), gemaakt_op=unit.now)
    unit.session.add(rij)
    await unit.session.flush()
    return rij


async def withdraw_others(unit: UnitOfWork, behalve: str) -> None:
    """Refuse everything that an older key signed."""
    for rij in await unit.session.scalars(select(SleutelRij).where(SleutelRij.ingetrokken_op.is_(None))):
        if rij.id != behalve:
            rij.ingetrokken_op = unit.now
