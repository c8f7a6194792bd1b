"""The kind under which a register keeps a digital address, where that is not the one that people would call it."""

from __future__ import annotations

import re

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.klant import DigitaalAdres, SoortDigitaalAdres
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer

# The rule of Klantinteracties 0.9.0 for the `adres` of a telefoonnummer.
_TELEFOON = re.compile(r"0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13}")
_REFUSED = ("0800", "0900", "088", "140")


def takes_as_number(adres: str) -> bool:
    """Whether the standard takes this for a telephone number: not 14 0515, 0800, 0900 or 112."""
    return _TELEFOON.fullmatch(adres) is not None and not adres.startswith(_REFUSED)


def kind_in_register(adres: DigitaalAdres) -> str:
    """The `soortDigitaalAdres` to write. A number that the standard refuses is kept as another address."""
    is_refused = adres.soort is SoortDigitaalAdres.TELEFOONNUMMER and not takes_as_number(adres.adres)
    return SoortDigitaalAdres.OVERIG.value if is_refused else adres.soort.value


def kind_from_register(soort: str, adres: str) -> SoortDigitaalAdres:
    """What it is to people. A kind that nobody knows is another address."""
    if soort != SoortDigitaalAdres.OVERIG.value:
        return next((al for al in SoortDigitaalAdres if al.value == soort), SoortDigitaalAdres.OVERIG)
    try:
        is_number = parse_telefoonnummer(adres) == adres and not takes_as_number(adres)
    except InvalidInput:
        is_number = False
    return SoortDigitaalAdres.TELEFOONNUMMER if is_number else SoortDigitaalAdres.OVERIG
