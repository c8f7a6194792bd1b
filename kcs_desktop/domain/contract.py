"""The number of what seat and backend say to each other, so that two that are too far apart know it of each other.

A rollout is never at one moment: versions one apart work together, which is a promise about every change. A field that
is new in a command is left out for a backend of before it; a field that went is still taken for one version. Whoever
changes what is said in a way that the version before would misread raises `CONTRACT` by one.
"""

from __future__ import annotations

HEADER = "X-KCS-Contract"
CONTRACT = 1
APART = 1  # how far the two may differ


def read_contract(tekst: str) -> int | None:
    """The number in a header; None where there is none, as from something between the two."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) <= 6 else None


def fits(ander: int, eigen: int) -> bool:
    """Whether the two understand each other."""
    return abs(ander - eigen) <= APART
