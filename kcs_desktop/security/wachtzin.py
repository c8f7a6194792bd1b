"""The key of a store, wrapped by a passphrase of the employee where there is no keyring.

argon2id (RFC 9106, second choice) makes the wrapping key, AES-256-GCM wraps. What is written is of no use without the
passphrase; a wrong one is noticed, because the wrapped text does not verify. Slow on purpose: on a worker thread only.
"""

from __future__ import annotations

import os
import secrets
import unicodedata
from pathlib import Path

import msgspec

from kcs_desktop.domain.errors import InvalidInput

TIME, MEMORY, LANES = 3, 65_536, 4  # rounds, KiB, lanes
_MOST = (20, 1_048_576, 16)  # of a file: another program's numbers must not exhaust the computer
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class Ingepakt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the file beside the store; bytes in base64."""

    zout: bytes
    nonce: bytes
    sleutel: bytes
    tijd: int = TIME
    geheugen: int = MEMORY
    banen: int = LANES
    versie: int = 1


def key_file(profile: Path, winkel: str) -> Path:
    """Where the wrapped key of this employee stands."""
    return profile / f"sleutel-{winkel}.json"


def wrap(path: Path, wachtzin: str, sleutel: bytes) -> None:
    """Write the wrapped key, whole or not at all; raises OSError when it cannot be written."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    zout, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    ingepakt = AESGCM(_wrapping_key(wachtzin, zout, TIME, MEMORY, LANES)).encrypt(nonce, sleutel, zout)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    nieuw = path.with_suffix(".nieuw")
    greep = os.open(nieuw, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NO_LINK, 0o600)
    with os.fdopen(greep, "wb") as bestand:
        bestand.write(msgspec.json.encode(Ingepakt(zout, nonce, ingepakt)))
        bestand.flush()
        os.fsync(bestand.fileno())
    nieuw.replace(path)


def unwrap(path: Path, wachtzin: str) -> bytes:
    """The key; raises InvalidInput for a wrong passphrase or a file that is damaged, OSError when it is not there."""
    from argon2.exceptions import HashingError
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        gelezen = msgspec.json.decode(path.read_bytes(), type=Ingepakt)
        maten = (gelezen.tijd, gelezen.geheugen, gelezen.banen)
        if gelezen.versie != 1 or any(not 0 < maat <= most for maat, most in zip(maten, _MOST, strict=True)):
            raise ValueError
        sleutel = AESGCM(_wrapping_key(wachtzin, gelezen.zout, *maten)).decrypt(
            gelezen.nonce, gelezen.sleutel, gelezen.zout
        )
    except InvalidTag as fout:
        raise InvalidInput(
            "Deze wachtzin klopt niet. Controleer hoofdletters en spaties.", field="wachtzin", code="wachtzin-onjuist"
        ) from fout
    except (ValueError, HashingError) as fout:
        # What msgspec says of a file that is none, and argon2 of numbers that it cannot work with.
        raise InvalidInput(
            f"Het bestand {path.name} is beschadigd: zonder dat bestand opent geen wachtzin uw werk.",
            field="wachtzin",
            code="sleutelbestand-beschadigd",
        ) from fout
    return sleutel


def _wrapping_key(wachtzin: str, zout: bytes, tijd: int, geheugen: int, banen: int) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    geheim = unicodedata.normalize("NFKC", wachtzin).encode()
    return hash_secret_raw(
        geheim, zout, time_cost=tijd, memory_cost=geheugen, parallelism=banen, hash_len=32, type=Type.ID
    )
