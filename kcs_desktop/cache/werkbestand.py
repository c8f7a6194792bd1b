"""The employee's own work: drafts, and the outbox in the order of a local counter. Never given up silently."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial, wraps
from itertools import islice
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.bestand import Bestand
from kcs_desktop.cache.rij import read_row
from kcs_desktop.cache.schema import Schema
from kcs_desktop.domain.klantcontact import Contact
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst
from kcs_desktop.domain.schermtoestand import is_readable, typed_in

P = ParamSpec("P")
T = TypeVar("T")
ZAAKCONCEPT = "zaakconcept/"  # what the value of a draft of a zaak is named by, with its id behind it
TOEVOEGING = "toevoeging/"  # and of a document on its way into a dossier
LOS = "los/"  # and what stands on screen without a contact, with where it stands behind it
_MOST_NUMBERED = 2**53  # no outbox counts so far: a row beyond it is damaged, and after the last number none comes
_MOST_TRIED = 2**31  # times; a count that cannot be is read as one, so that the command passes for sent
_UNKNOWN = datetime.fromtimestamp(0, UTC)  # shown for a row whose own moment cannot be read

# Of what stood on screen without a contact there was one value: each place has its own.
_APART = """
    INSERT OR IGNORE INTO waarde (naam, inhoud)
        SELECT 'los/' || plek.key, CAST(json_quote(plek.value) AS BLOB) FROM waarde AS los,
            json_each(CASE WHEN json_valid(CAST(los.inhoud AS TEXT)) THEN CAST(los.inhoud AS TEXT) ELSE '{}' END) plek
        WHERE los.naam = 'los' AND plek.type = 'text';
    DELETE FROM waarde WHERE naam = 'los' AND json_valid(CAST(inhoud AS TEXT))
"""

SCHEMA = Schema(
    naam="bewaarde werkvoorraad",
    kenmerk=0x4B435302,
    synchronous="FULL",
    exclusive=True,
    tabellen=("concept", "uitgaand", "waarde", "inzage"),
    stappen=(
        """
        CREATE TABLE concept (
            id TEXT PRIMARY KEY, volgorde INTEGER NOT NULL, inhoud BLOB NOT NULL, gewijzigd_op TEXT NOT NULL
        );
        CREATE TABLE uitgaand (
            nr INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, groep TEXT NOT NULL, titel TEXT NOT NULL,
            opdracht BLOB NOT NULL, stand TEXT NOT NULL, sinds TEXT NOT NULL, pogingen INTEGER NOT NULL DEFAULT 0,
            reden TEXT NOT NULL DEFAULT '', uitkomst BLOB, afgehandeld_op TEXT
        );
        CREATE INDEX uitgaand_stand ON uitgaand (stand, nr);
        CREATE TABLE waarde (naam TEXT PRIMARY KEY, inhoud BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE inzage (nr INTEGER PRIMARY KEY AUTOINCREMENT, inhoud BLOB NOT NULL)
        """,
        _APART,
    ),
    na_redding=_APART,
)


class Uitgaand(msgspec.Struct, frozen=True):
    """One row of the outbox. `opdracht` is None when it no longer parses: kept, set apart, exportable as `ruw`."""

    nr: int
    id: str
    groep: str
    titel: str
    opdracht: Opdracht | None
    stand: str
    sinds: datetime
    ruw: bytes = b""
    pogingen: int = 0
    reden: str = ""
    uitkomst: Uitkomst | None = None
    afgehandeld_op: datetime | None = None


class Onleesbaar(msgspec.Struct, frozen=True):
    """A draft that no longer parses, as it stands in the file; `gewijzigd_op` "" where nothing says when."""

    id: str
    gewijzigd_op: str
    ruw: bytes


class Inzage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A look at a customer or a zaak from the cache, to be told to the audit trail as soon as the backend answers."""

    id: str
    op: datetime
    soort: str
    partij: str = ""
    bsn: str = ""
    kvk_nummer: str = ""
    vestigingsnummer: str = ""
    kanaal: str = ""
    product: str = ""
    contact: str = ""
    zaak: str = ""  # uuid; the customer is then its initiator, where known


_contact = msgspec.json.Decoder(Contact)
_opdracht = msgspec.json.Decoder(Opdracht)
_uitkomst = msgspec.json.Decoder(Uitkomst)
_inzage = msgspec.json.Decoder(Inzage)
_tekst = msgspec.json.Decoder(str)


def _durable(methode: Callable[Concatenate[Werkbestand, P], T]) -> Callable[Concatenate[Werkbestand, P], T]:
    """A damaged file or a refusing disk is mended, and the method is done again."""

    @wraps(methode)
    def gedaan(self: Werkbestand, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.bestand.guard(lambda: methode(self, *args, **kwargs))

    return gedaan


class Werkbestand:
    """Every method runs on the worker thread; each is one transaction."""

    def __init__(
        self,
        path: Path | None,
        key: bytes,
        clock: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._bestand = Bestand(SCHEMA, path, key, clock, on_change)
        self._clock = clock

    @property
    def bestand(self) -> Bestand:
        """What became of the file."""
        return self._bestand

    def open(self) -> None:
        """Open or make the file, in memory where the disk refuses; raises InUse."""
        self._bestand.open()

    def close(self) -> bool:
        """Close; False when the disk still refuses what is in memory."""
        return self._bestand.close()

    def save_again(self) -> None:
        """Try to get back to a disk that refused."""
        self._bestand.save_again()

    def is_on_disk(self) -> bool:
        """Whether everything handed in so far is on disk; a disk that refused is tried once more."""
        self._bestand.save_again(now=True)
        return self.has_disk

    @property
    def has_disk(self) -> bool:
        """Whether it is on disk, as far as was last seen."""
        return self._bestand.path is not None and self._bestand.buiten is None

    def holds_work(self) -> bool:
        """Whether anything in it would be missed: a draft, a command without success, a look that was not told, or
        what was typed without a contact."""
        return bool(
            self._bestand.db.execute(
                "SELECT EXISTS (SELECT 1 FROM concept) OR EXISTS (SELECT 1 FROM inzage)"
                " OR EXISTS (SELECT 1 FROM uitgaand WHERE stand <> 'geslaagd')"
                " OR EXISTS (SELECT 1 FROM waarde WHERE naam GLOB ? OR naam GLOB ?)",
                (f"{ZAAKCONCEPT}*", f"{TOEVOEGING}*"),
            ).fetchone()[0]
            or typed_in(_loose(self._bestand.db))
        )

    def _change(self, change: Callable[[dbapi2.Connection], T]) -> T:
        """One transaction on rows that the file may hold also where the memory does not."""
        with self._bestand.transaction() as db:
            result = change(db)
        self._bestand.note(change)
        return result

    # drafts

    @_durable
    def contacten(self) -> list[Contact]:
        """Open contacts in the order they were started; one that no longer parses stays in the file."""
        rijen = self._bestand.db.execute("SELECT inhoud FROM concept ORDER BY volgorde, id")
        return [contact for rij in rijen if (contact := _draft(rij[0])) is not None]

    @_durable
    def unreadable_contacten(self) -> int:
        """How many drafts a newer or damaged version wrote; they are kept."""
        return len(self.unreadable_drafts())

    @_durable
    def unreadable_drafts(self) -> list[Onleesbaar]:
        """Those drafts as they are, to be exported."""
        rijen = self._bestand.db.execute("SELECT id, gewijzigd_op, inhoud FROM concept ORDER BY volgorde, id")
        return [Onleesbaar(str(al), str(op), as_bytes(inhoud)) for al, op, inhoud in rijen if _draft(inhoud) is None]

    @_durable
    def save_contacten(
        self, contacten: list[tuple[int, Contact]], actief: str, los: Mapping[str, str] | None = None
    ) -> None:
        """Write these drafts and which one is active, together; `los` is what changed on screen without a contact, per
        place, "" where nothing stands any more."""
        nu = self._clock().isoformat()
        waarden = {"actief": actief, **{LOS + plek: stand for plek, stand in (los or {}).items() if stand}}
        weg = partial(_remove_values, tuple(LOS + plek for plek, stand in (los or {}).items() if not stand))
        with self._bestand.transaction() as db:
            db.executemany(
                "INSERT INTO concept (id, volgorde, inhoud, gewijzigd_op) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET volgorde = excluded.volgorde, inhoud = excluded.inhoud,"
                " gewijzigd_op = excluded.gewijzigd_op",
                [(contact.id, volgorde, msgspec.json.encode(contact), nu) for volgorde, contact in contacten],
            )
            db.executemany(
                "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
                " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                [(naam, msgspec.json.encode(waarde)) for naam, waarde in waarden.items()],
            )
            weg(db)
        self._bestand.note(weg)

    @_durable
    def remove_contact(self, contact: str) -> None:
        self._change(partial(_remove_contact, contact))

    @_durable
    def active_contact(self) -> str:
        return _value(self._bestand.db, "actief", str) or ""

    @_durable
    def loose_screen(self) -> dict[str, str]:
        """What stood on screen without a contact, per place."""
        return _loose(self._bestand.db)

    @_durable
    def unreadable_typed(self) -> list[Onleesbaar]:
        """Places on screen of which nobody can tell what was typed there; as they are, to be exported."""
        rijen = self._bestand.db.execute(
            "SELECT naam, inhoud FROM waarde WHERE naam GLOB ? ORDER BY naam", (f"{LOS}*",)
        )
        gelezen = ((str(naam), inhoud, read_row(_tekst, inhoud)) for naam, inhoud in rijen)
        return [
            Onleesbaar(naam, "", as_bytes(inhoud))
            for naam, inhoud, stand in gelezen
            if stand is None or not is_readable(stand)
        ]

    # outbox

    @_durable
    def add(self, opdracht: Opdracht, groep: str, titel: str, contact: str = "") -> int:
        """Put a command in the outbox and, in the same transaction, let go of the draft it came from. Its number.

        A command that is there already keeps its number: finishing twice is one command.
        """
        with self._bestand.transaction() as db:
            db.execute(
                "INSERT INTO uitgaand (id, groep, titel, opdracht, stand, sinds) VALUES (?, ?, ?, ?, 'wacht', ?)"
                " ON CONFLICT (id) DO NOTHING",
                (opdracht.id, groep, titel, msgspec.json.encode(opdracht), self._clock().isoformat()),
            )
            if contact:
                _remove_contact(contact, db)
            nr = int(db.execute("SELECT nr FROM uitgaand WHERE id = ?", (opdracht.id,)).fetchone()[0])
        if contact:
            self._bestand.note(partial(_remove_contact, contact))
        return nr

    @_durable
    def outbox(self) -> list[Uitgaand]:
        """Everything in the outbox, in order."""
        last = "SELECT max(nr) FROM uitgaand UNION SELECT seq FROM sqlite_sequence WHERE name = 'uitgaand'"
        if any(nr is not None and nr > _MOST_NUMBERED for (nr,) in self._bestand.db.execute(last).fetchall()):
            self._change(_renumber)
        rijen = self._bestand.db.execute(
            "SELECT nr, id, groep, titel, opdracht, stand, sinds, pogingen, reden, uitkomst, afgehandeld_op"
            " FROM uitgaand ORDER BY nr"
        ).fetchall()
        return [_from_row(rij) for rij in rijen]

    @_durable
    def update(
        self, opdracht: str, stand: str, *, pogingen: int, reden: str = "", uitkomst: Uitkomst | None = None
    ) -> None:
        """What became of a command so far; `uitkomst` closes it."""
        klaar = self._clock().isoformat() if uitkomst is not None else None
        inhoud = msgspec.json.encode(uitkomst) if uitkomst is not None else None
        self._change(partial(_update, (stand, pogingen, reden, inhoud, klaar, opdracht)))

    @_durable
    def erase(self, opdracht: str) -> None:
        """Let go of a command for good; who calls decides that it may go."""
        self._change(partial(_erase, opdracht))

    @_durable
    def withdraw(self, opdracht: str, contact: Contact | None = None) -> bool:
        """Let go of a command that was never sent and, in the same transaction, open the draft it came from again.

        False, and nothing is done, when it was sent.
        """
        inhoud = msgspec.json.encode(contact) if contact is not None else b""
        nu = self._clock().isoformat()
        return self._change(partial(_withdraw, opdracht, (contact.id, inhoud, nu) if contact is not None else None))

    @_durable
    def epoch(self) -> str:
        """The feed's epoch in which this outbox was last at work; "" when none was ever told."""
        return _value(self._bestand.db, "epoch", str) or ""

    @_durable
    def enter_epoch(self, epoch: str, since: datetime) -> list[str]:
        """Follow the feed in this epoch. Where it is another than before, a backup was put back: what succeeded since
        that moment may be gone, so it waits again. The ids of those; an id that the backend still knows is done."""
        return self._change(partial(_enter_epoch, epoch, since))

    @_durable
    def forget_done(self, before: datetime) -> None:
        """Erase commands that succeeded before this moment. A refused one stays until its author lets go of it."""
        self._change(partial(_forget_done, before))

    # looks from the cache, for the audit trail

    @_durable
    def add_inzage(self, inzage: Inzage) -> None:
        with self._bestand.transaction() as db:
            db.execute("INSERT INTO inzage (inhoud) VALUES (?)", (msgspec.json.encode(inzage),))

    @_durable
    def inzagen(self, aantal: int = 100) -> list[tuple[int, Inzage]]:
        """The first looks that can be told, in order; one that no longer parses stays in the file."""
        rijen = self._bestand.db.execute("SELECT nr, inhoud FROM inzage ORDER BY nr").fetchall()
        gelezen = ((nr, inzage) for nr, inhoud in rijen if (inzage := read_row(_inzage, inhoud)) is not None)
        return list(islice(gelezen, aantal))

    @_durable
    def remove_inzagen(self, ids: Collection[str]) -> None:
        """Forget these looks: they are told. By their own id: back from memory a row may have another number."""
        self._change(partial(_remove_inzagen, frozenset(ids)))


def _remove_contact(contact: str, db: dbapi2.Connection) -> None:
    db.execute("DELETE FROM concept WHERE id = ?", (contact,))


def _remove_values(namen: Sequence[str], db: dbapi2.Connection) -> None:
    db.executemany("DELETE FROM waarde WHERE naam = ?", [(naam,) for naam in namen])


def _update(waarden: tuple[str, int, str, bytes | None, str | None, str], db: dbapi2.Connection) -> None:
    db.execute(
        "UPDATE uitgaand SET stand = ?, pogingen = ?, reden = ?, uitkomst = ?, afgehandeld_op = ? WHERE id = ?", waarden
    )


def _renumber(db: dbapi2.Connection) -> None:
    """Bring numbers that no other can follow back behind the others, in their order."""
    for beyond in db.execute("SELECT nr FROM uitgaand WHERE nr > ? ORDER BY nr", (_MOST_NUMBERED,)).fetchall():
        db.execute(
            "UPDATE uitgaand SET nr = (SELECT coalesce(max(nr), 0) + 1 FROM uitgaand WHERE nr <= ?) WHERE nr = ?",
            (_MOST_NUMBERED, *beyond),
        )
    db.execute("UPDATE sqlite_sequence SET seq = (SELECT coalesce(max(nr), 0) FROM uitgaand) WHERE name = 'uitgaand'")


def _erase(opdracht: str, db: dbapi2.Connection) -> None:
    db.execute("DELETE FROM uitgaand WHERE id = ?", (opdracht,))


def _withdraw(opdracht: str, concept: tuple[str, bytes, str] | None, db: dbapi2.Connection) -> bool:
    rij = db.execute("SELECT stand, pogingen FROM uitgaand WHERE id = ?", (opdracht,)).fetchone()
    if rij is not None and rij != ("wacht", 0):
        return False
    db.execute("DELETE FROM uitgaand WHERE id = ?", (opdracht,))
    if concept is not None:
        db.execute(
            "INSERT INTO concept (id, volgorde, inhoud, gewijzigd_op)"
            " VALUES (?, (SELECT coalesce(max(volgorde), -1) + 1 FROM concept), ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET inhoud = excluded.inhoud, gewijzigd_op = excluded.gewijzigd_op",
            concept,
        )
    return True


def _enter_epoch(epoch: str, since: datetime, db: dbapi2.Connection) -> list[str]:
    if _value(db, "epoch", str) == epoch:
        return []
    db.execute(
        "INSERT INTO waarde (naam, inhoud) VALUES ('epoch', ?)"
        " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
        (msgspec.json.encode(epoch),),
    )
    opnieuw = db.execute(
        "UPDATE uitgaand SET stand = 'wacht', uitkomst = NULL, afgehandeld_op = NULL"
        " WHERE stand = 'geslaagd' AND afgehandeld_op >= ? RETURNING id",
        (since.isoformat(),),
    ).fetchall()
    return [str(rij[0]) for rij in opnieuw]


def _forget_done(before: datetime, db: dbapi2.Connection) -> None:
    db.execute("DELETE FROM uitgaand WHERE stand = 'geslaagd' AND afgehandeld_op < ?", (before.isoformat(),))


def _remove_inzagen(ids: frozenset[str], db: dbapi2.Connection) -> None:
    rijen = db.execute("SELECT nr, inhoud FROM inzage").fetchall()
    weg = [(nr,) for nr, inhoud in rijen if (inzage := read_row(_inzage, inhoud)) is not None and inzage.id in ids]
    db.executemany("DELETE FROM inzage WHERE nr = ?", weg)


def _value(db: dbapi2.Connection, naam: str, soort: type[T]) -> T | None:
    rij = db.execute("SELECT inhoud FROM waarde WHERE naam = ?", (naam,)).fetchone()
    return read_row(msgspec.json.Decoder(soort), rij[0]) if rij else None


def _loose(db: dbapi2.Connection) -> dict[str, str]:
    rijen = db.execute("SELECT naam, inhoud FROM waarde WHERE naam GLOB ? ORDER BY naam", (f"{LOS}*",))
    gelezen = ((str(naam).removeprefix(LOS), read_row(_tekst, inhoud)) for naam, inhoud in rijen)
    return {plek: stand for plek, stand in gelezen if stand}


def _from_row(rij: tuple[int, str, str, str, bytes, str, str, int, str, bytes | None, str | None]) -> Uitgaand:
    nr, sleutel, groep, titel, opdracht, stand, sinds, pogingen, reden, uitkomst, afgehandeld = rij
    begonnen = _moment(sinds)
    return Uitgaand(
        nr,
        sleutel,
        groep,
        _text(titel),
        _command(opdracht, sleutel) if begonnen is not None else None,
        stand,
        begonnen or _UNKNOWN,
        ruw=as_bytes(opdracht),
        pogingen=pogingen if isinstance(pogingen, int) and 0 <= pogingen <= _MOST_TRIED else 1,
        reden=_text(reden),
        uitkomst=read_row(_uitkomst, uitkomst) if uitkomst else None,
        afgehandeld_op=_moment(afgehandeld) if afgehandeld else None,
    )


def _command(inhoud: bytes, sleutel: str) -> Opdracht | None:
    """The command under its own id only: sent under another it would be another."""
    gelezen = read_row(_opdracht, inhoud)
    return gelezen if gelezen is not None and gelezen.id == sleutel else None


def _draft(inhoud: bytes) -> Contact | None:
    contact = read_row(_contact, inhoud)
    return contact if contact is not None and 0 <= contact.actieve_vraag < len(contact.vragen) else None


def _moment(tekst: str) -> datetime | None:
    try:
        gelezen = datetime.fromisoformat(tekst)
    except (ValueError, TypeError):
        return None
    return gelezen if gelezen.tzinfo is not None else None


def _text(waarde: object) -> str:
    return waarde if isinstance(waarde, str) else ""


def as_bytes(inhoud: object) -> bytes:
    """A damaged row may hold anything."""
    return inhoud if isinstance(inhoud, bytes) else str(inhoud).encode()
