"""Writers that wait for each other: to write beside one that has not committed yet, without guessing when."""

from __future__ import annotations

from sqlalchemy import text

from kcs_desktop.backend.db.unit import Database


async def until_waiting(db: Database) -> None:
    """Until somebody waits for another writer. On SQLite that is at once: there is one connection that writes."""
    if db.dialect == "sqlite":
        return
    while True:
        async with db.read() as session:
            if await session.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
