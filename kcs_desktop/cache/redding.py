"""Getting rows out of a store: all of them from a sound one, every one that can still be read from a damaged one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.schema import Schema, connect, migrate, statements

PAGE = 4096  # bytes; SQLCipher's own
_SALT = 16
MOST_GAPS = 400  # places in one table where reading breaks off before it is given up
_Rij = tuple[object, ...]


class Redding(msgspec.Struct):
    """How many rows of each table came across, and whether that is everything."""

    gered: dict[str, int] = {}
    is_heel: bool = True


def copy_rows(bron: dbapi2.Connection, doel: dbapi2.Connection, tabellen: Sequence[str]) -> None:
    """Let `doel` hold exactly the rows of `bron`; runs inside the caller's transaction."""
    for tabel in tabellen:
        kolommen = _shared(bron, doel, tabel)
        namen, vragen = ", ".join(kolommen), ", ".join("?" * len(kolommen))
        doel.execute(f"DELETE FROM {tabel}")  # noqa: S608 -- names of our own schema
        doel.executemany(
            f"INSERT INTO {tabel} ({namen}) VALUES ({vragen})",  # noqa: S608 -- as above
            bron.execute(f"SELECT {namen} FROM {tabel}").fetchall(),  # noqa: S608 -- as above
        )


def merge_rows(bron: dbapi2.Connection, doel: dbapi2.Connection, tabellen: Sequence[str]) -> None:
    """Add the rows of `bron` to those of `doel`: the same row is brought up to date and keeps its number, a new one is
    numbered after all others."""
    for tabel in tabellen:
        alle = _shared(bron, doel, tabel)
        kolommen = [naam for naam in alle if naam != "nr"]
        namen = ", ".join(kolommen)
        if any(index[2] for index in doel.execute(f"PRAGMA index_list({tabel})")):  # rows have a name of their own
            nieuw = ", ".join(f"{naam} = excluded.{naam}" for naam in kolommen)
            hoe = f"VALUES ({', '.join('?' * len(kolommen))}) ON CONFLICT DO UPDATE SET {nieuw}"
        else:
            gelijk = " AND ".join(f"{naam} IS ?{nr}" for nr, naam in enumerate(kolommen, start=1))
            waarden = ", ".join(f"?{nr}" for nr in range(1, len(kolommen) + 1))
            hoe = f"SELECT {waarden} WHERE NOT EXISTS (SELECT 1 FROM {tabel} WHERE {gelijk})"  # noqa: S608 -- names of our own schema
        volgorde = " ORDER BY nr" if "nr" in alle else ""
        doel.executemany(
            f"INSERT INTO {tabel} ({namen}) {hoe}",
            bron.execute(f"SELECT {namen} FROM {tabel}{volgorde}").fetchall(),  # noqa: S608 -- as above
        )


def rescue(path: Path, key: bytes, doel: dbapi2.Connection, schema: Schema, *, is_still: bool = False) -> Redding:
    """Put every row that can be read from the file at `path` into `doel`, inside the caller's transaction."""
    redding = Redding()
    doel.execute("PRAGMA defer_foreign_keys=ON")  # until the end of this transaction
    for tabel in schema.tabellen:
        lezing = _Tabellezing(path, key, doel, tabel, is_still=is_still)
        namen, vragen = ", ".join(lezing.kolommen), ", ".join("?" * len(lezing.kolommen))
        aantal = 0
        for rij in lezing.rows():
            cursor = doel.execute(f"INSERT OR IGNORE INTO {tabel} ({namen}) VALUES ({vragen})", rij)  # noqa: S608 -- our own schema
            aantal += max(0, cursor.rowcount)
        redding.gered[tabel] = aantal
        redding.is_heel = redding.is_heel and lezing.is_heel
    for opdracht in statements(schema.na_redding):
        doel.execute(opdracht)
    return redding


def rescue_headless(path: Path, key: bytes, doel: dbapi2.Connection, schema: Schema) -> Redding:
    """The same for a file whose first page is gone, which says where the tables begin: with that page of a new file.

    A new file of the same schema has its tables at the same places. The first 16 bytes must be whole: without that
    salt no page can be read. Nothing is read under a wrong key, as every page is verified.
    """
    redding = Redding(is_heel=False)
    try:
        with tempfile.TemporaryDirectory(prefix="kcs-") as map_:
            kopie = Path(map_) / path.name
            for deel in ("", "-wal"):
                if Path(f"{path}{deel}").exists():
                    shutil.copyfile(f"{path}{deel}", f"{kopie}{deel}")
            with kopie.open("r+b") as bestand:
                kop = _first_page(Path(map_) / "nieuw.db", key, bestand.read(_SALT), schema, path.stat().st_size)
                bestand.seek(0)
                bestand.write(kop)
            redding.gered = rescue(kopie, key, doel, schema).gered
    except (OSError, dbapi2.DatabaseError):
        return redding
    return redding


def _first_page(path: Path, key: bytes, zout: bytes, schema: Schema, grootte: int) -> bytes:
    """Of a new file that is larger than `grootte`: pages beyond what the first one counts are refused."""
    if len(zout) < _SALT:
        raise OSError("the file is too short")
    with closing(connect(path, key + zout)) as db:
        migrate(db, schema, 0)
        db.execute("CREATE TABLE vulling (inhoud BLOB)")
        db.execute("INSERT INTO vulling VALUES (zeroblob(?))", (grootte,))
        db.execute("PRAGMA journal_mode=WAL")
    with path.open("rb") as bestand:
        return bestand.read(PAGE)


class _Tabellezing:
    """Reads one table: from the front until it breaks, from the back until it breaks, and what lies between.

    Each reading has a connection of its own: after an unreadable page a connection reads nothing any more.
    """

    def __init__(self, path: Path, key: bytes, doel: dbapi2.Connection, tabel: str, *, is_still: bool) -> None:
        self.is_heel = True
        self.kolommen: tuple[str, ...] = ()
        self._path, self._key, self._tabel, self._is_still = path, key, tabel, is_still
        try:
            with closing(self._connect()) as db:
                self.kolommen = _shared(db, doel, tabel)
                self._volgorde = _order_of(db, tabel)
        except dbapi2.DatabaseError:
            self.is_heel = False

    def rows(self) -> Iterator[_Rij]:
        if not self.kolommen:
            return
        voor = self._read(f"ORDER BY {self._volgorde}")
        yield from (rij[1:] for rij in voor)
        if self.is_heel:
            return
        achter = self._read(f"ORDER BY {self._volgorde} DESC")
        yield from (rij[1:] for rij in achter)
        if self._volgorde != "rowid":
            return
        begin = int(str(voor[-1][0])) + 1 if voor else 1
        eind = int(str(achter[-1][0])) if achter else begin + MOST_GAPS
        for rowid in range(begin, min(eind, begin + MOST_GAPS)):
            yield from (rij[1:] for rij in self._read(f"WHERE rowid = {rowid}"))

    def _read(self, hoe: str) -> list[_Rij]:
        rijen: list[_Rij] = []
        try:
            with closing(self._connect()) as db:
                for rij in db.execute(f"SELECT {self._volgorde}, {', '.join(self.kolommen)} FROM {self._tabel} {hoe}"):  # noqa: S608 -- our own schema
                    if any(_is_blank(waarde) for waarde in rij):
                        raise dbapi2.DatabaseError("a page did not verify")
                    rijen.append(rij)  # what came before it breaks counts
        except dbapi2.DatabaseError:
            self.is_heel = False
        return rijen

    def _connect(self) -> dbapi2.Connection:
        return connect(self._path, self._key, is_damaged=True, is_still=self._is_still)


def _is_blank(waarde: object) -> bool:
    """A page that does not verify reads as zeros, and so does every page after it, without an error. Our tables hold
    texts and JSON, in which there are none."""
    return "\0" in waarde if isinstance(waarde, str) else isinstance(waarde, bytes) and b"\0" in waarde


def _shared(bron: dbapi2.Connection, doel: dbapi2.Connection, tabel: str) -> tuple[str, ...]:
    """The columns that both have: the other file may be of an earlier version."""
    bekend = {rij[1] for rij in doel.execute(f"PRAGMA table_info({tabel})")}
    return tuple(rij[1] for rij in bron.execute(f"PRAGMA table_info({tabel})") if rij[1] in bekend)


def _order_of(db: dbapi2.Connection, tabel: str) -> str:
    rij = db.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (tabel,)).fetchone()
    if rij is None or "WITHOUT ROWID" not in rij[0].upper():
        return "rowid"
    return str(next(kolom[1] for kolom in db.execute(f"PRAGMA table_info({tabel})") if kolom[5] == 1))
