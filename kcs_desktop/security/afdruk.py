"""What a seat keeps of a session to ask about it later: which one it was, and a hash of its token.

It opens nothing and no token can be made of it, so that it may stand in a plain file, also where there is no keyring.
The backend, which can make the token anew, recognises it: it says whether the owner was withdrawn, and ends the session
of whoever signed out without a connection.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

import msgspec

PREFIX = "geweest-"
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Afdruk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`moet_eindigen`: the employee signed out, and the backend does not know it yet."""

    kenmerk: str
    afdruk: str
    moet_eindigen: bool = False

    def is_of(self, verversing: str) -> bool:
        """Whether this is of the same session, whichever of its tokens."""
        return self.kenmerk.partition(".")[0] == verversing.partition(".")[0]


def afdruk_of(verversing: str) -> Afdruk:
    """Of a refresh token, whose last part is the secret one."""
    return Afdruk(verversing.rpartition(".")[0], hashlib.sha256(verversing.encode()).hexdigest())


def winkels(profile: Path) -> list[str]:
    """The employees of whom one is kept here."""
    return sorted(path.stem.removeprefix(PREFIX) for path in profile.glob(f"{PREFIX}*.json"))


def read_afdruk(profile: Path, winkel: str) -> Afdruk | None:
    """None where there is none, or none that can be read."""
    try:
        return msgspec.json.decode(_path(profile, winkel).read_bytes(), type=Afdruk)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_afdruk(profile: Path, winkel: str, afdruk: Afdruk) -> None:
    """Whole, or not at all. Raises OSError."""
    path = _path(profile, winkel)
    nieuw = path.with_suffix(".nieuw")
    profile.mkdir(parents=True, exist_ok=True, mode=0o700)
    greep = os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, 0o600)
    with os.fdopen(greep, "wb") as bestand:
        bestand.write(msgspec.json.encode(afdruk))
    nieuw.replace(path)


def drop_afdruk(profile: Path, winkel: str) -> None:
    with suppress(OSError):
        _path(profile, winkel).unlink(missing_ok=True)


def _path(profile: Path, winkel: str) -> Path:
    return profile / f"{PREFIX}{winkel}.json"
