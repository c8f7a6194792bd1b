"""What `doctor` found of one thing."""

from __future__ import annotations

import msgspec


class Bevinding(msgspec.Struct, frozen=True):
    """One thing looked at. `advies` says what to do where it is not in order."""

    onderwerp: str
    in_orde: bool
    melding: str
    advies: str = ""

    def __str__(self) -> str:
        mark = "in orde" if self.in_orde else "LET OP"
        return f"[{mark}] {self.onderwerp}: {self.melding} {self.advies}".rstrip()


def good(onderwerp: str, melding: str) -> Bevinding:
    return Bevinding(onderwerp, in_orde=True, melding=melding)


def wrong(onderwerp: str, melding: str, advies: str) -> Bevinding:
    return Bevinding(onderwerp, in_orde=False, melding=melding, advies=advies)
