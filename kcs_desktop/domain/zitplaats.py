"""What a seat remembers of its last sign-in, and the names under which it keeps things. No secrets, no customer data.

Read before the first paint: it must stay free of anything heavy.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import msgspec

SERVICE = "kcs-desktop"  # of every secret in the keyring
FILE = "zitplaats.json"
SLOT_MINUTEN = 10  # the longest that nobody touches an unlocked seat
CLOCK_MARGIN = timedelta(minutes=1)  # so far back goes a clock that is merely being set right

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Zitplaats(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last sign-in here. `sessie_tot` is absent after a sign-out; `winkel` names the employee's files.

    `laatst_bezig` is the last input, at most a minute too early; `slot_minuten` the silence after which it locks.
    """

    gebruikersnaam: str = ""
    naam: str = ""
    werkplek: str = ""
    rollen: tuple[str, ...] = ()
    winkel: str = ""
    sessie_tot: Moment | None = None
    vergrendeld: bool = False
    laatst_bezig: Moment | None = None
    slot_minuten: int = SLOT_MINUTEN

    def is_locked_at(self, now: datetime) -> bool:
        """By hand, or by silence, which goes on while the window is closed.

        After a clock that was put back the silence is unknown: then it is locked.
        """
        if self.vergrendeld or self.laatst_bezig is None:
            return True
        return not -CLOCK_MARGIN <= now - self.laatst_bezig < timedelta(minutes=self.slot_minuten)


def winkel_of(gebruikersnaam: str, backend: str) -> str:
    """The name in the employee's files and keys: the same account at another backend is another employee."""
    import hashlib  # loads OpenSSL, which the first paint does not need

    return hashlib.sha256(f"{backend}\n{gebruikersnaam.casefold()}".encode()).hexdigest()[:20]


def sleutelnaam(winkel: str) -> str:
    """Name of the store's key in the keyring."""
    return f"sleutel-{winkel}"


def sessienaam(winkel: str) -> str:
    """Name of the remembered session in the keyring."""
    return f"sessie-{winkel}"


def geweestnaam(winkel: str) -> str:
    """Name under which versions before this one left the last token of a session in the keyring; it goes."""
    return f"geweest-{winkel}"


def parse_zitplaats(inhoud: bytes) -> Zitplaats:
    """An empty one for anything that is not what a seat wrote."""
    try:
        return msgspec.json.decode(inhoud, type=Zitplaats)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Zitplaats()
