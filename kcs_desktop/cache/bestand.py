"""Opening an encrypted store: raw key, page cache, schema version, migrations, and setting aside what cannot be used.

A file that is damaged, foreign, of a newer version or closed to this key is renamed and reported, never deleted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

PAGE_CACHE = 4_000  # kB


class Schema(msgspec.Struct, frozen=True):
    """`stappen[n]` brings version n to n + 1. `kenmerk` (application_id) tells our files from others'."""

    naam: str
    kenmerk: int
    stappen: tuple[str, ...]
    synchronous: str = "NORMAL"
    exclusive: bool = False


class Geopend(msgspec.Struct, frozen=True):
    """`melding` is Dutch: what was set aside and why; "" when all is well."""

    melding: str = ""
    terzijde: str = ""


class InUse(Exception):
    """Another window holds this store."""


class Bestand:
    """One store on disk, or in memory where `path` is None. Used from the worker thread only."""

    def __init__(self, schema: Schema, path: Path | None, key: bytes, clock: Callable[[], datetime]) -> None:
        self.schema = schema
        self.path = path
        self._key = key
        self._clock = clock
        self._connection: dbapi2.Connection | None = None

    @property
    def db(self) -> dbapi2.Connection:
        if self._connection is None:
            raise dbapi2.OperationalError("the store is closed")
        return self._connection

    def open(self) -> Geopend:
        """Open or make the store; raises InUse when another window holds it, OSError when the folder is unusable."""
        try:
            self._open_once()
        except _Unusable as fout:
            self.close()
            terzijde = self.set_aside()
            self._open_once()
            return Geopend(f"{fout} Het bestand is apart gezet als {terzijde.name}.", str(terzijde))
        return Geopend()

    def set_aside(self) -> Path:
        """Rename the store with everything that belongs to it; the new name."""
        if self.path is None:
            raise ValueError("a store in memory has no file")
        stempel = self._clock().strftime("%Y%m%dT%H%M%S")
        nieuw = self.path.with_name(f"{self.path.stem}.terzijde-{stempel}{self.path.suffix}")
        volg = 1
        while nieuw.exists():
            volg += 1
            nieuw = self.path.with_name(f"{self.path.stem}.terzijde-{stempel}-{volg}{self.path.suffix}")
        for achter in ("", "-wal", "-shm", "-journal"):
            oud = Path(f"{self.path}{achter}")
            if oud.exists():
                oud.rename(f"{nieuw}{achter}")
        return nieuw

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def transaction(self) -> Iterator[dbapi2.Connection]:
        """Everything in the block, or nothing."""
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _open_once(self) -> None:
        try:
            # Opening may read already: what is wrong with the file can show in either step.
            self._connection = open_encrypted(self.path, self._key)
            self._prepare(self._connection)
        except dbapi2.OperationalError as fout:
            self.close()
            if "locked" in str(fout) or "busy" in str(fout):
                raise InUse(self.schema.naam) from fout
            raise
        except dbapi2.DatabaseError as fout:
            raise _Unusable(
                f"De {self.schema.naam} op deze werkplek is beschadigd of hoort bij een andere sleutel."
            ) from fout

    def _prepare(self, db: dbapi2.Connection) -> None:
        if self.schema.exclusive:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
        versie = db.execute("PRAGMA user_version").fetchone()[0]
        kenmerk = db.execute("PRAGMA application_id").fetchone()[0]
        leeg = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not leeg and kenmerk != self.schema.kenmerk:
            raise _Unusable(f"De {self.schema.naam} op deze werkplek is van een ander programma.")
        if versie > len(self.schema.stappen):
            raise _Unusable(f"De {self.schema.naam} op deze werkplek is van een nieuwere versie van KCS Desktop.")
        if not leeg and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise _Unusable(f"De {self.schema.naam} op deze werkplek is beschadigd.")
        if self.path is not None:
            db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA synchronous={self.schema.synchronous}")
        migrate(db, self.schema, versie)


class _Unusable(Exception):
    """The file cannot be used; the text says why, in Dutch."""


def migrate(db: dbapi2.Connection, schema: Schema, versie: int) -> None:
    """Bring a store from `versie` to the newest, each step in a transaction of its own."""
    for nummer in range(versie, len(schema.stappen)):
        db.execute("BEGIN EXCLUSIVE")
        try:
            for opdracht in _statements(schema.stappen[nummer]):
                db.execute(opdracht)
            db.execute(f"PRAGMA application_id={schema.kenmerk}")
            db.execute(f"PRAGMA user_version={nummer + 1}")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def _statements(script: str) -> Sequence[str]:
    return [deel for deel in (stuk.strip() for stuk in script.split(";")) if deel]


def open_encrypted(path: Path | None, key: bytes) -> dbapi2.Connection:
    """A connection with the key given. The file is made with mode 0600 in a folder of 0700.

    Raises DatabaseError when it is noticed already that key and file do not fit.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(path.parent, 0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(path, 0o600)
    # One thread owns the connection; closing may happen from another, after that thread ended.
    db = dbapi2.connect(str(path) if path else ":memory:", timeout=2.0, isolation_level=None, check_same_thread=False)
    try:
        if path is not None:
            db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        db.execute(f"PRAGMA cache_size=-{PAGE_CACHE}")
        db.execute("PRAGMA temp_store=MEMORY")
        db.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        db.close()
        raise
    return db
