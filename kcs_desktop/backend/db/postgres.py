"""PostgreSQL with few trips: a statement that could be one trip must not become four of them.

Reading begins no transaction. It would cost a trip before and one after, and the driver forgets at every rollback which
statements the server had prepared, so that each would be read and planned anew.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

import msgspec
from sqlalchemy import URL, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_IDLE = 1.0  # seconds after which a connection is asked whether it is still there
_SEEN = "seen"


def engine(url: URL, *, idle: float = _IDLE) -> AsyncEngine:
    """For reading and writing. A connection that was used within `idle` seconds is not asked if it is still there."""
    # No overflow: what a burst opens beyond the pool is closed at once, and opening costs more than asking. The last
    # one used goes first, so that statements stay prepared.
    made = create_async_engine(
        url, pool_size=16, max_overflow=0, pool_use_lifo=True, json_deserializer=msgspec.json.decode
    )
    dialect = made.dialect

    @event.listens_for(made.sync_engine, "checkin")
    def _on_checkin(_connection: Any, record: Any) -> None:
        record.info[_SEEN] = monotonic()

    @event.listens_for(made.sync_engine, "checkout")
    def _on_checkout(connection: Any, record: Any, _proxy: Any) -> None:
        seen = record.info.pop(_SEEN, None)  # not there: made just now
        if seen is None or monotonic() - seen <= idle:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return made


def reading(over: AsyncEngine) -> AsyncEngine:
    """The same connections, on which each statement stands alone; each sees its own moment here anyhow."""
    return over.execution_options(isolation_level="AUTOCOMMIT")
