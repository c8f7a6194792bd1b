"""The knip of a process: which of its steps the 1e lijn does, who goes on after that, and where that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from kcs_desktop.domain.catalogus import Knipstap

EERSTE, TWEEDE = "1e lijn", "2e lijn"
OPEN = "nog niet belegd"


class Knipdeel(msgspec.Struct, frozen=True):
    """Steps that follow each other, by one executor. `wie` is the department for the 2e lijn; "" is an open step."""

    stappen: tuple[Knipstap, ...]
    wie: str
    is_eerste_lijn: bool = False

    @property
    def nummers(self) -> str:
        """ "stap 1", "stap 2 en 3", "stap 2 tot en met 6"."""
        van, tot = self.stappen[0].nummer, self.stappen[-1].nummer
        if van == tot:
            return f"stap {van}"
        return f"stap {van} en {tot}" if tot == van + 1 else f"stap {van} tot en met {tot}"


class Knipbeeld(msgspec.Struct, frozen=True, omit_defaults=True):
    """`uitvoerder` is who does the work, and where, as the catalogue of this municipality says it."""

    delen: tuple[Knipdeel, ...] = ()
    uitvoerder: str = ""

    @property
    def samenvatting(self) -> str:
        """On one line: "1e lijn: stap 1, daarna Bouwen en Wonen"; "" where nothing is known."""
        if not self.delen:
            return ""
        eerste, *later = self.delen
        begin = f"{EERSTE}: {eerste.nummers}" if eerste.is_eerste_lijn else f"{_who(eerste)}: {eerste.nummers}"
        if not later:
            return f"{EERSTE}: alle stappen" if eerste.is_eerste_lijn else begin
        daarna = tuple(dict.fromkeys(_who(deel) for deel in later))
        return f"{begin}, daarna {', dan '.join(daarna)}"

    @property
    def eigen(self) -> tuple[Knipstap, ...]:
        """The steps of the 1e lijn."""
        return tuple(stap for deel in self.delen if deel.is_eerste_lijn for stap in deel.stappen)

    @property
    def open(self) -> tuple[Knipstap, ...]:
        """The steps that nobody was given."""
        return tuple(stap for deel in self.delen if not deel.wie for stap in deel.stappen)


def knipbeeld(stappen: Sequence[Knipstap], afdeling: str = "", uitvoerder: str = "") -> Knipbeeld:
    """Of a process; its steps of the 2e lijn are those of `afdeling`."""
    return Knipbeeld(tuple(_parts(sorted(stappen, key=lambda stap: stap.nummer), afdeling)), uitvoerder)


def _parts(stappen: Sequence[Knipstap], afdeling: str) -> Iterator[Knipdeel]:
    for (wie, is_eerste), deel in groupby(stappen, key=lambda stap: (_executor(stap, afdeling), stap.lijn == "1")):
        yield Knipdeel(tuple(deel), wie, is_eerste)


def _executor(stap: Knipstap, afdeling: str) -> str:
    if stap.lijn == "1":
        return EERSTE
    if stap.lijn == "2" or stap.uitvoerder == TWEEDE:
        return afdeling or TWEEDE
    return stap.uitvoerder


def _who(deel: Knipdeel) -> str:
    return deel.wie or OPEN
