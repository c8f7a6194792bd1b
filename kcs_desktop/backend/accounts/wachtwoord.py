"""Passwords: what is acceptable, how it is kept (argon2id), how it is compared without telling who exists."""

from __future__ import annotations

import asyncio
import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from kcs_desktop.domain.errors import InvalidInput

MINIMUM = 12
MAXIMUM = 128
# OWASP's second profile: 46 MiB, one pass. A front desk signs in many people at eight o'clock.
_HASHER = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1, type=Type.ID)
_COMMON = ("wachtwoord", "welkom", "password", "qwerty", "gemeente", "zomer", "winter", "lente", "herfst")
_NOBODY: list[str] = []


def normalise(wachtwoord: str) -> str:
    """The same password typed on another keyboard is the same bytes."""
    return unicodedata.normalize("NFKC", wachtwoord)


def check_policy(wachtwoord: str, gebruikersnaam: str, naam: str = "") -> None:
    """Raise InvalidInput (field `wachtwoord`) with what to do, unless this password may be chosen."""
    tekst = normalise(wachtwoord)
    if len(tekst) < MINIMUM:
        raise _refused(f"Kies een wachtwoord van ten minste {MINIMUM} tekens.", "te-kort")
    if len(tekst) > MAXIMUM:
        raise _refused(f"Kies een wachtwoord van ten hoogste {MAXIMUM} tekens.", "te-lang")
    klein = tekst.casefold()
    if len(set(klein)) < 5:
        raise _refused("Kies een wachtwoord met meer verschillende tekens.", "te-eenvoudig")
    eigen = [deel for deel in (gebruikersnaam, *naam.split()) if len(deel) >= 4]
    if any(deel.casefold() in klein for deel in eigen):
        raise _refused("Kies een wachtwoord zonder uw naam erin.", "bevat-naam")
    letters = "".join(teken for teken in klein if teken.isalpha())
    if letters in _COMMON:
        raise _refused("Kies een wachtwoord dat minder voor de hand ligt.", "te-eenvoudig")


def _refused(message: str, code: str) -> InvalidInput:
    return InvalidInput(message, field="wachtwoord", code=code)


async def hash_password(wachtwoord: str) -> str:
    """The argon2id hash, made in a thread because it takes tens of milliseconds by design."""
    return await asyncio.to_thread(_HASHER.hash, normalise(wachtwoord))


async def matches(wachtwoord_hash: str, wachtwoord: str) -> bool:
    """Whether it is this password. Without a hash (nobody of that name, or an account that has no password of its own)
    it takes as long and is False."""
    if len(wachtwoord) > MAXIMUM * 4:
        return False
    if not wachtwoord_hash:
        if not _NOBODY:
            _NOBODY.append(await hash_password("niemand heeft dit wachtwoord"))
        await asyncio.to_thread(_verify, _NOBODY[0], normalise(wachtwoord))
        return False
    return await asyncio.to_thread(_verify, wachtwoord_hash, normalise(wachtwoord))


def _verify(wachtwoord_hash: str, wachtwoord: str) -> bool:
    try:
        return _HASHER.verify(wachtwoord_hash, wachtwoord)
    except (VerificationError, InvalidHashError):
        return False
