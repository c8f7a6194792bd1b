"""The published password of the proefgemeente: known to everyone, so good on a loopback address only."""

from __future__ import annotations

WACHTWOORD = "kijken-en-proberen"
