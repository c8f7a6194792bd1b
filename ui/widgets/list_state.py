"""How a list stands, and the words that go with it. Pure: never silently cut, never pretending to be live."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.sdk import Bron, Bronstand, display_since, one_line

VERDER = "U kunt gewoon verder werken."


class Lijststand(StrEnum):
    """The five states of a list."""

    LEEG = "leeg"
    LAADT = "laadt"
    RESULTAAT = "resultaat"
    GEDEELTELIJK = "gedeeltelijk"
    FOUT = "fout"


class Lijstbeeld(msgspec.Struct, frozen=True):
    """`bijschrift` stands at the right of the card's title; `actie` is what an empty list offers to do."""

    stand: Lijststand
    bijschrift: str = ""
    melding: str = ""
    advies: str = ""
    actie: str = ""


def of_source(
    bron: Bron, rows: int, now: datetime, *, leeg: str, stil: str, says_age: bool = True, has_failed: bool = False
) -> Lijstbeeld:
    """Of a list whose rows come from one source. `leeg` is said where it has none, `stil` where it did not say why it
    does not answer; `says_age` where nothing else in sight tells how old rows from the store are."""
    sinds = f" Dit is van {display_since(bron.opgehaald_op, now)}." if bron.opgehaald_op else ""
    if bron.stand is Bronstand.FOUT or (has_failed and bron.stand is not Bronstand.KLAAR):
        wat = one_line(bron.melding).rstrip(".") or stil
        if rows:
            return Lijstbeeld(Lijststand.GEDEELTELIJK, melding=f"{wat}.{sinds}")
        return Lijstbeeld(Lijststand.FOUT, melding=f"{wat}.", advies=VERDER)
    if bron.stand is Bronstand.NIET_GEVRAAGD and not rows:
        return Lijstbeeld(Lijststand.LEEG, melding=one_line(bron.melding) or "Niet opgevraagd.")
    if rows:
        oud = says_age and bron.uit_cache and bron.opgehaald_op
        return Lijstbeeld(Lijststand.RESULTAAT, f"van {display_since(bron.opgehaald_op, now)}" if oud else "")
    if bron.stand in (Bronstand.WACHT, Bronstand.LAADT):
        return Lijstbeeld(Lijststand.LAADT)
    return Lijstbeeld(Lijststand.LEEG, melding=leeg)
