"""Brings the schema up to date: one at a time, with a backup first, all or nothing.

The lock is the database's own: on SQLite the write transaction in which everything happens, on PostgreSQL an advisory
lock. Whoever comes second finds nothing left to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.pool import NullPool

from kcs_desktop.backend.db.bestand import tighten
from kcs_desktop.domain.errors import KcsError

SCRIPTS = "kcs_desktop.backend.db:migrations"
_LOCK = 0x6B637364  # "kcsd": one number for all versions of this product


class Stand(msgspec.Struct, frozen=True):
    """Where a database is in the history. `revision` is empty for a database without it."""

    revision: str
    head: str
    has_tables: bool

    @property
    def is_current(self) -> bool:
        return self.revision == self.head

    @property
    def description(self) -> str:
        if not self.has_tables:
            return "De database is nog leeg."
        if not self.revision:
            return "De database heeft tabellen die niet van dit programma zijn, of van voor de eerste versie."
        return f"De database is van een andere versie ({self.revision}) dan dit programma ({self.head})."


def config() -> Config:
    """Alembic's settings, with the scripts from the installed package."""
    made = Config()
    made.set_main_option("script_location", SCRIPTS)
    made.set_main_option("path_separator", "os")
    return made


def head() -> str:
    """The newest step."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def is_own_file(url: str) -> bool:
    """Whether this is a SQLite file, which nobody else administers."""
    parsed = make_url(url)
    return parsed.get_backend_name() == "sqlite" and bool(parsed.database)


def stand(url: str) -> Stand:
    """Where this database is. Raises KcsError when it cannot be reached."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return Stand("", head(), has_tables=False)
    with _connection(url, "BEGIN") as connection:
        return _stand(connection)


def migrate(url: str, backups: Path | None = None) -> Path | None:
    """Bring the schema to the head. Returns the backup that was made first; None when there was nothing to keep.

    `backups` is the folder for it; by default beside a SQLite file, else the current folder. Raises KcsError when the
    tables are not ours, or come from a newer version.
    """
    with _connection(url) as connection, _locked(connection):
        current = _stand(connection)
        if current.is_current:
            return None
        _refuse_strange(current)
        backup = _backup(url, current, backups) if current.has_tables else None
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        return backup


def _refuse_strange(current: Stand) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if current.has_tables and not current.revision:
        raise KcsError(current.description, code="vreemde-database", advice="Kies een lege database.")
    if current.revision and current.revision not in known:
        raise KcsError(
            current.description, code="nieuwere-database", advice="Gebruik de nieuwe versie van het programma."
        )


def _backup(url: str, current: Stand, folder: Path | None) -> Path:
    from kcs_desktop.backend.beheer.backup import backup

    parsed = make_url(url)
    where = folder or (Path(parsed.database or "").parent if parsed.get_backend_name() == "sqlite" else Path.cwd())
    path = where / f"kcs-voor-migratie-{current.revision}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.kcsbackup"
    backup(url, path)
    return path


def _stand(connection: Connection) -> Stand:
    revision = MigrationContext.configure(connection).get_current_revision() or ""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return Stand(revision, head(), has_tables=bool(tables))


def sync_engine(url: str, begin: str = "BEGIN IMMEDIATE") -> Engine:
    """A plain engine for administration: no pool, and on SQLite transactions that include schema changes.

    `begin` is how SQLite begins one: by itself it takes the write lock at once. A SQLite file that others may read is
    closed to them: every command comes by here first.
    """
    parsed: URL = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), poolclass=NullPool)
    engine = create_engine(parsed.set(drivername="sqlite+pysqlite"), poolclass=NullPool, connect_args={"timeout": 60})

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        tighten(url)

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@contextmanager
def _connection(url: str, begin: str = "BEGIN IMMEDIATE") -> Iterator[Connection]:
    engine = sync_engine(url, begin)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    yield
