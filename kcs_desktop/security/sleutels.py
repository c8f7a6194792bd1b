"""The raw key of an employee's stores: made once, kept in the keyring, never written anywhere else."""

from __future__ import annotations

import secrets

from kcs_desktop.domain.zitplaats import sleutelnaam
from kcs_desktop.security.sleutelbos import KeyringFault, Sleutelbos

KEY_LENGTH = 32


def obtain_key(bos: Sleutelbos, winkel: str) -> bytes:
    """The employee's key; a new one where there is none. Raises KeyringFault, also when a key does not stay."""
    naam = sleutelnaam(winkel)
    bekend = _parse(bos.read(naam))
    if bekend is not None:
        return bekend
    nieuw = secrets.token_bytes(KEY_LENGTH)
    bos.write(naam, nieuw.hex())
    if _parse(bos.read(naam)) != nieuw:
        raise KeyringFault("De sleutelbos van deze computer bewaart niets.")
    return nieuw


def _parse(geheim: str) -> bytes | None:
    try:
        sleutel = bytes.fromhex(geheim)
    except ValueError:
        return None
    return sleutel if len(sleutel) == KEY_LENGTH else None
