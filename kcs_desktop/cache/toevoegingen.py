"""The documents that are on their way into a dossier, in the store of an employee's own work: few and small, so they
stand together in one value. Their content stands elsewhere (`bijlagen`)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.werkbestand import TOEVOEGINGEN, Werkbestand
from kcs_desktop.domain.toevoeging import Toevoeging


class Bron(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the content of a file stands: a sealed copy, the file itself, or in memory for want of a disk."""

    omvang: int
    kopie: str = ""  # file name of the copy
    sleutel: str = ""  # hex, of the copy
    pad: str = ""
    gewijzigd_ns: int = 0
    los: bytes = b""


class Onderweg(msgspec.Struct, frozen=True):
    """One row."""

    toevoeging: Toevoeging
    bron: Bron


_onderweg = msgspec.json.Decoder(Onderweg)
_rows = msgspec.json.Decoder(list[msgspec.Raw])


def read_toevoegingen(werk: Werkbestand) -> list[Onderweg]:
    """In the order they were chosen; one that no longer parses stays in the file."""
    return werk.bestand.guard(lambda: [al for row in _read(werk.bestand.db) if (al := _parse(row)) is not None])


def save_toevoegingen(werk: Werkbestand, onderweg: Sequence[Onderweg]) -> None:
    """These in place of those before; what cannot be read is kept behind them."""
    kept = [
        msgspec.structs.replace(al, bron=msgspec.structs.replace(al.bron, los=b"")) if al.bron.los else al
        for al in onderweg
    ]

    def save() -> None:
        with werk.bestand.transaction() as db:
            unread = [row for row in _read(db) if _parse(row) is None]
            db.execute(
                "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
                " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                (TOEVOEGINGEN, msgspec.json.encode([*kept, *unread])),
            )

    werk.bestand.guard(save)


def _read(db: dbapi2.Connection) -> list[msgspec.Raw]:
    row = db.execute("SELECT inhoud FROM waarde WHERE naam = ?", (TOEVOEGINGEN,)).fetchone()
    try:
        return _rows.decode(row[0]) if row else []
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []


def _parse(row: msgspec.Raw) -> Onderweg | None:
    try:
        return _onderweg.decode(row)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
