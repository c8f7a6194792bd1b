"""The cache: what registers confirmed and this employee saw. It can be lost without loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.bestand import Bestand, Geopend, Schema
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel
from kcs_desktop.domain.klantidentiteit import identities, is_same

T = TypeVar("T")

KEEP = timedelta(days=30)  # a picture that was not opened for so long is erased
KEEP_NUMBER = 500
RECENT = 12

SCHEMA = Schema(
    naam="tijdelijke opslag",
    kenmerk=0x4B435301,
    stappen=(
        """
        CREATE TABLE klantbeeld (
            id INTEGER PRIMARY KEY, naam TEXT NOT NULL, gezien_op TEXT NOT NULL, beeld BLOB NOT NULL
        );
        CREATE INDEX klantbeeld_gezien ON klantbeeld (gezien_op DESC);
        CREATE TABLE klantnaam (
            naam TEXT PRIMARY KEY, klantbeeld INTEGER NOT NULL REFERENCES klantbeeld (id) ON DELETE CASCADE
        ) WITHOUT ROWID;
        CREATE INDEX klantnaam_beeld ON klantnaam (klantbeeld);
        CREATE TABLE waarde (naam TEXT PRIMARY KEY, inhoud BLOB NOT NULL) WITHOUT ROWID
        """,
    ),
)

_beeld = msgspec.json.Decoder(Klantbeeld)


class Cachebestand:
    """Every method runs on the worker thread."""

    def __init__(self, path: Path | None, key: bytes, clock: Callable[[], datetime]) -> None:
        self._bestand = Bestand(SCHEMA, path, key, clock)
        self._clock = clock

    @property
    def db(self) -> dbapi2.Connection:
        return self._bestand.db

    def open(self) -> Geopend:
        geopend = self._bestand.open()
        self._expire()
        return geopend

    def close(self) -> None:
        self._bestand.close()

    def wipe(self) -> None:
        """Erase every customer and everything else that came from a register."""
        with self._bestand.transaction() as db:
            for tabel in ("klantnaam", "klantbeeld", "waarde"):
                db.execute(f"DELETE FROM {tabel}")  # noqa: S608 -- names from the line above
        self.db.execute("VACUUM")

    def read_klantbeeld(self, sleutel: KlantSleutel) -> Klantbeeld | None:
        """The kept picture of this customer; None when there is none or it no longer parses."""
        for naam in identities(sleutel):
            rij = self.db.execute(
                "SELECT b.beeld FROM klantnaam n JOIN klantbeeld b ON b.id = n.klantbeeld WHERE n.naam = ?", (naam,)
            ).fetchone()
            if rij is not None:
                return _parse(rij[0])
        return None

    def write_klantbeeld(self, beeld: Klantbeeld, *, opened: bool) -> None:
        """Keep the picture under all its keys; `opened`: the employee looked at it now."""
        namen = identities(beeld.sleutel)
        if not namen:
            return
        nu = self._clock().isoformat()
        vragen = ",".join("?" * len(namen))
        with self._bestand.transaction() as db:
            rijen = db.execute(
                f"SELECT DISTINCT n.klantbeeld, b.gezien_op FROM klantnaam n JOIN klantbeeld b ON b.id = n.klantbeeld"  # noqa: S608 -- question marks only
                f" WHERE n.naam IN ({vragen})",
                namen,
            ).fetchall()
            gezien = nu if opened or not rijen else max(rij[1] for rij in rijen)
            for rij in rijen:
                db.execute("DELETE FROM klantbeeld WHERE id = ?", (rij[0],))
            cursor = db.execute(
                "INSERT INTO klantbeeld (naam, gezien_op, beeld) VALUES (?, ?, ?)",
                (beeld.naam, gezien, msgspec.json.encode(beeld)),
            )
            db.executemany(
                "INSERT OR REPLACE INTO klantnaam (naam, klantbeeld) VALUES (?, ?)",
                [(naam, cursor.lastrowid) for naam in namen],
            )

    def recent(self, aantal: int = RECENT) -> list[Klantbeeld]:
        """The last opened customers, newest first."""
        return read_recent(self.db, aantal)

    def all_klantbeelden(self) -> list[Klantbeeld]:
        """Every kept picture, for the search over the seat's own store."""
        return read_recent(self.db, KEEP_NUMBER)

    def read_value(self, naam: str, soort: type[T]) -> T | None:
        """A named value; None when absent or of another shape."""
        rij = self.db.execute("SELECT inhoud FROM waarde WHERE naam = ?", (naam,)).fetchone()
        if rij is None:
            return None
        try:
            return msgspec.json.decode(rij[0], type=soort)
        except msgspec.DecodeError:
            return None

    def write_value(self, naam: str, waarde: object) -> None:
        self.db.execute(
            "INSERT INTO waarde (naam, inhoud) VALUES (?, ?) ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
            (naam, msgspec.json.encode(waarde)),
        )

    def _expire(self) -> None:
        grens = (self._clock() - KEEP).isoformat()
        with self._bestand.transaction() as db:
            db.execute("DELETE FROM klantbeeld WHERE gezien_op < ?", (grens,))
            db.execute(
                "DELETE FROM klantbeeld WHERE id NOT IN (SELECT id FROM klantbeeld ORDER BY gezien_op DESC LIMIT ?)",
                (KEEP_NUMBER,),
            )


def read_recent(db: dbapi2.Connection, aantal: int) -> list[Klantbeeld]:
    """Pictures by last look, newest first; a row that no longer parses is passed over."""
    rijen: Sequence[tuple[bytes]] = db.execute(
        "SELECT beeld FROM klantbeeld ORDER BY gezien_op DESC, id DESC LIMIT ?", (aantal,)
    ).fetchall()
    return [beeld for beeld in (_parse(rij[0]) for rij in rijen) if beeld is not None]


def without(beelden: Sequence[Klantbeeld], sleutel: KlantSleutel) -> list[Klantbeeld]:
    """The pictures of all other customers."""
    return [beeld for beeld in beelden if not is_same(beeld.sleutel, sleutel)]


def _parse(inhoud: bytes) -> Klantbeeld | None:
    try:
        return _beeld.decode(inhoud)
    except msgspec.DecodeError:
        return None
