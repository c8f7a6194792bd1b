"""One visit to SQLite's thread per statement, where the stock adapter makes four (cursor, execute, fetch, close).

Each visit costs a switch between threads, which on a busy machine takes longer than the statement itself. It must not
change what a statement does: rows are fetched whole, as the stock adapter does too.
"""

from __future__ import annotations

import collections
import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import ConnectionPoolEntry


class _Outcome:
    """What is left of a cursor after its statement: it holds nothing open."""

    def __init__(self) -> None:
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def close(self) -> None:
        """Nothing is open."""


class OneVisitCursor(AsyncAdapt_aiosqlite_cursor):
    """Executes, fetches and closes in one go."""

    __slots__ = ()

    _awaitable_cursor_close = False

    def _make_new_cursor(self, connection: Any) -> Any:
        return _Outcome()

    def _aenter_cursor(self, cursor: Any) -> Any:
        return cursor

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._visit(lambda cursor: cursor.execute(operation, () if parameters is None else parameters))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._visit(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _visit(self, run: Any) -> None:
        driver: Any = self._connection
        outcome: Any = self._cursor

        def work() -> list[Any]:
            cursor: sqlite3.Cursor = driver._conn.cursor()
            try:
                run(cursor)
                outcome.description = cursor.description
                rows = cursor.fetchall() if cursor.description else []
                outcome.rowcount = cursor.rowcount
                outcome.lastrowid = cursor.lastrowid
                return rows
            finally:
                cursor.close()

        async with self._adapt_connection._execute_mutex:
            self._rows = collections.deque(await driver._execute(work))


class OneVisitConnection(AsyncAdapt_aiosqlite_connection):
    """The stock connection with the cursor above."""

    __slots__ = ()

    _cursor_cls = OneVisitCursor


def use_one_visit(engine: AsyncEngine) -> None:
    """Let the connections of this engine, which is one of SQLite, use it."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def _on_do_connect(dialect: Dialect, _record: ConnectionPoolEntry, cargs: Any, cparams: Any) -> Any:
        stock: Any = dialect.connect(*cargs, **cparams)
        return OneVisitConnection(stock.dbapi, stock._connection)
