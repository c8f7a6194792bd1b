"""The cache: what registers confirmed and this employee saw. It can be lost without loss."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.bestand import Bestand
from kcs_desktop.cache.lijst import Genoteerd, Lijst
from kcs_desktop.cache.rij import read_row
from kcs_desktop.cache.schema import Schema
from kcs_desktop.cache.storing import Storing, storing_of
from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing
from kcs_desktop.domain.klantidentiteit import identities, is_same
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakbeeld import Zaakbeeld

T = TypeVar("T")
P = ParamSpec("P")

RECENT = 12
_NEVER = ""  # gezien_op of a customer that is expected and was not opened here
_NO_ROOM = frozenset({Storing.VOL, Storing.ALLEEN_LEZEN})

SCHEMA = Schema(
    naam="tijdelijke opslag",
    kenmerk=0x4B435301,
    tabellen=("klantbeeld", "klantnaam", "waarde", "zaak"),
    na_redding="DELETE FROM klantnaam WHERE klantbeeld NOT IN (SELECT id FROM klantbeeld)",
    may_stop=True,
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
        """
        ALTER TABLE klantbeeld ADD COLUMN gepland_op TEXT NOT NULL DEFAULT '';
        ALTER TABLE klantbeeld ADD COLUMN vastgezet INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE waarde ADD COLUMN geschreven_op TEXT NOT NULL DEFAULT ''
        """,
        """
        CREATE TABLE zaak (uuid TEXT PRIMARY KEY, gezien_op TEXT NOT NULL, beeld BLOB NOT NULL) WITHOUT ROWID;
        CREATE INDEX zaak_gezien ON zaak (gezien_op DESC)
        """,
    ),
)

_beeld = msgspec.json.Decoder(Klantbeeld)
_zaakbeeld = msgspec.json.Decoder(Zaakbeeld)


class _Regel(msgspec.Struct, frozen=True):
    regel: Zaakregel


class _Lijn(msgspec.Struct, frozen=True):
    """What a list needs of a kept zaak."""

    zaak: _Regel | None = None
    rollen: tuple[str, ...] = ()


_zaaklijn = msgspec.json.Decoder(_Lijn)


def _reading(methode: Callable[Concatenate[Cachebestand, P], T]) -> Callable[Concatenate[Cachebestand, P], T]:
    """A damaged file is replaced by an empty one, and the method is done again."""

    @wraps(methode)
    def gedaan(self: Cachebestand, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.guard(lambda: methode(self, *args, **kwargs))

    return gedaan


def _writing(methode: Callable[Concatenate[Cachebestand, P], None]) -> Callable[Concatenate[Cachebestand, P], None]:
    """Where there is no room nothing is kept: the cache can be missed, what stands in it can still be read."""

    @wraps(methode)
    def gedaan(self: Cachebestand, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            self.guard(lambda: methode(self, *args, **kwargs))
        except dbapi2.Error as fout:
            if storing_of(fout) not in _NO_ROOM:
                raise
            self.tell_room(has_room=False)
        else:
            self.tell_room(has_room=True)

    return gedaan


class Cachebestand:
    """Every method runs on the worker thread. `has_room` is False while the disk takes nothing."""

    def __init__(
        self,
        path: Path | None,
        key: bytes,
        clock: Callable[[], datetime],
        termijnen: Bewaartermijnen = Bewaartermijnen(),  # noqa: B008 -- immutable
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._bestand = Bestand(SCHEMA, path, key, clock, on_change)
        self._clock = clock
        self._termijnen = termijnen
        self._on_change = on_change
        self._erased = 0
        self._lijst = Lijst(path, key)
        self._missing: list[Klantverwijzing] = []
        self._missing_in = -1  # the connection that this was looked up in
        self.has_room = True

    @property
    def db(self) -> dbapi2.Connection:
        return self._bestand.db

    @property
    def bestand(self) -> Bestand:
        """What became of the file."""
        return self._bestand

    @property
    def generation(self) -> tuple[int, int]:
        """Another one than before: what was derived from the content must be made anew."""
        return self._bestand.generation, self._erased

    def open(self) -> None:
        """Open or make the file and erase what is past its term; raises InUse."""
        self._bestand.open()
        self._lijst.load()
        self._lijst.take(self._bestand.guard(self._listed))
        self.expire()

    def close(self) -> None:
        self._bestand.close()

    def save_again(self) -> None:
        """Try to get back to a disk that refused."""
        self._bestand.save_again()

    def guard(self, werk: Callable[[], T]) -> T:
        """Do `werk` on `db`; when the file turns out damaged, do it again on an empty one."""
        return self._bestand.guard(werk)

    def tell_room(self, *, has_room: bool) -> None:
        if self.has_room is not has_room:
            self.has_room = has_room
            self._on_change()

    def wipe(self) -> bool:
        """Erase every customer, the search index and everything else that came from a register, and begin anew.

        False where the disk refuses to erase.
        """
        self._lijst.clear()
        self._missing = []
        return self._bestand.replace()

    def missing(self) -> Sequence[Klantverwijzing]:
        """Opened last, pinned or expected, and not here: the file was lost, or nobody opened it here yet."""
        if self._missing_in != self._bestand.generation:
            klanten = [regel.klant for regel in self._lijst.regels]
            self._missing = [klant for klant in klanten if not self._holds(klant.sleutel)]
            self._missing_in = self._bestand.generation
        return self._missing

    @_reading
    def _holds(self, sleutel: KlantSleutel) -> bool:
        namen = identities(sleutel)
        vraag = f"SELECT 1 FROM klantnaam WHERE naam IN ({_marks(namen)})"  # noqa: S608 -- question marks only
        return self.db.execute(vraag, namen).fetchone() is not None

    def _listed(self) -> list[Genoteerd]:
        """The last opened, pinned and expected customers as the file has them."""
        rijen = self.db.execute(
            "SELECT beeld, gezien_op, vastgezet, gepland_op FROM klantbeeld WHERE vastgezet = 1 OR gepland_op != ''"
            " OR id IN (SELECT id FROM klantbeeld ORDER BY gezien_op DESC LIMIT ?)",
            (RECENT,),
        ).fetchall()
        regels = []
        for inhoud, gezien, vast, gepland in rijen:
            beeld, gezien_op = read_row(_beeld, inhoud), _moment(gezien)
            if beeld is not None and (gezien_op is not None or gepland or vast):
                klant = Klantverwijzing(beeld.sleutel, beeld.naam)
                vastgezet_op = gezien_op or self._clock()  # who was expected may be pinned and not opened here
                regels.append(Genoteerd(klant, gezien_op, vastgezet_op if vast else None, _moment(gepland)))
        return regels

    def _note(self, klant: Klantverwijzing, **velden: datetime | None) -> None:
        self._lijst.note(klant, **velden)
        self._lijst.drop(self._clock(), self._termijnen, RECENT)
        self._lijst.save()

    @_reading
    def read_klantbeeld(self, sleutel: KlantSleutel) -> Klantbeeld | None:
        """The kept picture of this customer; None when there is none or it no longer parses."""
        return next((beeld for naam in identities(sleutel) if (beeld := read_named(self.db, naam))), None)

    def write_klantbeeld(self, beeld: Klantbeeld, *, opened: bool) -> None:
        """Keep the picture under all its keys; `opened`: the employee looked at it now.

        One that is missing here keeps the place it had: opened then, pinned, expected.
        """
        self._write_klantbeeld(beeld, opened=opened)
        if opened:
            self._note(Klantverwijzing(beeld.sleutel, beeld.naam), geopend_op=self._clock())
        if any(is_same(klant.sleutel, beeld.sleutel) for klant in self._missing):
            self._missing_in = -1
            self._on_change()

    @_writing
    def _write_klantbeeld(self, beeld: Klantbeeld, *, opened: bool) -> None:
        namen = identities(beeld.sleutel)
        if not namen:
            return
        nu = self._clock().isoformat()
        with self._bestand.transaction() as db:
            rijen = db.execute(
                f"SELECT DISTINCT b.id, b.gezien_op, b.gepland_op, b.vastgezet FROM klantnaam n"  # noqa: S608 -- question marks only
                f" JOIN klantbeeld b ON b.id = n.klantbeeld WHERE n.naam IN ({_marks(namen)})",
                namen,
            ).fetchall()
            genoteerd = self._lijst.find(beeld.sleutel) or Genoteerd(Klantverwijzing(beeld.sleutel, beeld.naam))
            toen, komt = genoteerd.geopend_op or genoteerd.vastgezet_op, genoteerd.gepland_op
            gepland = max((rij[2] for rij in rijen), default=komt.isoformat() if komt is not None else "")
            ongezien = _NEVER if gepland else nu
            bewaard = max((rij[1] for rij in rijen), default=toen.isoformat() if toen is not None else ongezien)
            gezien = nu if opened else bewaard
            vastgezet = int(genoteerd.vastgezet_op is not None)
            for rij in rijen:
                db.execute("DELETE FROM klantbeeld WHERE id = ?", (rij[0],))
            cursor = db.execute(
                "INSERT INTO klantbeeld (naam, gezien_op, beeld, gepland_op, vastgezet) VALUES (?, ?, ?, ?, ?)",
                (beeld.naam, gezien, msgspec.json.encode(beeld), gepland, vastgezet),
            )
            db.executemany(
                "INSERT OR REPLACE INTO klantnaam (naam, klantbeeld) VALUES (?, ?)",
                [(naam, cursor.lastrowid) for naam in namen],
            )

    def pin(self, klant: Klantverwijzing, *, vastgezet: bool) -> None:
        """Keep this customer longer than others, or no longer; one that is not here yet as soon as it comes."""
        self._mark(klant.sleutel, "vastgezet", int(vastgezet))
        self._note(klant, vastgezet_op=self._clock() if vastgezet else None)
        self._missing_in = -1

    def schedule(self, klant: Klantverwijzing, op: datetime) -> None:
        """This customer comes at that moment: the picture is kept until then; one that is not here yet once it is."""
        self._mark(klant.sleutel, "gepland_op", op.isoformat())
        self._note(klant, gepland_op=op)
        self._missing_in = -1

    @_writing
    def _mark(self, sleutel: KlantSleutel, kolom: str, waarde: object) -> None:
        namen = identities(sleutel)
        with self._bestand.transaction() as db:
            db.execute(
                f"UPDATE klantbeeld SET {kolom} = ? WHERE id IN"  # noqa: S608 -- a name of this class and question marks
                f" (SELECT klantbeeld FROM klantnaam WHERE naam IN ({_marks(namen)}))",
                (waarde, *namen),
            )

    @_reading
    def recent(self, aantal: int = RECENT) -> list[Klantbeeld]:
        """The last opened customers, newest first."""
        return read_recent(self.db, aantal)

    def pinned(self) -> Sequence[KlantSleutel]:
        """Whom the employee pinned, here or not yet."""
        return self._lijst.pinned()

    @_reading
    def kept_ready(self) -> list[Klantbeeld]:
        """What must be readable without a connection: pinned, or scheduled from now on; longest not seen first."""
        return _read(self.db, "vastgezet = 1 OR gepland_op >= ?", (self._clock().isoformat(),))

    @_reading
    def read_zaak(self, uuid: str) -> Zaakbeeld | None:
        """The kept picture of this zaak; None when there is none or it no longer parses."""
        rij = self.db.execute("SELECT beeld FROM zaak WHERE uuid = ?", (uuid,)).fetchone()
        return None if rij is None else read_row(_zaakbeeld, rij[0])

    @_reading
    def zaakregels(self) -> dict[str, tuple[Zaakregel, tuple[str, ...]]]:
        """The kept zaken by uuid as lines, each with the roles in which it was read; last opened first."""
        made: dict[str, tuple[Zaakregel, tuple[str, ...]]] = {}
        for (inhoud,) in self.db.execute("SELECT beeld FROM zaak ORDER BY gezien_op DESC").fetchall():
            gelezen = read_row(_zaaklijn, inhoud)
            if gelezen is not None and gelezen.zaak is not None:
                made[gelezen.zaak.regel.verwijzing.uuid] = (gelezen.zaak.regel, gelezen.rollen)
        return made

    @_writing
    def write_zaak(self, beeld: Zaakbeeld, *, opened: bool) -> None:
        """Keep the picture; `opened`: the employee looked at it now."""
        self.db.execute(
            "INSERT INTO zaak (uuid, gezien_op, beeld) VALUES (?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET"
            " beeld = excluded.beeld, gezien_op = CASE ? WHEN 1 THEN excluded.gezien_op ELSE gezien_op END",
            (beeld.verwijzing.uuid, self._clock().isoformat(), msgspec.json.encode(beeld), int(opened)),
        )

    def read_value(self, naam: str, soort: type[T]) -> T | None:
        """A named value; None when absent or of another shape."""
        inhoud = self._value(naam)
        return None if inhoud is None else read_row(msgspec.json.Decoder(soort), inhoud)

    @_reading
    def _value(self, naam: str) -> Any:
        rij = self.db.execute("SELECT inhoud FROM waarde WHERE naam = ?", (naam,)).fetchone()
        return None if rij is None else rij[0]

    @_writing
    def write_value(self, naam: str, waarde: object) -> None:
        self.db.execute(
            "INSERT INTO waarde (naam, inhoud, geschreven_op) VALUES (?, ?, ?) ON CONFLICT (naam)"
            " DO UPDATE SET inhoud = excluded.inhoud, geschreven_op = excluded.geschreven_op",
            (naam, msgspec.json.encode(waarde), self._clock().isoformat()),
        )

    @_writing
    def forget_values(self, namen: Sequence[str]) -> None:
        self.db.execute(f"DELETE FROM waarde WHERE naam IN ({_marks(namen)})", namen)  # noqa: S608 -- question marks only

    def expire(self) -> None:
        """Erase what is past its term, also from the list beside the file."""
        self._expire()
        self._lijst.drop(self._clock(), self._termijnen, RECENT)
        self._lijst.save()

    @_writing
    def _expire(self) -> None:
        """Erase what is past its term: what an employee opened, what was scheduled, what was pinned."""
        nu, termijnen = self._clock(), self._termijnen
        with self._bestand.transaction() as db:
            weg = db.execute(
                "DELETE FROM klantbeeld WHERE gezien_op < CASE vastgezet WHEN 0 THEN ? ELSE ? END AND gepland_op < ?"
                " RETURNING id",
                [(nu - termijn).isoformat() for termijn in (termijnen.geopend, termijnen.vastgezet, termijnen.gepland)],
            ).fetchall()
            weg += db.execute(
                "DELETE FROM klantbeeld WHERE vastgezet = 0 AND gepland_op < ? AND id NOT IN"
                " (SELECT id FROM klantbeeld ORDER BY gezien_op DESC LIMIT ?) RETURNING id",
                ((nu - termijnen.gepland).isoformat(), termijnen.geopend_aantal),
            ).fetchall()
            db.execute("DELETE FROM zaak WHERE gezien_op < ?", ((nu - termijnen.geopend).isoformat(),))
            db.execute(
                "DELETE FROM zaak WHERE uuid NOT IN (SELECT uuid FROM zaak ORDER BY gezien_op DESC LIMIT ?)",
                (termijnen.geopend_aantal,),
            )
            db.execute("UPDATE waarde SET geschreven_op = ? WHERE geschreven_op = ''", (nu.isoformat(),))
            db.execute("DELETE FROM waarde WHERE geschreven_op < ?", ((nu - termijnen.waarde).isoformat(),))
        self._erased += len(weg)


def read_named(db: dbapi2.Connection, naam: str) -> Klantbeeld | None:
    """The picture kept under one of its names (see `identities`)."""
    rij = db.execute(
        "SELECT b.beeld FROM klantnaam n JOIN klantbeeld b ON b.id = n.klantbeeld WHERE n.naam = ?", (naam,)
    ).fetchone()
    return None if rij is None else read_row(_beeld, rij[0])


def _read(db: dbapi2.Connection, waar: str, waarden: Sequence[str]) -> list[Klantbeeld]:
    rijen = db.execute(f"SELECT beeld FROM klantbeeld WHERE {waar} ORDER BY gezien_op", waarden)  # noqa: S608 -- words of this module
    return [beeld for beeld in (read_row(_beeld, rij[0]) for rij in rijen) if beeld is not None]


def read_recent(db: dbapi2.Connection, aantal: int) -> list[Klantbeeld]:
    """Pictures by last look, newest first; a row that no longer parses is passed over."""
    rijen: Sequence[tuple[bytes]] = db.execute(
        "SELECT beeld FROM klantbeeld WHERE gezien_op != ? ORDER BY gezien_op DESC, id DESC LIMIT ?", (_NEVER, aantal)
    ).fetchall()
    return [beeld for beeld in (read_row(_beeld, rij[0]) for rij in rijen) if beeld is not None]


def without(beelden: Sequence[Klantbeeld], sleutel: KlantSleutel) -> list[Klantbeeld]:
    """The pictures of all other customers."""
    return [beeld for beeld in beelden if not is_same(beeld.sleutel, sleutel)]


def _marks(namen: Sequence[str]) -> str:
    return ",".join("?" * len(namen))


def _moment(tekst: str) -> datetime | None:
    try:
        gelezen = datetime.fromisoformat(tekst)
    except ValueError:
        return None
    return gelezen if gelezen.tzinfo is not None else None
