"""How many statements the backend sends to its database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event

from tests.harness.backend import Backend

# Set only in the task of the test, where the requests are carried out: the background tasks of the backend are not it.
_counting: ContextVar[bool] = ContextVar("counting", default=False)


@contextmanager
def counted_statements(backend: Backend) -> Iterator[list[str]]:
    """The statements of reads and writes alike, as they are sent for requests of this test."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if _counting.get():
            sent.append(statement)

    engines = {backend.db.engine.sync_engine, backend.db.reading_engine.sync_engine}
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    token = _counting.set(True)
    try:
        yield sent
    finally:
        _counting.reset(token)
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
