"""Copies of files that wait to be sent, in a folder of the profile: each sealed under a key of its own.

The key stands with the file's row in the encrypted store of an employee's work; without that row a copy is noise.
They stay out of the store itself, which is read through at each start and copied when a disk refuses.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

STUK = 1024 * 1024
_TAG = 16  # bytes that sealing adds to a piece
_KEY = 32
_DIR = "bijlagen-"


def folder_of(profile: Path, winkel: str) -> Path:
    return profile / f"{_DIR}{winkel}"


def new_key() -> bytes:
    return secrets.token_bytes(_KEY)


def seal(path: Path, key: bytes, inhoud: BinaryIO) -> int:
    """Keep all of `inhoud`; how long it was. Whole or not at all: raises OSError where the disk refuses."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    length = 0
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for nr, stuk in enumerate(_pieces(inhoud)):
                file.write(_cipher(key).encrypt(_nonce(nr), stuk, None))
                length += len(stuk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        erase(path)
        raise
    return length


def unseal(path: Path, key: bytes, begin: int, length: int) -> bytes:
    """That part of the content; shorter at its end. Raises OSError, ValueError where the copy was damaged."""
    from cryptography.exceptions import InvalidTag

    made = bytearray()
    eerste, laatste = begin // STUK, (begin + length - 1) // STUK
    with path.open("rb") as file:
        file.seek(eerste * (STUK + _TAG))
        for nr in range(eerste, laatste + 1):
            sealed = file.read(STUK + _TAG)
            if not sealed:
                break
            try:
                made += _cipher(key).decrypt(_nonce(nr), sealed, None)
            except InvalidTag as error:
                raise ValueError("the copy was damaged") from error
    skip = begin - eerste * STUK
    return bytes(made[skip : skip + length])


def total(folder: Path) -> int:
    """How many bytes all copies take."""
    with suppress(OSError):
        return sum(path.stat().st_size for path in folder.iterdir())
    return 0


def erase(path: Path) -> None:
    """Remove one copy. Where the disk refuses it stays for the next `sweep`: noise, because its key is gone."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def sweep(folder: Path, keep: Collection[str]) -> None:
    """Erase every copy that no row speaks of any more."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name not in keep:
                erase(path)


def _pieces(inhoud: BinaryIO) -> Iterator[bytes]:
    while stuk := inhoud.read(STUK):
        yield stuk


def _nonce(nr: int) -> bytes:
    """A key seals one file once, so counting is enough."""
    return nr.to_bytes(12, "big")


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
