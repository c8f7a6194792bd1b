"""The small plain file that says who last signed in at this profile. No secrets and no customer data."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from kcs_desktop.cache.eerste_blik import read_zitplaats
from kcs_desktop.domain.zitplaats import FILE, Zitplaats

NO_LINK = getattr(os, "O_NOFOLLOW", 0)  # a name in a shared folder may be a link that another user made; not on Windows


class Zitplaatsbestand:
    """Reads at once; writes whole, or leaves nothing. A folder that cannot be written is passed over."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self.value = read_zitplaats(profile)

    def write(self, zitplaats: Zitplaats) -> None:
        try:
            self._put(zitplaats)
        except OSError:
            # What stands there may show customers that must not be shown any more: after a sign-out, or a lock.
            with suppress(OSError):
                (self._profile / FILE).unlink(missing_ok=True)

    def change(self, **velden: object) -> None:
        self.write(msgspec.structs.replace(self.value, **velden))

    def note_busy(self, moment: datetime, slot_minuten: int) -> None:
        """When somebody last touched the seat. What cannot be written only makes it lock sooner after a restart."""
        with suppress(OSError):
            self._put(msgspec.structs.replace(self.value, laatst_bezig=moment, slot_minuten=slot_minuten))

    def _put(self, zitplaats: Zitplaats) -> None:
        self.value = zitplaats
        nieuw = self._profile / f"{FILE}.nieuw"
        self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        greep = os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, 0o600)
        with os.fdopen(greep, "wb") as bestand:
            bestand.write(msgspec.json.encode(zitplaats))
        nieuw.replace(self._profile / FILE)
