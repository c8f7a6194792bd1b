"""Whether the database can be written: from writes that failed, the room on the disk, and now and then a try."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend.db.bestand import sqlite_file
from kcs_desktop.backend.db.unit import Database

LITTLE = 1 << 30  # bytes; under it the work is in danger
_NOTHING = 4 << 20  # bytes; a write may fail any moment
_EVERY = 10.0  # seconds between two tries
_PATIENCE = 2.0  # seconds for one
_SQLITE = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}
_POSTGRES = ("53", "58", "XX", "25006")  # out of room or memory, system error, damage, a standby


class Schrijven(StrEnum):
    """What a write would do now. KRAP: it succeeds, but there is little room left."""

    OK = "ok"
    KRAP = "krap"
    NIET = "niet"


class Schrijfstand:
    """Listens to the writes of `db`. It writes itself only after a sign that writing fails, and seldom."""

    def __init__(self, db: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._db = db
        self._path = sqlite_file(db.url.render_as_string(hide_password=False))
        self._clock = clock
        self._has_failed = False
        self._tried = -_EVERY
        self._trying = asyncio.Lock()
        event.listen(db.engine.sync_engine, "handle_error", self._on_error)

    async def now(self) -> Schrijven:
        """The state; costs a look at the disk, and in bad times a write every ten seconds."""
        free = self._free()
        is_full = free is not None and free < _NOTHING
        if self._has_failed or is_full or not self._may_write():
            # A full disk on which a write failed needs no try: a small one may fit in the log and prove nothing.
            if not (self._has_failed and is_full):
                await self._try_now_and_then()
            if self._has_failed:
                return Schrijven.NIET
        return Schrijven.KRAP if free is not None and free < LITTLE else Schrijven.OK

    def _free(self) -> int | None:
        """Bytes left for the file; None where the database is not on a disk of ours."""
        try:
            return shutil.disk_usage(self._path.absolute().parent).free if self._path is not None else None
        except OSError:
            return 0

    def _may_write(self) -> bool:
        return self._path is None or os.access(self._path, os.W_OK)

    async def _try_now_and_then(self) -> None:
        if self._trying.locked() or self._clock() - self._tried < _EVERY:
            return
        async with self._trying:
            self._tried = self._clock()
            try:
                async with asyncio.timeout(_PATIENCE), self._db.engine.begin() as connection:
                    await connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
            except (SQLAlchemyError, OSError):
                self._has_failed = True
            except TimeoutError:
                return  # somebody writes for long: nothing new is known
            else:
                self._has_failed = False

    def _on_error(self, context: ExceptionContext) -> None:
        if _refuses(context.original_exception):
            self._has_failed = True
            self._tried = self._clock()


def _refuses(error: BaseException) -> bool:
    """Whether this is the disk or the server refusing, and not the statement being wrong."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(code, int):
        return code & 0xFF in _SQLITE
    return str(getattr(error, "sqlstate", "") or "").startswith(_POSTGRES)
