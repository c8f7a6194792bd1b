"""Statements put to PostgreSQL's driver as they are: a trip each, and each a transaction by itself.

For what every request asks. An engine, a session and a result between the question and the driver take longer than the
answer does. The connections are the engine's own, and so are the errors.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.util import await_only, greenlet_spawn

Values = Sequence[Any] | Mapping[str, Any]
T = TypeVar("T")


class Lijn:
    """One connection while it is held."""

    def __init__(self, driver: psycopg.AsyncConnection[Any], dialect: Dialect) -> None:
        self._driver = driver
        self.dialect = dialect

    async def fetch(self, statement: str, values: Values = ()) -> list[Any]:
        """The rows, or none where the statement gives none. Raises what the engine would."""
        try:
            cursor = await self._driver.execute(statement.encode(), values)
            return await cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise _of_engine(error, self.dialect, is_lost=self._driver.closed) from error

    def exec_driver_sql(self, statement: str, values: Any = ()) -> Rijen:
        """The same for synchronous work that `run` carries out."""
        return Rijen(await_only(self.fetch(statement, values)))


class Rijen:
    """Rows as a result of the engine gives them."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def all(self) -> Sequence[Any]:
        return self._rows


class Question:
    """A select that is asked with every request. It is written out once, on its first use."""

    def __init__(self, statement: Select[Any]) -> None:
        self.statement = statement
        self._written: tuple[str, Mapping[str, Any]] | None = None
        self._made: Callable[[Sequence[Any]], Any] = tuple

    async def first(self, engine: AsyncEngine, values: Mapping[str, Any]) -> Any | None:
        """Its row, whose values have the names of the columns."""
        statement, fixed = self._written or self._write(engine.dialect)
        async with held(engine) as lijn:
            rows = await lijn.fetch(statement, {**fixed, **values})
        return self._made(rows[0]) if rows else None

    def _write(self, dialect: Dialect) -> tuple[str, Mapping[str, Any]]:
        compiled = self.statement.compile(dialect=dialect)
        columns = list(self.statement.selected_columns)
        make: Any = namedtuple  # its fields are known only now
        row = make("Row", [column.key for column in columns])
        read = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._made = lambda found: row._make(
            value if one is None else one(value) for one, value in zip(read, found, strict=True)
        )
        self._written = str(compiled), {name: value for name, value in compiled.params.items() if value is not None}
        return self._written


def _of_engine(error: psycopg.Error, dialect: Dialect, *, is_lost: bool) -> BaseException:
    return DBAPIError.instance(None, None, error, psycopg.Error, connection_invalidated=is_lost, dialect=dialect)


@asynccontextmanager
async def held(engine: AsyncEngine) -> AsyncIterator[Lijn]:
    """A connection from the engine's pool. Raises what the engine would where there is none."""
    try:
        borrowed = await engine.raw_connection()
    except psycopg.Error as error:
        raise _of_engine(error, engine.dialect, is_lost=False) from error
    driver: Any = borrowed.driver_connection
    try:
        try:
            await driver.set_autocommit(True)
        except psycopg.Error as error:
            raise _of_engine(error, engine.dialect, is_lost=True) from error
        yield Lijn(driver, engine.dialect)
    finally:
        if driver.info.transaction_status is TransactionStatus.IDLE:
            await driver.set_autocommit(False)
            await greenlet_spawn(borrowed.close)
        else:  # gone, or left behind in the middle of something
            await greenlet_spawn(borrowed.invalidate)
            if driver.closed:
                await engine.dispose()  # the others are of the same server


async def run(engine: AsyncEngine, work: Callable[..., T], *arguments: Any) -> T:
    """Synchronous work that asks over one connection."""
    async with held(engine) as lijn:
        done: T = await greenlet_spawn(work, lijn, *arguments)
        return done
