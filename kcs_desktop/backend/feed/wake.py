"""Hear that something was committed: in this process on SQLite, over LISTEN/NOTIFY on PostgreSQL.

A wake-up says only that there may be something to read; the reader also looks by itself now and then, so a lost
connection delays and never loses. Fleeting news is in the notice itself, and is lost with it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TypeVar

import msgspec
import psycopg
import structlog
from psycopg.conninfo import make_conninfo

from kcs_desktop.backend.db.unit import Database, UnitOfWork
from kcs_desktop.backend.feed.getoond import Getoond
from kcs_desktop.backend.feed.store import CHANNEL, HINTS, SHOWN
from kcs_desktop.domain.gebeurtenis import Vluchtig

log = structlog.get_logger(__name__)
T = TypeVar("T")
_RECONNECT_SECONDS = 1.0
_MOST_HINTS = 500  # of which the oldest fall off: they are fleeting


def conninfo(db: Database) -> str:
    """libpq's connection string for this database."""
    url = db.url
    query = {key: value for key, value in url.query.items() if isinstance(value, str)}
    parts = {
        "host": url.host,
        "port": str(url.port) if url.port else None,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
        **query,
    }
    return make_conninfo("", **{key: value for key, value in parts.items() if value})


class Wake:
    """Sets `event` after a commit that announced something; `hints` holds fleeting news that nobody took yet, and
    `shown` what seats said to another worker, or this one, that they show.

    Start and stop on the loop that waits for it.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._listener: asyncio.Task[None] | None = None
        self.event = asyncio.Event()
        self.hints: deque[Vluchtig] = deque(maxlen=_MOST_HINTS)
        self.shown: deque[Getoond] = deque(maxlen=_MOST_HINTS)

    async def start(self) -> None:
        if self._db.dialect == "sqlite":
            self._db.after_commit.append(self._on_commit)
            return
        listening = asyncio.Event()
        self._listener = asyncio.create_task(self._listen(listening), name="feed-listen")
        with suppress(TimeoutError):
            await asyncio.wait_for(listening.wait(), 5)

    async def stop(self) -> None:
        if self._on_commit in self._db.after_commit:
            self._db.after_commit.remove(self._on_commit)
        if self._listener is not None:
            self._listener.cancel()
            await asyncio.gather(self._listener, return_exceptions=True)
            self._listener = None

    def _on_commit(self, unit: UnitOfWork) -> None:
        self.hints.extend(unit.hints)
        if unit.wijzigingen or unit.hints:
            self.event.set()

    async def _listen(self, listening: asyncio.Event) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(conninfo(self._db), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    await connection.execute(f"LISTEN {HINTS}")
                    await connection.execute(f"LISTEN {SHOWN}")
                    listening.set()
                    self.event.set()  # something may have been committed before the server listened for us
                    async for notice in connection.notifies():
                        if notice.channel == HINTS:
                            self._take(notice.payload, Vluchtig, self.hints)
                        elif notice.channel == SHOWN:
                            self._take(notice.payload, Getoond, self.shown)
                        self.event.set()
            except psycopg.Error as error:
                log.warning("feed.listen_lost", error=type(error).__name__)
            await asyncio.sleep(_RECONNECT_SECONDS)

    @staticmethod
    def _take(payload: str, kind: type[T], into: deque[T]) -> None:
        try:
            into.append(msgspec.json.decode(payload, type=kind))
        except msgspec.DecodeError:
            log.warning("feed.hint_unreadable")  # a worker of another version
