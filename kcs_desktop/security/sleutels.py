"""The raw key of an employee's stores: made once, kept in the keyring, never written anywhere else."""

from __future__ import annotations

import secrets

from kcs_desktop.domain.zitplaats import sleutelnaam
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos

KEY_LENGTH = 32


def obtain_key(bos: Sleutelbos, winkel: str) -> bytes:
    """The employee's key; a new one where there is none. Raises KeyringFault, also when a key does not stay."""
    return find_key(bos, winkel) or make_key(bos, winkel)


def find_key(bos: Sleutelbos, winkel: str) -> bytes | None:
    """The employee's key; None where the keyring has none. Raises KeyringFault."""
    return _parse(bos.read(sleutelnaam(winkel)))


def make_key(bos: Sleutelbos, winkel: str) -> bytes:
    """A new key, kept in the keyring; raises KeyringFault, also when it does not stay there."""
    nieuw = secrets.token_bytes(KEY_LENGTH)
    keep_key(bos, winkel, nieuw)
    return nieuw


def keep_key(bos: Sleutelbos, winkel: str, sleutel: bytes) -> None:
    """Put a key in the keyring; raises KeyringFault, also when it does not stay there."""
    bos.write(sleutelnaam(winkel), sleutel.hex())
    if find_key(bos, winkel) != sleutel:
        raise KeyringFault("De sleutelbos van deze computer bewaart niets.")


def _parse(geheim: str) -> bytes | None:
    try:
        sleutel = bytes.fromhex(geheim)
    except ValueError:
        return None
    return sleutel if len(sleutel) == KEY_LENGTH else None
