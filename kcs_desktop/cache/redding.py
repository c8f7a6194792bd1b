"""Getting rows out of a store: all of them from a sound one, every one that can still be read from a damaged one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.schema import connect

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


def add_rows(bron: dbapi2.Connection, doel: dbapi2.Connection, tabellen: Sequence[str]) -> None:
    """Add the rows of `bron` to those of `doel`, which may be numbered alike: numbers are given anew."""
    for tabel in tabellen:
        alle = _shared(bron, doel, tabel)
        kolommen = [naam for naam in alle if naam != "nr"]
        namen, vragen = ", ".join(kolommen), ", ".join("?" * len(kolommen))
        volgorde = " ORDER BY nr" if "nr" in alle else ""
        doel.executemany(
            f"INSERT OR REPLACE INTO {tabel} ({namen}) VALUES ({vragen})",  # noqa: S608 -- names of our own schema
            bron.execute(f"SELECT {namen} FROM {tabel}{volgorde}").fetchall(),  # noqa: S608 -- as above
        )


def rescue(path: Path, key: bytes, doel: dbapi2.Connection, tabellen: Sequence[str]) -> Redding:
    """Put every row that can be read from the file at `path` into `doel`, inside the caller's transaction."""
    redding = Redding()
    for tabel in tabellen:
        lezing = _Tabellezing(path, key, doel, tabel)
        namen, vragen = ", ".join(lezing.kolommen), ", ".join("?" * len(lezing.kolommen))
        aantal = 0
        for rij in lezing.rows():
            cursor = doel.execute(f"INSERT OR IGNORE INTO {tabel} ({namen}) VALUES ({vragen})", rij)  # noqa: S608 -- our own schema
            aantal += max(0, cursor.rowcount)
        redding.gered[tabel] = aantal
        redding.is_heel = redding.is_heel and lezing.is_heel
    return redding


class _Tabellezing:
    """Reads one table: from the front until it breaks, from the back until it breaks, and what lies between.

    Each reading has a connection of its own: after an unreadable page a connection reads nothing any more.
    """

    def __init__(self, path: Path, key: bytes, doel: dbapi2.Connection, tabel: str) -> None:
        self.is_heel = True
        self.kolommen: tuple[str, ...] = ()
        self._path, self._key, self._tabel = path, key, tabel
        try:
            with closing(connect(path, key)) as db:
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
            with closing(connect(self._path, self._key)) as db:
                for rij in db.execute(f"SELECT {self._volgorde}, {', '.join(self.kolommen)} FROM {self._tabel} {hoe}"):  # noqa: S608 -- our own schema
                    rijen.append(rij)  # noqa: PERF402 -- what came before it breaks counts
        except dbapi2.DatabaseError:
            self.is_heel = False
        return rijen


def _shared(bron: dbapi2.Connection, doel: dbapi2.Connection, tabel: str) -> tuple[str, ...]:
    """The columns that both have: the other file may be of an earlier version."""
    bekend = {rij[1] for rij in doel.execute(f"PRAGMA table_info({tabel})")}
    return tuple(rij[1] for rij in bron.execute(f"PRAGMA table_info({tabel})") if rij[1] in bekend)


def _order_of(db: dbapi2.Connection, tabel: str) -> str:
    rij = db.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (tabel,)).fetchone()
    if rij is None or "WITHOUT ROWID" not in rij[0].upper():
        return "rowid"
    return str(next(kolom[1] for kolom in db.execute(f"PRAGMA table_info({tabel})") if kolom[5] == 1))
