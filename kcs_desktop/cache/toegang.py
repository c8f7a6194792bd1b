"""What unlocks a seat without a connection: the session and the password's verifier, in the file that they unlock.

They stand beside the drafts, so that losing the cache costs nobody their own work. Worker thread only.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlcipher3 import dbapi2

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.domain.sessie import Sessie

T = TypeVar("T")
_SESSIE, _VERIFIER = "sessie", "wachtwoord"


class Toegang:
    """`cache` is where earlier versions kept it: read there once, and erased there."""

    def __init__(self, werk: Werkbestand, cache: Cachebestand) -> None:
        self._werk = werk
        self._cache = cache

    def sessie(self) -> Sessie | None:
        return self._read(_SESSIE, Sessie)

    def verifier(self) -> str:
        return self._read(_VERIFIER, str) or ""

    def keep(self, sessie: Sessie, verifier: str | None = None) -> None:
        """Remember this session, and with `verifier` the password that ends its lock."""
        if verifier is None:
            verifier = self.verifier()  # it may stand in the old place only
        for naam, waarde in ((_SESSIE, sessie), (_VERIFIER, verifier)):
            self._write(naam, msgspec.json.encode(waarde))
        self._cache.forget_values((_SESSIE, _VERIFIER))

    def forget(self) -> None:
        """The session is over."""
        bestand = self._werk.bestand

        def erase() -> None:
            with bestand.transaction() as db:
                _erase(db)

        bestand.guard(erase)
        bestand.note(_erase)
        self._cache.forget_values((_SESSIE, _VERIFIER))

    def _read(self, naam: str, soort: type[T]) -> T | None:
        bestand = self._werk.bestand
        rij = bestand.guard(lambda: bestand.db.execute("SELECT inhoud FROM waarde WHERE naam = ?", (naam,)).fetchone())
        if rij is None:
            return self._cache.read_value(naam, soort)
        try:
            return msgspec.json.decode(rij[0], type=soort)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _write(self, naam: str, inhoud: bytes) -> None:
        bestand = self._werk.bestand

        def write() -> None:
            with bestand.transaction() as db:
                db.execute(
                    "INSERT INTO waarde (naam, inhoud) VALUES (?, ?)"
                    " ON CONFLICT (naam) DO UPDATE SET inhoud = excluded.inhoud",
                    (naam, inhoud),
                )

        bestand.guard(write)


def _erase(db: dbapi2.Connection) -> None:
    db.execute("DELETE FROM waarde WHERE naam IN (?, ?)", (_SESSIE, _VERIFIER))
