"""What a role may do: the rules behind `functies_per_rol.csv`.

The backend enforces this table, the window shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache

import msgspec


class Recht(IntEnum):
    """Each right holds the lower ones: who may change may consult."""

    GEEN = 0
    RAADPLEGEN = 1
    WIJZIGEN = 2
    BEHEREN = 3


_TEKENS = {"-": Recht.GEEN, "r": Recht.RAADPLEGEN, "m": Recht.WIJZIGEN, "b": Recht.BEHEREN}


class Rechtentabel(msgspec.Struct, frozen=True):
    """Rights per functie and role."""

    rollen: tuple[str, ...]
    functies: Mapping[str, Mapping[str, Recht]]

    def recht(self, functie: str, rollen: Iterable[str]) -> Recht:
        """The widest right that any of the roles gives; GEEN for an unknown functie or role."""
        rij = self.functies.get(functie, {})
        return max((rij.get(rol, Recht.GEEN) for rol in rollen), default=Recht.GEEN)

    def rechten(self, rollen: Iterable[str]) -> dict[str, Recht]:
        """Every functie with the right these roles give."""
        namen = tuple(rollen)
        return {functie: self.recht(functie, namen) for functie in self.functies}


def parse_rechtentabel(tekst: str) -> Rechtentabel:
    """From the CSV's text: `functie;rol;rol…` with `-`, `r`, `m` or `b`.

    Raises ValueError with the line that is wrong.
    """
    import csv

    regels = [rij for rij in csv.reader(tekst.splitlines(), delimiter=";") if rij]
    kop, *rest = regels
    rollen = tuple(kop[1:])
    functies: dict[str, dict[str, Recht]] = {}
    for nummer, rij in enumerate(rest, start=2):
        if len(rij) != len(kop) or any(teken not in _TEKENS for teken in rij[1:]):
            raise ValueError(f"functies_per_rol.csv, regel {nummer}: {';'.join(rij)}")
        functies[rij[0]] = {rol: _TEKENS[teken] for rol, teken in zip(rollen, rij[1:], strict=True)}
    return Rechtentabel(rollen, functies)


@cache
def default_rechtentabel() -> Rechtentabel:
    """The table that ships with the product."""
    from importlib.resources import files  # the window needs `Recht` before its first paint, and the table after

    return parse_rechtentabel(files("kcs_desktop.domain").joinpath("functies_per_rol.csv").read_text("utf-8"))
