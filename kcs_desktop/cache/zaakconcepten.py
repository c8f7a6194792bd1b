"""The drafts of zaken in the store of an employee's own work: few and small, so they stand together in one value."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.werkbestand import ZAAKCONCEPTEN, Werkbestand
from kcs_desktop.domain.zaakconcept import Zaakconcept

_concept = msgspec.json.Decoder(Zaakconcept)
_rows = msgspec.json.Decoder(list[msgspec.Raw])


def read_concepten(werk: Werkbestand) -> list[Zaakconcept]:
    """In the order they were begun; one that no longer parses stays in the file."""
    return werk.bestand.guard(lambda: [concept for row in _read(werk.bestand.db) if (concept := _parse(row))])


def save_concepten(werk: Werkbestand, concepten: Sequence[Zaakconcept]) -> None:
    """These in place of those before; what cannot be read is kept behind them."""

    def save() -> None:
        with werk.bestand.transaction() as db:
            unread = [row for row in _read(db) if _parse(row) is None]
            inhoud = msgspec.json.encode([*concepten, *unread])
            db.execute(
                "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
                " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                (ZAAKCONCEPTEN, inhoud),
            )

    werk.bestand.guard(save)


def _read(db: dbapi2.Connection) -> list[msgspec.Raw]:
    row = db.execute("SELECT inhoud FROM waarde WHERE naam = ?", (ZAAKCONCEPTEN,)).fetchone()
    try:
        return _rows.decode(row[0]) if row else []
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []


def _parse(row: msgspec.Raw) -> Zaakconcept | None:
    try:
        return _concept.decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
