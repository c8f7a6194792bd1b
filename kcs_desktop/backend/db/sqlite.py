"""SQLite for the event loop: a connection has a thread of its own, and a statement is one trip to it.

The usual driver makes four trips per statement (open a cursor, execute, fetch, close), and a trip costs more than most
statements do. SQLAlchemy's dialect is kept; this is what it finds in the place of that driver's connection.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

import msgspec
from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

T = TypeVar("T")
_PATIENCE = 30  # seconds that SQLite waits for a lock that another holds


def reading_engine(url: URL) -> AsyncEngine:
    """Its connections cannot write: a reader that wrote would be refused as soon as somebody else had written."""
    return _engine(url, "BEGIN", reads_only=True, pool_size=8)


def writing_engine(url: URL) -> AsyncEngine:
    """One connection: SQLite has one writer anyway, and queueing here is fairer than busy-waiting there."""
    return _engine(url, "BEGIN IMMEDIATE", reads_only=False, pool_size=1, max_overflow=0, pool_timeout=60)


def _engine(url: URL, begin: str, *, reads_only: bool, **pool: Any) -> AsyncEngine:
    def connect() -> SqliteConnection:
        arguments, given = engine.dialect.create_connect_args(url)
        # The driver's own transaction handling is off: it begins late and would deadlock readers that write.
        options = {**given, "timeout": _PATIENCE, "isolation_level": None}
        return SqliteConnection(lambda: _open(arguments, options, reads_only=reads_only), reads_only=reads_only)

    engine = create_async_engine(url, async_creator=connect, json_deserializer=msgspec.json.decode, **pool)

    @event.listens_for(engine.sync_engine, "begin")
    def _on_begin(connection: Any) -> None:
        connection.connection.driver_connection.begin(begin)

    return engine


def _open(arguments: Sequence[Any], options: dict[str, Any], *, reads_only: bool) -> sqlite3.Connection:
    connection: sqlite3.Connection = sqlite3.connect(*arguments, **options)
    try:
        connection.execute(f"PRAGMA busy_timeout={_PATIENCE * 1000}")
        _use_write_ahead_log(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        if reads_only:
            connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Switch the file to it, once in its life. SQLite does not wait for a lock in this step: the first connections to
    a new file get "database is locked" at once when they switch together, so the waiting is done here."""
    deadline = time.monotonic() + _PATIENCE
    while connection.execute("PRAGMA journal_mode").fetchall() == [("delete",)]:
        try:
            connection.execute("PRAGMA journal_mode=WAL").fetchall()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


class SqliteConnection:
    """Awaiting it opens it. What is asked is done in the order of asking, also when the asker no longer waits."""

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, reads_only: bool) -> None:
        self._connect = connect
        self._reads_only = reads_only
        self._connection: sqlite3.Connection | None = None  # the dialect looks here whether it is open
        self._begin = ""
        self._has_begun = False
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="sqlite", daemon=True)

    def __await__(self) -> Generator[Any, None, SqliteConnection]:
        return self._opened().__await__()

    async def _opened(self) -> SqliteConnection:
        self._thread.start()
        try:
            self._connection = await self._ask(self._connect)
        except BaseException:
            self._jobs.put(None)
            raise
        return self

    def begin(self, statement: str) -> None:
        """Start a transaction with the next statement, on the same trip."""
        self._begin = statement
        self._has_begun = False

    def cursor(self) -> SqliteCursor:
        return SqliteCursor(self)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do this on the thread, inside the transaction that was begun."""
        connection = self._open
        begin, self._begin = self._begin, ""

        def job() -> T:
            if begin:
                self._start(connection, begin)
            elif self._has_begun and not connection.in_transaction:
                # A full disk may end it: going on would commit each further statement by itself.
                raise sqlite3.OperationalError("the transaction was rolled back")
            return work(connection)

        return await self._ask(job)

    def _start(self, connection: sqlite3.Connection, begin: str) -> None:
        try:
            connection.execute(begin)
        except BaseException:
            self._begin = begin  # the next statement must not go without it
            raise
        self._has_begun = True

    async def commit(self) -> None:
        self._end()
        await self._ask(self._open.commit)

    async def rollback(self) -> None:
        self._end()
        if self._reads_only:  # nothing can be lost, so there is nothing to wait for
            self._jobs.put(self._open.rollback)
        else:
            await self._ask(self._open.rollback)

    def _end(self) -> None:
        self._begin, self._has_begun = "", False

    async def create_function(self, *arguments: Any, **options: Any) -> None:
        connection = self._open
        await self._ask(lambda: connection.create_function(*arguments, **options))

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await self._ask(connection.close)
            finally:
                self._jobs.put(None)

    def stop(self) -> None:
        """Close without waiting for it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._jobs.put(connection.close)
            self._jobs.put(None)

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("no active connection")  # the dialect knows these words
        return self._connection

    async def _ask(self, work: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def give(result: T) -> None:
            if not answer.done():
                answer.set_result(result)

        def fail(error: BaseException) -> None:
            if not answer.done():
                answer.set_exception(error)

        def job() -> None:
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001 -- whatever it is, it is the asker's
                loop.call_soon_threadsafe(fail, error)
            else:
                loop.call_soon_threadsafe(give, result)

        self._jobs.put(job)
        return await answer

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            with suppress(sqlite3.Error, RuntimeError):  # nobody waits: a rollback of a reader, or a loop that ended
                job()


class SqliteCursor:
    """As the dialect's adapter uses it: the rows of a statement come with the statement itself."""

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> SqliteCursor:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> None:
        await self._connection.run(lambda connection: self._take(connection.execute(statement, parameters)))

    async def executemany(self, statement: str, parameters: Any) -> None:
        await self._connection.run(lambda connection: self._take(connection.executemany(statement, parameters)))

    def _take(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = deque(cursor.fetchall() if cursor.description else ())
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> list[Any]:
        rows = list(self._rows)
        self._rows.clear()
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    async def close(self) -> None:
        self._rows.clear()
