"""The documents that are on their way into a dossier, in the store of an employee's own work. Each is a value of its
own, as a draft of a zaak is. Their content stands elsewhere (`bijlagen`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.werkbestand import TOEVOEGING, Werkbestand
from kcs_desktop.domain.toevoeging import Toevoeging

_replace = msgspec.structs.replace


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


def read_toevoegingen(werk: Werkbestand) -> list[Onderweg]:
    """In the order they were chosen; one that no longer parses stays in the file."""
    return werk.bestand.guard(lambda: [al for inhoud in _read(werk.bestand.db) if (al := _parse(inhoud)) is not None])


def save_toevoegingen(werk: Werkbestand, onderweg: Iterable[Onderweg], weg: Collection[str]) -> None:
    """Write these, and let go of those with the ids `weg`, together. Content that is in memory stays there."""
    rows = [
        (TOEVOEGING + al.toevoeging.id, msgspec.json.encode(_replace(al, bron=_replace(al.bron, los=b""))))
        for al in onderweg
    ]

    def remove(db: dbapi2.Connection) -> None:
        db.executemany("DELETE FROM waarde WHERE naam = ?", [(TOEVOEGING + toevoeging,) for toevoeging in weg])

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
    rows = db.execute("SELECT inhoud FROM waarde WHERE naam GLOB ? ORDER BY naam", (f"{TOEVOEGING}*",))
    return [inhoud for (inhoud,) in rows]


def _parse(inhoud: bytes) -> Onderweg | None:
    try:
        return _onderweg.decode(inhoud)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
