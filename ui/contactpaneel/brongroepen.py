"""What was consulted, once per source and subject: ten customer pictures are one line with a count. Pure, without Qt.

A line names no customer: what stands in the panel goes along into the register of this one.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kcs_desktop.sdk import GeraadpleegdeBron

_WAT = {"brp": "klanten", "kvk": "klanten", "klant": "klanten", "zaak": "zaken"}  # what there is one source of, by kind


class Brongroep(msgspec.Struct, frozen=True):
    """One line: `plaatsen` are the places of its sources in the vraag. It goes along when any of them does."""

    naam: str
    plaatsen: tuple[int, ...]
    meegenomen: bool


def grouped(bronnen: Sequence[GeraadpleegdeBron]) -> tuple[Brongroep, ...]:
    """In the order in which they were first consulted."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, bron in enumerate(bronnen):
        places.setdefault((bron.soort, bron.titel), []).append(place)
    return tuple(
        Brongroep(_named(soort, titel, len(found)), tuple(found), any(bronnen[place].meegenomen for place in found))
        for (soort, titel), found in places.items()
    )


def _named(soort: str, titel: str, aantal: int) -> str:
    if aantal == 1:
        return titel
    return f"{titel} ({aantal} {_WAT.get(soort, 'keer')})"
