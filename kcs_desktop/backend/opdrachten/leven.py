"""A worker's sign of life on PostgreSQL: a lock that ends with the worker's connection, however it ends.

Its claims bear the lock's number. Whoever can take that lock knows that nobody is at the command any more, and need not
wait for the lease. A worker that lost its connection and lives loses no more than a claim: then its attempt commits
nothing. SQLite has one worker, which ends what the one before it was at when it starts.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.feed.wake import conninfo

PATIENCE = 5  # seconds that the database may take over the lock
log = structlog.get_logger(__name__)
_TRY = text("SELECT pg_try_advisory_xact_lock(:number)")


class Leven:
    """`start` and `stop` on the application's loop. `mark` is "" where there is nothing to tell it by."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._connection: psycopg.AsyncConnection[object] | None = None
        self.mark = ""

    async def start(self) -> None:
        """Hold the lock. Where that cannot be, claims are left to their lease."""
        if self._db.dialect == "sqlite":
            return
        number = secrets.randbits(63)
        try:
            connection = await psycopg.AsyncConnection.connect(
                conninfo(self._db), autocommit=True, connect_timeout=PATIENCE
            )
            await connection.execute("SELECT pg_advisory_lock(%s)", (number,))
        except psycopg.Error as error:
            log.warning("opdracht.no_sign_of_life", error=type(error).__name__)
            return
        self._connection, self.mark = connection, f"{number}."

    async def stop(self) -> None:
        connection, self._connection, self.mark = self._connection, None, ""
        if connection is not None:
            with suppress(psycopg.Error, TimeoutError):  # the server sees a moment later that a connection ended
                async with asyncio.timeout(PATIENCE):
                    await connection.execute("SELECT pg_advisory_unlock_all()")
            await connection.close()


async def is_abandoned(session: AsyncSession, claim: str) -> bool:
    """Whether the worker that made this claim is gone. False where the claim does not say which one it was."""
    number, mark, _ = claim.partition(".")
    if not mark or session.get_bind().dialect.name != "postgresql":
        return False
    return bool(await session.scalar(_TRY, {"number": int(number)}))
