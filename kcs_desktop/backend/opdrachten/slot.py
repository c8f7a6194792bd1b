"""One at a time: find-or-create under a lock in our own database, because actoren have no key at all."""

from __future__ import annotations

import hashlib

from sqlalchemy import text

from kcs_desktop.backend.db.unit import UnitOfWork


async def hold_slots(unit: UnitOfWork, *names: str) -> None:
    """Hold these names until the transaction ends. Sorted, so that two transactions never wait for each other.

    SQLite needs nothing: its write transaction is the only one.
    """
    if unit.dialect != "postgresql":
        return
    for name in sorted(set(names)):
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        await unit.session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
