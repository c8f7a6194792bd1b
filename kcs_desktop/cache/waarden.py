"""Values of one kind in the store of an employee's own work, each under a name of its own: on the way back from memory
to a file that could not be read, those in the file stay beside those that were begun meanwhile."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Generic, TypeVar

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.rij import read_row
from kcs_desktop.cache.werkbestand import Onleesbaar, Werkbestand, as_bytes

T = TypeVar("T")


class Waarden(Generic[T]):
    """`begin` is what their names begin with; behind it stands an id that sorts by when it was made."""

    def __init__(self, begin: str, soort: type[T]) -> None:
        self._begin = begin
        self._decoder = msgspec.json.Decoder(soort)

    def read(self, werk: Werkbestand) -> list[T]:
        """In the order they were made; one that no longer parses stays in the file."""
        return werk.bestand.guard(lambda: [al for _, row in self._rows(werk) if (al := self._parse(row)) is not None])

    def unreadable(self, werk: Werkbestand) -> list[Onleesbaar]:
        """Those that a newer or damaged version wrote, as they stand in the file; they are kept."""
        return werk.bestand.guard(
            lambda: [Onleesbaar(naam, "", as_bytes(al)) for naam, al in self._rows(werk) if self._parse(al) is None]
        )

    def save(self, werk: Werkbestand, waarden: Mapping[str, T], weg: Collection[str]) -> None:
        """Write these by their ids, and let go of those with the ids `weg`, together."""
        rows = [(self._begin + naam, msgspec.json.encode(waarde)) for naam, waarde in waarden.items()]

        def remove(db: dbapi2.Connection) -> None:
            db.executemany("DELETE FROM waarde WHERE naam = ?", [(self._begin + naam,) for naam in weg])

        def save() -> None:
            with werk.bestand.transaction() as db:
                db.executemany(
                    "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
                    " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                    rows,
                )
                remove(db)
            if weg:
                werk.bestand.note(remove)

        werk.bestand.guard(save)

    def _rows(self, werk: Werkbestand) -> list[tuple[str, bytes]]:
        return werk.bestand.db.execute(
            "SELECT naam, inhoud FROM waarde WHERE naam GLOB ? ORDER BY naam", (f"{self._begin}*",)
        ).fetchall()

    def _parse(self, inhoud: bytes) -> T | None:
        return read_row(self._decoder, inhoud)
