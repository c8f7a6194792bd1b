"""Whether the seat reaches its backend. On its own, because the first frame shows it before commands are known."""

from __future__ import annotations

from enum import StrEnum


class Verbinding(StrEnum):
    """State of the connection, as the frame shows it."""

    OPSTARTEN = "opstarten"  # the backend has not answered yet
    VERBONDEN = "verbonden"
    GEEN_VERBINDING = "geen_verbinding"
    AFGEMELD = "afgemeld"
    ANDERE_VERSIE = "andere_versie"  # it answers, but does not understand this seat or the other way round
