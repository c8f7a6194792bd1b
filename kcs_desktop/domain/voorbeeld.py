"""What a document looks like, as it comes out of the process that draws."""

from __future__ import annotations

import msgspec


class Blad(msgspec.Struct, frozen=True):
    """A drawn page: three bytes per pixel, rows without padding."""

    breedte: int
    hoogte: int
    rgb: bytes
