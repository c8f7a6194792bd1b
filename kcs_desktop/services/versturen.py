"""Sends one file to the backend, from where it was left, and hears what the scanner says of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

from kcs_desktop.api.bestanden import Bestanden, Bestandstand
from kcs_desktop.cache.toevoegingen import Bron
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.services.inlezen import read_part


class Verzending:
    """One file. `run` may be cancelled and begun again; what the backend has is not sent twice."""

    def __init__(self, bestanden: Bestanden, bestand: str, naam: str, mediatype: str, bron: Bron, folder: Path) -> None:
        self._bestanden = bestanden
        self._bestand = bestand
        self._naam = naam
        self._mediatype = mediatype
        self._bron = bron
        self._folder = folder

    async def run(self, progress: Callable[[int], object]) -> Bestandstand:
        """Until the backend has all of it; `progress` hears how many bytes that are so far.

        Raises RetryableError, or UserError for what does not come right by itself.
        """
        try:
            return await self._send(progress)
        except NotFound:  # what it had is gone, as after a backup that was put back: all of it once more
            return await self._send(progress)

    async def _send(self, progress: Callable[[int], object]) -> Bestandstand:
        stand = await self._bestanden.begin(self._bestand, self._naam, self._mediatype, self._bron.omvang)
        if stand.is_whole:
            progress(self._bron.omvang)
            return stand
        er_al, gehasht = set(stand.ontvangen), hashlib.sha256()
        grootte = max(1, stand.stukgrootte)
        for nr, begin in enumerate(range(0, self._bron.omvang, grootte), start=1):
            # Every piece is read once, also one that is there: the whole must be what is being sent.
            stuk = await asyncio.to_thread(read_part, self._bron, self._folder, self._naam, begin, grootte)
            gehasht.update(stuk)
            if nr not in er_al:
                await self._bestanden.put(self._bestand, nr, stuk)
            progress(begin + len(stuk))
        return await self._bestanden.complete(self._bestand, gehasht.hexdigest())
