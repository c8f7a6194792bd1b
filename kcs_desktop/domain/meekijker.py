"""Colleagues who are at the same customer at this moment. Fleeting: never registered, gone by itself."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Bezigheid(StrEnum):
    KIJKT = "kijkt"
    TYPT = "typt"


class Meekijker(msgspec.Struct, frozen=True):
    """`seconden` is how long this still holds without news. Seconds, so that no two clocks need to agree."""

    medewerker: str  # account id
    naam: str
    bezigheid: Bezigheid
    seconden: float


class Gezelschap(msgspec.Struct, frozen=True):
    """The answer to telling where one is: the names under which this customer is announced, and who else is there."""

    onderwerpen: tuple[str, ...]
    meekijkers: tuple[Meekijker, ...] = ()
