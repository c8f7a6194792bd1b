"""What seat and backend say to each other when a file is handed over in pieces."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

NO_ROOM = "bestanden-vol"  # code: its sender has too much here that no document has yet; later there may be room


class Bestandstand(StrEnum):
    """How far a file is. `onbekend`: whole, and no scanner looked at it ("niet onderzocht")."""

    ONTVANGEN = "ontvangen"
    ONDERZOEK = "onderzoek"
    SCHOON = "schoon"
    BESMET = "besmet"
    ONBEKEND = "onbekend"


class Bestandsopgave(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is about to be sent. `naam` may still be anything: the backend keeps it cleaned."""

    naam: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    omvang: Annotated[int, msgspec.Meta(ge=1, lt=2**53)]
    mediatype: Annotated[str, msgspec.Meta(max_length=255)] = ""


class Bestandsklaar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything was sent; this is the SHA-256 of the whole, in hexadecimal."""

    sha256: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class Bestandsstand(msgspec.Struct, frozen=True):
    """Where a file stands. `ontvangen` are the numbers (from 1) of the pieces of `stukgrootte` bytes that are there.

    `reden` is Dutch and may be empty: what the scanner found, or why it found nothing yet.
    """

    id: str
    naam: str
    mediatype: str
    omvang: int
    stukgrootte: int
    ontvangen: tuple[int, ...]
    stand: Bestandstand
    reden: str = ""
