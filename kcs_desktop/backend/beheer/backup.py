"""`backup` and `herstel`: the whole database in one file, made while seats work, put back only where nobody does.

SQLite is copied by its own online backup; PostgreSQL by COPY of every table in one snapshot, so that nothing beside
this program is needed. A restored database gets another epoch, so that every seat reads everything again, and a line in
the audit trail that says what is missing from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from kcs_desktop import __version__
from kcs_desktop.backend.beheer import hiaat
from kcs_desktop.backend.beheer.archief import Manifest, damaged, digest, read_archive, work_folder, write_archive
from kcs_desktop.backend.db.migratie import head, stand
from kcs_desktop.backend.db.models import METADATA
from kcs_desktop.domain.errors import KcsError

_FILE = "kcs.db"
_OWN_TABLES = "SELECT 1 FROM sqlite_schema WHERE name = 'feed_stand'"
_COLUMNS = """
    SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.relname, a.attnum
"""
_TRAIL = ("auditregel", "auditsleutel")  # where the line about the gap goes, and its key


def backup(url: str, path: Path) -> Manifest:
    """Make a backup at `path`; consistent as of one moment. Raises KcsError when there is nothing to back up."""
    current = stand(url)
    if not current.has_tables:
        raise KcsError("Deze database is leeg; er is niets om te bewaren.", code="database-leeg")
    with work_folder(path.absolute().parent) as folder:
        if make_url(url).get_backend_name() == "sqlite":
            made = _backup_sqlite(url, folder, current.revision)
        else:
            made = _backup_postgres(url, folder, current.revision)
        write_archive(path.absolute(), made, folder)
    return made


def restore(url: str, path: Path) -> Manifest:
    """Put a backup back. Refuses a running target, and a backup of a newer version or of the other kind of database."""
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    near = Path(parsed.database or "").absolute().parent if is_sqlite else path.absolute().parent
    with work_folder(near) as folder:
        manifest = read_archive(path, folder)
        if (manifest.soort == "sqlite") != is_sqlite:
            raise damaged(f"hij hoort bij een {manifest.soort}-database")
        _refuse_newer(manifest)
        if is_sqlite:
            _restore_sqlite(url, folder, manifest)
        else:
            _restore_postgres(url, folder, manifest)
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    from alembic.script import ScriptDirectory

    from kcs_desktop.backend.db.migratie import config

    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if manifest.revisie and manifest.revisie not in known:
        raise KcsError(
            "Deze back-up is van een nieuwere versie van het programma.",
            code="nieuwere-backup",
            advice="Gebruik de nieuwe versie van het programma. Er is niets gewijzigd.",
        )


def _running() -> KcsError:
    return KcsError(
        "Op deze database draait nog een server.",
        code="database-in-gebruik",
        advice="Stop eerst de server. Er is niets gewijzigd.",
    )


# -- SQLite ---------------------------------------------------------------------------------------------------------


def _backup_sqlite(url: str, folder: Path, revision: str) -> Manifest:
    target = folder / _FILE
    with (
        closing(sqlite3.connect(str(make_url(url).database), timeout=60)) as source,
        closing(sqlite3.connect(target)) as sink,
    ):
        source.backup(sink)
        sink.execute("PRAGMA journal_mode=DELETE")
        if sink.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise KcsError("De database is beschadigd; deze back-up is niet gemaakt.", code="database-beschadigd")
    return Manifest("sqlite", __version__, revision, datetime.now(UTC), {_FILE: digest(target)})


def _restore_sqlite(url: str, folder: Path, manifest: Manifest) -> None:
    target = Path(make_url(url).database or "")
    restored = folder / _FILE
    with closing(sqlite3.connect(restored)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise damaged("de database erin is beschadigd")
        if connection.execute(_OWN_TABLES).fetchone() is None:
            raise damaged("er staat geen database van dit programma in")
    end = None
    if target.exists():
        _refuse_running_sqlite(target)
        end = _end_of_trail_sqlite(target)
    with closing(sqlite3.connect(restored)) as connection:
        connection.execute("UPDATE feed_stand SET epoch = ?", (uuid4().hex,))
        for table, row in zip(_TRAIL, hiaat.gap(manifest.gemaakt_op, datetime.now(UTC), end), strict=True):
            # As SQLAlchemy keeps a moment in SQLite.
            kept = {**row, "op": row["op"].strftime("%Y-%m-%d %H:%M:%S.%f")}
            hiaat.insert(connection.execute, "?", table, kept)
        connection.commit()
    for suffix in ("-wal", "-shm"):  # of the old database: they must not be played into the new one
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    restored.replace(target)


def _end_of_trail_sqlite(target: Path) -> tuple[int, str] | None:
    try:
        with closing(sqlite3.connect(target)) as connection:
            found: tuple[int, str] | None = connection.execute(hiaat.END_OF_TRAIL).fetchone()
            return found
    except sqlite3.DatabaseError:
        return None  # damaged, or of before there was a trail


def _refuse_running_sqlite(target: Path) -> None:
    """An exclusive lock is only given where no other process has the file open."""
    connection = sqlite3.connect(target, timeout=0.5, isolation_level=None)
    try:
        with closing(connection):
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
                raise _running()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        raise _running() from error
    except sqlite3.DatabaseError:
        return  # damaged beyond reading: exactly what a backup is for


# -- PostgreSQL -----------------------------------------------------------------------------------------------------


def _conninfo(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _table_names() -> list[str]:
    return [table.name for table in METADATA.sorted_tables]


def _backup_postgres(url: str, folder: Path, revision: str) -> Manifest:
    parts: dict[str, str] = {}
    counts: dict[str, int] = {}
    with psycopg.connect(_conninfo(url)) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        stored = _stored_columns(connection)
        for table, columns in stored.items():
            name = f"{table}.copy"
            query = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _identifiers(columns))
            with (folder / name).open("wb") as sink, connection.cursor().copy(query) as stream:
                lines = 0
                for chunk in stream:
                    sink.write(chunk)
                    lines += bytes(chunk).count(b"\n")
            parts[name], counts[table] = digest(folder / name), lines
    return Manifest("postgresql", __version__, revision, datetime.now(UTC), parts, counts, stored)


def _stored_columns(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """What the database has, per table: before a migration that is not what this program has."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        found.setdefault(table, []).append(column)
    return found


def _identifiers(names: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def _restore_postgres(url: str, folder: Path, manifest: Manifest) -> None:
    """One transaction: a restore that fails halfway leaves the database as it was."""
    if manifest.revisie != head() and manifest.revisie:
        raise KcsError(
            "Deze back-up is van een oudere versie van het programma.",
            code="oudere-backup",
            advice="Zet hem terug met die versie en draai daarna kcs-backend migrate. Er is niets gewijzigd.",
        )
    if not stand(url).has_tables:
        engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
        with engine.begin() as made:
            METADATA.create_all(made)
            if manifest.revisie:
                made.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
                made.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": manifest.revisie})
        engine.dispose()
    with psycopg.connect(_conninfo(url)) as connection:
        _refuse_running_postgres(connection)
        end = connection.execute(hiaat.END_OF_TRAIL).fetchone()
        tables = sql.SQL(", ").join(sql.Identifier(name) for name in _table_names())
        connection.execute(sql.SQL("TRUNCATE {}").format(tables))
        for table in METADATA.sorted_tables:
            part = folder / f"{table.name}.copy"
            if part.name not in manifest.parts:
                continue
            columns = _identifiers(manifest.columns.get(table.name, [column.name for column in table.columns]))
            query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
            with part.open("rb") as source, connection.cursor().copy(query) as stream:
                while chunk := source.read(1 << 20):
                    stream.write(chunk)
            found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table.name))).fetchone()
            if found is None or found[0] != manifest.tables.get(table.name):
                raise damaged(f"het aantal regels van {table.name} klopt niet")
        connection.execute("UPDATE feed_stand SET epoch = %s", (uuid4().hex,))
        for name, row in zip(_TRAIL, hiaat.gap(manifest.gemaakt_op, datetime.now(UTC), end), strict=True):
            hiaat.insert(lambda query, values: connection.execute(query.encode(), values), "%s", name, row)


def _refuse_running_postgres(connection: psycopg.Connection[Any]) -> None:
    others = connection.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    ).fetchone()
    if others is None or others[0]:
        raise _running()
