"""Asks whether employees who worked at this seat before were withdrawn meanwhile; then their cache is erased.

A session that ended here leaves its last token in the keyring: it opens nothing any more, but the backend recognises
whose it was. Drafts and outbox stay.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.cache.terzijde import ASIDE, CACHE, erase_with_asides
from kcs_desktop.domain.errors import KcsError, SignedOut
from kcs_desktop.domain.zitplaats import geweestnaam, sessienaam
from kcs_desktop.security.sessie import OnthoudenSessie
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

    async def end(self, winkel: str) -> None:
        """The session of this employee ended: it can be taken up no more, only asked about."""
        with suppress(KeyringFault):
            await self._opslag.sleutelwerker.run(self._end, winkel)

    async def check(self, nu: datetime, behalve: str = "") -> None:
        """Ask about everybody who has a cache here and no session any more, except one."""
        for path in sorted(self._profile.glob(f"{CACHE}*.db")):
            winkel = path.stem.removeprefix(CACHE)
            if ASIDE in path.name or winkel in {behalve, self._opslag.winkel}:
                continue
            with suppress(KeyringFault, OSError, msgspec.DecodeError):
                token = await self._opslag.sleutelwerker.run(self._last_token, winkel, nu)
                # Whoever signed in meanwhile was asked about by then, and has the file open.
                if token and await self._was_withdrawn(token) and winkel != self._opslag.winkel:
                    await self._opslag.werker.run(erase_with_asides, path)

    async def check_before(self, winkel: str) -> None:
        """Ask about who signs in anew, before the store is opened: the new session says nothing of the one before."""
        with suppress(KeyringFault, OSError, msgspec.DecodeError):
            token = await self._opslag.sleutelwerker.run(self._last_token, winkel, None)
            path = self._profile / f"{CACHE}{winkel}.db"
            if token and path.is_file() and await self._was_withdrawn(token):
                await self._opslag.werker.run(erase_with_asides, path)

    async def _was_withdrawn(self, token: str) -> bool:
        try:
            await self._kcs.renew_session(token)
        except KcsError as fout:
            return is_withdrawn(fout)
        return False

    def _end(self, winkel: str) -> None:
        geheim = self._bos.read(sessienaam(winkel))
        if geheim:
            self._bos.write(geweestnaam(winkel), geheim)
            self._bos.erase(sessienaam(winkel))

    def _last_token(self, winkel: str, nu: datetime | None) -> str:
        """ "" where there is none, or where it belongs to a session that may still run at `nu`."""
        for naam in (sessienaam(winkel), geweestnaam(winkel)):
            geheim = self._bos.read(naam)
            onthouden = msgspec.json.decode(geheim, type=OnthoudenSessie) if geheim else None
            if onthouden is not None:
                is_over = nu is None or naam == geweestnaam(winkel) or onthouden.tot <= nu
                return onthouden.verversing if is_over else ""
        return ""
