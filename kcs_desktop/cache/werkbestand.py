"""The employee's own work: drafts, and the outbox in the order of a local counter. Never given up silently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec

from kcs_desktop.cache.bestand import Bestand, Geopend, Schema
from kcs_desktop.domain.klantcontact import Contact
from kcs_desktop.domain.opdracht import Opdracht, Uitkomst

SCHEMA = Schema(
    naam="bewaarde werkvoorraad",
    kenmerk=0x4B435302,
    synchronous="FULL",
    exclusive=True,
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
    ),
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


class Inzage(msgspec.Struct, frozen=True):
    """A look at a customer from the cache, to be told to the audit trail as soon as the backend answers."""

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


_contact = msgspec.json.Decoder(Contact)
_opdracht = msgspec.json.Decoder(Opdracht)
_uitkomst = msgspec.json.Decoder(Uitkomst)
_inzage = msgspec.json.Decoder(Inzage)


class Werkbestand:
    """Every method runs on the worker thread; each is one transaction."""

    def __init__(self, path: Path | None, key: bytes, clock: Callable[[], datetime]) -> None:
        self._bestand = Bestand(SCHEMA, path, key, clock)
        self._clock = clock

    def open(self) -> Geopend:
        return self._bestand.open()

    def close(self) -> None:
        self._bestand.close()

    # drafts

    def contacten(self) -> list[Contact]:
        """Open contacts in the order they were started; one that no longer parses stays in the file."""
        gevonden = []
        for rij in self._bestand.db.execute("SELECT inhoud FROM concept ORDER BY volgorde, id"):
            try:
                gevonden.append(_contact.decode(rij[0]))
            except msgspec.DecodeError:
                continue
        return gevonden

    def unreadable_contacten(self) -> int:
        """How many drafts a newer or damaged version wrote; they are kept."""
        return int(self._bestand.db.execute("SELECT count(*) FROM concept").fetchone()[0]) - len(self.contacten())

    def save_contacten(self, contacten: list[tuple[int, Contact]], actief: str) -> None:
        """Write these drafts and which one is active, together."""
        nu = self._clock().isoformat()
        with self._bestand.transaction() as db:
            db.executemany(
                "INSERT INTO concept (id, volgorde, inhoud, gewijzigd_op) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET volgorde = excluded.volgorde, inhoud = excluded.inhoud,"
                " gewijzigd_op = excluded.gewijzigd_op",
                [(contact.id, volgorde, msgspec.json.encode(contact), nu) for volgorde, contact in contacten],
            )
            db.execute(
                "INSERT INTO waarde (naam, inhoud) VALUES ('actief', ?)"
                " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                (msgspec.json.encode(actief),),
            )

    def remove_contact(self, contact: str) -> None:
        with self._bestand.transaction() as db:
            db.execute("DELETE FROM concept WHERE id = ?", (contact,))

    def active_contact(self) -> str:
        rij = self._bestand.db.execute("SELECT inhoud FROM waarde WHERE naam = 'actief'").fetchone()
        return str(msgspec.json.decode(rij[0], type=str)) if rij else ""

    # outbox

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
                db.execute("DELETE FROM concept WHERE id = ?", (contact,))
            return int(db.execute("SELECT nr FROM uitgaand WHERE id = ?", (opdracht.id,)).fetchone()[0])

    def outbox(self) -> list[Uitgaand]:
        """Everything in the outbox, in order."""
        rijen = self._bestand.db.execute(
            "SELECT nr, id, groep, titel, opdracht, stand, sinds, pogingen, reden, uitkomst, afgehandeld_op"
            " FROM uitgaand ORDER BY nr"
        ).fetchall()
        return [_from_row(rij) for rij in rijen]

    def update(
        self, opdracht: str, stand: str, *, pogingen: int, reden: str = "", uitkomst: Uitkomst | None = None
    ) -> None:
        """What became of a command so far; `uitkomst` closes it."""
        klaar = self._clock().isoformat() if uitkomst is not None else None
        inhoud = msgspec.json.encode(uitkomst) if uitkomst is not None else None
        with self._bestand.transaction() as db:
            db.execute(
                "UPDATE uitgaand SET stand = ?, pogingen = ?, reden = ?, uitkomst = ?, afgehandeld_op = ? WHERE id = ?",
                (stand, pogingen, reden, inhoud, klaar, opdracht),
            )

    def withdraw(self, opdracht: str) -> None:
        with self._bestand.transaction() as db:
            db.execute("DELETE FROM uitgaand WHERE id = ? AND stand = 'wacht' AND pogingen = 0", (opdracht,))

    def enter_epoch(self, epoch: str, since: datetime) -> list[str]:
        """Follow the feed in this epoch. Where it is another than before, a backup was put back: what succeeded since
        that moment may be gone, so it waits again. The ids of those; an id that the backend still knows is done."""
        with self._bestand.transaction() as db:
            rij = db.execute("SELECT inhoud FROM waarde WHERE naam = 'epoch'").fetchone()
            vorige = msgspec.json.decode(rij[0], type=str) if rij else ""
            if vorige == epoch:
                return []
            db.execute(
                "INSERT INTO waarde (naam, inhoud) VALUES ('epoch', ?)"
                " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                (msgspec.json.encode(epoch),),
            )
            if not vorige:
                return []
            opnieuw = db.execute(
                "UPDATE uitgaand SET stand = 'wacht', uitkomst = NULL, afgehandeld_op = NULL"
                " WHERE stand = 'geslaagd' AND afgehandeld_op >= ? RETURNING id",
                (since.isoformat(),),
            ).fetchall()
            return [str(rij[0]) for rij in opnieuw]

    def forget_done(self, before: datetime) -> None:
        """Erase commands that had their outcome before this moment."""
        with self._bestand.transaction() as db:
            db.execute(
                "DELETE FROM uitgaand WHERE afgehandeld_op IS NOT NULL AND afgehandeld_op < ? AND opdracht IS NOT NULL",
                (before.isoformat(),),
            )

    # looks from the cache, for the audit trail

    def add_inzage(self, inzage: Inzage) -> None:
        with self._bestand.transaction() as db:
            db.execute("INSERT INTO inzage (inhoud) VALUES (?)", (msgspec.json.encode(inzage),))

    def inzagen(self, aantal: int = 100) -> list[tuple[int, Inzage]]:
        rijen = self._bestand.db.execute("SELECT nr, inhoud FROM inzage ORDER BY nr LIMIT ?", (aantal,)).fetchall()
        return [(nr, inzage) for nr, inhoud in rijen if (inzage := _look(inhoud)) is not None]

    def remove_inzagen(self, tot_en_met: int) -> None:
        with self._bestand.transaction() as db:
            db.execute("DELETE FROM inzage WHERE nr <= ?", (tot_en_met,))


def _from_row(rij: tuple[int, str, str, str, bytes, str, str, int, str, bytes | None, str | None]) -> Uitgaand:
    nr, sleutel, groep, titel, opdracht, stand, sinds, pogingen, reden, uitkomst, afgehandeld = rij
    try:
        gelezen: Opdracht | None = _opdracht.decode(opdracht)
    except msgspec.DecodeError:
        gelezen = None
    return Uitgaand(
        nr,
        sleutel,
        groep,
        titel,
        gelezen,
        stand,
        datetime.fromisoformat(sinds),
        ruw=bytes(opdracht),
        pogingen=pogingen,
        reden=reden,
        uitkomst=_outcome(uitkomst) if uitkomst else None,
        afgehandeld_op=datetime.fromisoformat(afgehandeld) if afgehandeld else None,
    )


def _outcome(inhoud: bytes) -> Uitkomst | None:
    try:
        return _uitkomst.decode(inhoud)
    except msgspec.DecodeError:
        return None


def _look(inhoud: bytes) -> Inzage | None:
    try:
        return _inzage.decode(inhoud)
    except msgspec.DecodeError:
        return None
