"""The shape of a store and its steps, and the one way to open an encrypted connection."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

PAGE_CACHE = 4_000  # kB
_SQL_ERROR = 1  # SQLITE_ERROR


class Schema(msgspec.Struct, frozen=True):
    """`stappen[n]` brings version n to n + 1. `kenmerk` (application_id) tells our files from others'.

    `tabellen` hold what a damaged file must give back, row by row; `na_redding` brings those in order.
    `may_stop`: on a disk without room nothing new is kept, where other stores go on in memory.
    """

    naam: str
    kenmerk: int
    stappen: tuple[str, ...]
    synchronous: str = "NORMAL"
    exclusive: bool = False
    tabellen: tuple[str, ...] = ()
    na_redding: str = ""
    may_stop: bool = False


def migrate(db: dbapi2.Connection, schema: Schema, versie: int) -> None:
    """Bring a store from `versie` to the newest, each step in a transaction of its own."""
    for nummer in range(versie, len(schema.stappen)):
        db.execute("BEGIN EXCLUSIVE")
        try:
            for opdracht in statements(schema.stappen[nummer]):
                db.execute(opdracht)
            db.execute(f"PRAGMA application_id={schema.kenmerk}")
            db.execute(f"PRAGMA user_version={nummer + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def has_shape(db: dbapi2.Connection, schema: Schema) -> bool:
    """Whether every table of a new store of this version is there, with at least its columns, and what its triggers
    name is there too."""
    if not all(kolommen <= _columns(db, tabel) for tabel, kolommen in _shape(schema).items()):
        return False
    try:
        for tabel in _shape(schema):
            for opdracht in (f"INSERT INTO {tabel} DEFAULT VALUES", f"DELETE FROM {tabel}"):  # noqa: S608 -- our own schema
                db.execute(f"EXPLAIN {opdracht}").fetchall()  # compiled, with every trigger, and not done
    except dbapi2.OperationalError as fout:
        if getattr(fout, "sqlite_errorcode", 0) & 0xFF != _SQL_ERROR:
            raise
        return False
    return True


@cache
def _shape(schema: Schema) -> Mapping[str, frozenset[str]]:
    with closing(connect(None, b"")) as db:
        migrate(db, schema, 0)
        tabellen = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {tabel: _columns(db, tabel) for (tabel,) in tabellen.fetchall()}


def _columns(db: dbapi2.Connection, tabel: str) -> frozenset[str]:
    return frozenset(rij[1] for rij in db.execute(f"PRAGMA table_info({tabel})"))


def statements(script: str) -> Sequence[str]:
    """The statements of a step, each to be carried out by itself: none of ours has a semicolon in it."""
    return [deel for deel in (stuk.strip() for stuk in script.split(";")) if deel]


def open_encrypted(path: Path | None, key: bytes) -> dbapi2.Connection:
    """A connection with the key given. The file is made with mode 0600 in a folder of 0700.

    Raises DatabaseError when it is noticed already that key and file do not fit, OSError when the folder is unusable.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(path.parent, 0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    return connect(path, key)


def connect(path: Path | None, key: bytes, *, is_damaged: bool = False, is_still: bool = False) -> dbapi2.Connection:
    """A connection with the key given, to a file that is there already or in memory.

    `is_damaged`: read what can be read, also where the file is shorter than its first page says. `is_still`: nobody
    writes it, and nothing can be written beside it; what stands in its journal only is not read.
    """
    name = str(path) if path else ":memory:"
    if path and is_still:
        from urllib.parse import quote  # the first paint does without

        name = f"file:{quote(str(path))}?immutable=1"
    # One thread owns the connection; closing may happen from another, after that thread ended.
    db = dbapi2.connect(name, timeout=2.0, isolation_level=None, check_same_thread=False, uri=is_still)
    try:
        if path is not None:
            db.execute(
                "PRAGMA cipher_log_level=NONE"
            )  # it writes to standard error; what is wrong is said in the window
            db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        if is_damaged:
            db.execute("PRAGMA writable_schema=ON")
        db.execute(f"PRAGMA cache_size=-{PAGE_CACHE}")
        db.execute("PRAGMA temp_store=MEMORY")
        db.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        db.close()
        raise
    return db
