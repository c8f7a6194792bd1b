"""What a seat remembers of its last sign-in, and the names under which it keeps things. No secrets, no customer data.

Read before the first paint: it must stay free of anything heavy.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

SERVICE = "kcs-desktop"  # of every secret in the keyring
FILE = "zitplaats.json"


class Zitplaats(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last sign-in here. `sessie_tot` is absent after a sign-out; `winkel` names the employee's files."""

    gebruikersnaam: str = ""
    naam: str = ""
    werkplek: str = ""
    rollen: tuple[str, ...] = ()
    winkel: str = ""
    sessie_tot: datetime | None = None
    vergrendeld: bool = False


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


def parse_zitplaats(inhoud: bytes) -> Zitplaats:
    """An empty one for anything that is not what a seat wrote."""
    try:
        return msgspec.json.decode(inhoud, type=Zitplaats)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Zitplaats()
