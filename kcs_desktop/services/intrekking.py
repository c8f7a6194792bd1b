"""Asks whether employees who worked at this seat before were withdrawn meanwhile; then their cache is erased.

It asks with a print of their last session, which opens nothing and is kept with a keyring and without. The same
question ends the session of whoever signed out while there was no connection. Drafts and outbox stay.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.cache.terzijde import CACHE, erase_with_asides, last_written
from kcs_desktop.domain.errors import KcsError, SignedOut
from kcs_desktop.domain.sessie import Sessiestand
from kcs_desktop.domain.zitplaats import geweestnaam, sessienaam
from kcs_desktop.security.afdruk import Afdruk, afdruk_of, drop_afdruk, read_afdruk, winkels, write_afdruk
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos
from kcs_desktop.services.opslag import Opslag

WITHDRAWN = "sessie-ingetrokken"


def is_withdrawn(fout: KcsError) -> bool:
    """Whether the backend says that an administrator withdrew the session or the account."""
    return isinstance(fout, SignedOut) and fout.code == WITHDRAWN


class Intrekking:
    """One per seat."""

    def __init__(self, kcs: Kcs, opslag: Opslag, bos: Sleutelbos, profile: Path) -> None:
        self._kcs = kcs
        self._opslag = opslag
        self._bos = bos
        self._profile = profile

    async def begun(self, winkel: str, verversing: str) -> None:
        """A session goes on here: keep its print. A disk that refuses only means that nobody can ask later."""
        with suppress(OSError):
            await self._opslag.sleutelwerker.run(self._note, winkel, verversing)

    async def end(self, winkel: str, *, is_told: bool = True) -> None:
        """The session of this employee ended: nothing of it that can be used stays. `is_told`: the backend knows."""
        with suppress(OSError):
            await self._opslag.sleutelwerker.run(self._mark, winkel, not is_told)
        for naam in (sessienaam(winkel), geweestnaam(winkel)):
            with suppress(KeyringFault):
                await self._opslag.sleutelwerker.run(self._bos.erase, naam)

    async def check(self, nu: datetime) -> None:
        """Ask about everybody who worked here, except who works now."""
        for winkel in await self._opslag.sleutelwerker.run(winkels, self._profile):
            if winkel != self._opslag.winkel:
                await self._ask(winkel, nu)

    async def check_before(self, winkel: str, nu: datetime) -> None:
        """Ask about who signs in anew, before the store is opened: the new session says nothing of the one before."""
        await self._ask(winkel, nu)

    async def _ask(self, winkel: str, nu: datetime) -> None:
        bewijs = await self._opslag.sleutelwerker.run(read_afdruk, self._profile, winkel)
        if bewijs is None:
            return
        try:
            stand = await self._kcs.session_state(bewijs.kenmerk, bewijs.afdruk, ends=bewijs.moet_eindigen)
        except KcsError:
            return
        if winkel == self._opslag.winkel:
            return  # who signed in meanwhile was asked about by then, and has the file open
        with suppress(OSError):
            await self._opslag.werker.run(self._settle, winkel, bewijs, stand, nu)

    def _settle(self, winkel: str, bewijs: Afdruk, stand: Sessiestand, nu: datetime) -> None:
        path = self._profile / f"{CACHE}{winkel}.db"
        if path.is_file():
            # A session that the backend forgot long ago vouches for nobody any more.
            is_old = stand is Sessiestand.ONBEKEND and last_written(path) + self._opslag.termijnen.geopend < nu
            if stand is Sessiestand.INGETROKKEN or is_old:
                erase_with_asides(path)
        if not path.is_file():
            drop_afdruk(self._profile, winkel)
        elif bewijs.moet_eindigen:
            self._mark(winkel, must_end=False)

    def _note(self, winkel: str, verversing: str) -> None:
        al = read_afdruk(self._profile, winkel)
        if al is None or not al.is_of(verversing):
            write_afdruk(self._profile, winkel, afdruk_of(verversing))

    def _mark(self, winkel: str, must_end: bool) -> None:
        al = read_afdruk(self._profile, winkel)
        if al is not None and al.moet_eindigen != must_end:
            write_afdruk(self._profile, winkel, msgspec.structs.replace(al, moet_eindigen=must_end))
