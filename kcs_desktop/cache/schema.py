"""The shape of a store and its steps, and the one way to open an encrypted connection."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

PAGE_CACHE = 4_000  # kB


class Schema(msgspec.Struct, frozen=True):
    """`stappen[n]` brings version n to n + 1. `kenmerk` (application_id) tells our files from others'.

    `tabellen` hold what a damaged file must give back, row by row.
    """

    naam: str
    kenmerk: int
    stappen: tuple[str, ...]
    synchronous: str = "NORMAL"
    exclusive: bool = False
    tabellen: tuple[str, ...] = ()


def migrate(db: dbapi2.Connection, schema: Schema, versie: int) -> None:
    """Bring a store from `versie` to the newest, each step in a transaction of its own."""
    for nummer in range(versie, len(schema.stappen)):
        db.execute("BEGIN EXCLUSIVE")
        try:
            for opdracht in _statements(schema.stappen[nummer]):
                db.execute(opdracht)
            db.execute(f"PRAGMA application_id={schema.kenmerk}")
            db.execute(f"PRAGMA user_version={nummer + 1}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _statements(script: str) -> Sequence[str]:
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


def connect(path: Path | None, key: bytes, *, is_damaged: bool = False) -> dbapi2.Connection:
    """A connection with the key given, to a file that is there already or in memory.

    `is_damaged`: read what can be read, also where the file is shorter than its first page says.
    """
    # One thread owns the connection; closing may happen from another, after that thread ended.
    db = dbapi2.connect(str(path) if path else ":memory:", timeout=2.0, isolation_level=None, check_same_thread=False)
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
