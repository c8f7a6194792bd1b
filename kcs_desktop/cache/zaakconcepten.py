"""The drafts of zaken in the store of an employee's own work. Each is a value of its own: on the way back from memory
to a file that could not be read, those in the file stay beside those that were begun meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.werkbestand import ZAAKCONCEPT, Werkbestand
from kcs_desktop.domain.zaakconcept import Zaakconcept

_concept = msgspec.json.Decoder(Zaakconcept)


def read_concepten(werk: Werkbestand) -> list[Zaakconcept]:
    """In the order they were begun; one that no longer parses stays in the file."""
    return werk.bestand.guard(lambda: [concept for inhoud in _read(werk.bestand.db) if (concept := _parse(inhoud))])


def save_concepten(werk: Werkbestand, concepten: Iterable[Zaakconcept], weg: Collection[str]) -> None:
    """Write these, and let go of those with the ids `weg`, together."""
    rows = [(ZAAKCONCEPT + concept.id, msgspec.json.encode(concept)) for concept in concepten]

    def remove(db: dbapi2.Connection) -> None:
        db.executemany("DELETE FROM waarde WHERE naam = ?", [(ZAAKCONCEPT + concept,) for concept in weg])

    def save() -> None:
        with werk.bestand.transaction() as db:
            db.executemany(
                "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
                " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                rows,
            )
            remove(db)
        werk.bestand.note(remove)

    werk.bestand.guard(save)


def _read(db: dbapi2.Connection) -> list[bytes]:
    rows = db.execute("SELECT inhoud FROM waarde WHERE naam GLOB ? ORDER BY naam", (f"{ZAAKCONCEPT}*",))
    return [inhoud for (inhoud,) in rows]


def _parse(inhoud: bytes) -> Zaakconcept | None:
    try:
        return _concept.decode(inhoud)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
