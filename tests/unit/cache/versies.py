"""Stores as every earlier version wrote them: its SQL, frozen here, and rows as it wrote them.

Who adds a step to a schema adds it here too; what stands here is never changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kcs_desktop.cache.schema import open_encrypted

Rij = tuple[str, tuple[object, ...]]

CACHE = (
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
)
CACHE_RIJEN: tuple[Rij, ...] = (
    (
        "INSERT INTO klantbeeld (id, naam, gezien_op, beeld) VALUES (?, ?, ?, ?)",
        (
            7,
            "Johanna van Duinrode",
            "2026-03-01T09:00:00+00:00",
            b'{"sleutel":{"soort":"persoon","partij":"p-1","bsn":"999990019"},"naam":"Johanna van Duinrode"}',
        ),
    ),
    ("INSERT INTO klantnaam (naam, klantbeeld) VALUES (?, ?)", ("bsn:999990019", 7)),
    ("INSERT INTO klantnaam (naam, klantbeeld) VALUES (?, ?)", ("partij:p-1", 7)),
    ("INSERT INTO waarde (naam, inhoud) VALUES (?, ?)", ("wachtwoord", b'"$argon2id$"')),
)

_WAARDE = "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
WERK = (
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
    """
    INSERT OR IGNORE INTO waarde (naam, inhoud)
        SELECT 'los/' || plek.key, CAST(json_quote(plek.value) AS BLOB) FROM waarde AS los,
            json_each(CASE WHEN json_valid(CAST(los.inhoud AS TEXT)) THEN CAST(los.inhoud AS TEXT) ELSE '{}' END) plek
        WHERE los.naam = 'los' AND plek.type = 'text';
    DELETE FROM waarde WHERE naam = 'los' AND json_valid(CAST(inhoud AS TEXT))
    """,
)
# What stood on screen without a contact, as each version wrote it.
WERK_LOS: tuple[tuple[Rij, ...], ...] = (
    ((_WAARDE, ("los", rb'{"klant":"{\"bovenste\":\"caf\u00e9\"}","venster":"zaken","leeg":""}')),),
    (
        (_WAARDE, ("los/klant", rb'"{\"bovenste\":\"caf\u00e9\"}"')),
        (_WAARDE, ("los/venster", b'"zaken"')),
    ),
)
WERK_RIJEN: tuple[Rij, ...] = (
    (
        "INSERT INTO concept (id, volgorde, inhoud, gewijzigd_op) VALUES (?, ?, ?, ?)",
        (
            "c-1",
            0,
            b'{"id":"c-1","opdracht":"o-9","kanaal":"balie","begonnen_op":"2026-03-02T09:00:00Z",'
            b'"vragen":[{"id":"v-1","notitie":"halverwege"}]}',
            "2026-03-02T09:00:00+00:00",
        ),
    ),
    (
        "INSERT INTO uitgaand (nr, id, groep, titel, opdracht, stand, sinds, pogingen, reden)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            3,
            "o-1",
            "bsn:999990019",
            "Jan registreren",
            b'{"id":"o-1","gegevens":{"type":"klant.registreren","soort":"persoon"},"gemaakt_op":"2026-03-02T09:00:00Z"}',
            "wacht",
            "2026-03-02T09:00:00+00:00",
            2,
            "De server is niet bereikbaar.",
        ),
    ),
    (_WAARDE, ("actief", b'"c-1"')),
    (
        "INSERT INTO inzage (nr, inhoud) VALUES (?, ?)",
        (5, b'{"id":"i-1","op":"2026-03-02T09:00:00Z","soort":"persoon","bsn":"999990019"}'),
    ),
)


def build(path: Path, key: bytes, kenmerk: int, stappen: Sequence[str], rijen: Sequence[Rij]) -> None:
    """A store of the version that had these steps, with these rows."""
    db = open_encrypted(path, key)
    for stap in stappen:
        db.executescript(stap)
    for vraag, waarden in rijen:
        db.execute(vraag, waarden)
    db.execute(f"PRAGMA application_id={kenmerk}")
    db.execute(f"PRAGMA user_version={len(stappen)}")
    db.close()
