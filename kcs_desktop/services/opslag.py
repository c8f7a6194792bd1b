"""The two encrypted stores of the signed-in employee, and the warning when they cannot keep anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from kcs_desktop.cache.bestand import Geopend, InUse
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.cache.werker import Werker
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos
from kcs_desktop.security.sleutels import obtain_key

_NOTHING_KEPT = "Op deze werkplek wordt niets bewaard als u afsluit."


class Opslag:
    """Open for one employee at a time. `melding` is Dutch and stays on screen; "" when all is well."""

    def __init__(self, profile: Path, bos: Sleutelbos, clock: Callable[[], datetime]) -> None:
        self._profile = profile
        self._bos = bos
        self._clock = clock
        self.werker = Werker()
        self.sleutelwerker = Werker()  # apart: a locked keyring may wait for the employee
        self.melding = ""
        self.winkel = ""
        self._cache: Cachebestand | None = None
        self._werk: Werkbestand | None = None

    @property
    def cache(self) -> Cachebestand:
        if self._cache is None:
            raise RuntimeError("no employee is signed in")
        return self._cache

    @property
    def werk(self) -> Werkbestand:
        if self._werk is None:
            raise RuntimeError("no employee is signed in")
        return self._werk

    @property
    def is_open(self) -> bool:
        return self._werk is not None

    async def open(self, winkel: str) -> None:
        """Open the stores of this employee; in memory, with a warning, where nothing can be kept."""
        await self.close_stores()
        self.winkel = winkel
        try:
            key = await self.sleutelwerker.run(obtain_key, self._bos, winkel)
        except KeyringFault as fout:
            self.melding = f"{fout} {_NOTHING_KEPT}"
            await self.werker.run(self._open_in_memory)
            return
        self.melding = await self.werker.run(self._open_files, winkel, key)

    async def close_stores(self) -> None:
        """Close both files; what was handed in before is written first."""
        cache, werk = self._cache, self._werk
        self._cache = self._werk = None
        self.melding = self.winkel = ""
        for bestand in (cache, werk):
            if bestand is not None:
                await self.werker.run(bestand.close)

    async def close(self) -> None:
        """Close the stores and end both threads."""
        await self.close_stores()
        for werker in (self.werker, self.sleutelwerker):
            await asyncio.to_thread(werker.close)

    def _open_in_memory(self) -> None:
        self._cache = Cachebestand(None, b"", self._clock)
        self._werk = Werkbestand(None, b"", self._clock)
        self._cache.open()
        self._werk.open()

    def _open_files(self, winkel: str, key: bytes) -> str:
        meldingen = []
        cache = Cachebestand(self._profile / f"cache-{winkel}.db", key, self._clock)
        werk = Werkbestand(self._profile / f"werk-{winkel}.db", key, self._clock)
        try:
            leeg = cache.open().melding
            self._cache = cache
            if leeg:
                meldingen.append(f"{leeg} Wat erin stond wordt opnieuw opgehaald.")
        except (InUse, OSError, dbapi2.DatabaseError):
            # The cache can be missed: it is filled again from the backend.
            self._cache = Cachebestand(None, b"", self._clock)
            self._cache.open()
        try:
            geopend = werk.open()
            self._werk = werk
            meldingen.append(_about_work(geopend))
        except InUse:
            meldingen.append(f"KCS Desktop is op deze werkplek al open in een ander venster. {_NOTHING_KEPT}")
        except (OSError, dbapi2.DatabaseError) as fout:
            meldingen.append(f"De map met uw werk kan niet worden gebruikt ({_reason(fout)}). {_NOTHING_KEPT}")
        if self._werk is None:
            self._werk = Werkbestand(None, b"", self._clock)
            self._werk.open()
        elif aantal := self._werk.unreadable_contacten():
            meldingen.append(f"Niet leesbaar in uw bewaarde contacten: {aantal}. De gegevens blijven bewaard.")
        if aantal := sum(rij.opdracht is None for rij in self._werk.outbox()):
            meldingen.append(f"Niet leesbaar in uw uitgaande opdrachten: {aantal}. De gegevens blijven bewaard.")
        return " ".join(melding for melding in meldingen if melding)


def _about_work(geopend: Geopend) -> str:
    return f"{geopend.melding} Niet-verzonden werk daarin ontbreekt nu." if geopend.melding else ""


def _reason(fout: Exception) -> str:
    if isinstance(fout, OSError):
        return fout.strerror or "onbekende oorzaak"
    return "de schijf is vol of alleen-lezen" if "full" in str(fout) or "readonly" in str(fout) else "leesfout"
