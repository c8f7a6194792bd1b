"""Telephone numbers in any notation, their one normal form, and how people write them."""

from __future__ import annotations

import re
from typing import NewType

from kcs_desktop.domain.errors import InvalidInput

Telefoonnummer = NewType("Telefoonnummer", str)

_PUNCTUATION = re.compile(r"[\s().\-/\u2010-\u2015\u00a0]+")
_IN_TEXT = re.compile(r"(?<![\d+(])(?:\+\d|\(?0)[\d() ]{6,18}\d(?!\d)")
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_MUNICIPAL = re.compile(r"140\d{2,3}")  # 14 + area code: 14023, 140515
_SERVICE = re.compile(r"0(?:800|900|906|909)(?:\d{4}|\d{7})")
# Area codes of three digits; every other one has four.
_THREE_DIGITS = (
    "010 013 014 015 020 023 024 026 030 033 035 036 038 040 043 045 046 050 053 055 058 070 071 072 073 074 075 076 "
    "077 078 079 082 084 085 087 088 091"
)
_THREE = frozenset(_THREE_DIGITS.split())
_COUNTRIES = (
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 "
    "91 92 93 94 95 98"
)
_TWO_DIGIT_COUNTRIES = frozenset(_COUNTRIES.split())
_EMERGENCY = "112"


def parse_telefoonnummer(tekst: str, *, field: str = "telefoonnummer") -> Telefoonnummer:
    """ "+31612345678" for a Dutch or foreign number; 14 0xx, 0800, 0900 and 112 stay as they are dialled."""
    getypt = _TRUNK_ZERO.sub("", tekst) if tekst.lstrip().startswith(("+", "00")) else tekst
    cijfers = _PUNCTUATION.sub("", getypt)
    if not cijfers:
        raise InvalidInput("Vul een telefoonnummer in.", field=field, code="telefoon-leeg")
    if cijfers.startswith("00"):
        cijfers = "+" + cijfers[2:]
    kaal = cijfers.removeprefix("+")
    if not (kaal.isascii() and kaal.isdigit()):
        raise InvalidInput("Een telefoonnummer bestaat uit cijfers.", field=field, code="telefoon-tekens")
    if cijfers.startswith("+31"):
        cijfers = "0" + kaal[2:].removeprefix("0")
    elif cijfers.startswith("+"):
        if not 7 <= len(kaal) <= 15 or kaal[0] == "0":
            raise InvalidInput(
                "Een buitenlands telefoonnummer heeft na de + 7 tot 15 cijfers.", field=field, code="telefoon-lengte"
            )
        return Telefoonnummer(cijfers)
    if cijfers == _EMERGENCY or _MUNICIPAL.fullmatch(cijfers) or _SERVICE.fullmatch(cijfers):
        return Telefoonnummer(cijfers)
    if not cijfers.startswith("0"):
        raise InvalidInput(
            "Een telefoonnummer begint met 0 of met +.",
            field=field,
            code="telefoon-begin",
            advice="Vul ook het netnummer in.",
        )
    if len(cijfers) != 10 or cijfers[1] == "0":
        raise InvalidInput(
            f"Een Nederlands telefoonnummer heeft 10 cijfers. Dit zijn er {len(cijfers)}.",
            field=field,
            code="telefoon-lengte",
        )
    return Telefoonnummer("+31" + cijfers[1:])


def display_telefoonnummer(nummer: str) -> str:
    """The normal form as people write it: "06 12 34 56 78", "(0515) 12 34 56", "+32 2 123 45 67" in groups.

    What is no normal form (a number that another system stored) is given back unchanged.
    """
    if _MUNICIPAL.fullmatch(nummer):
        return f"14 {nummer[2:]}"
    if _SERVICE.fullmatch(nummer):
        return f"{nummer[:4]} {nummer[4:]}" if len(nummer) == 8 else f"{nummer[:4]} {nummer[4:7]} {nummer[7:]}"
    if not nummer.startswith("+") or not nummer[1:].isdigit():
        return nummer
    if not nummer.startswith("+31") or len(nummer) != 12:
        return _foreign(nummer[1:])
    binnenlands = "0" + nummer[3:]
    if binnenlands.startswith("06"):
        return f"06 {_pairs(binnenlands[2:])}"
    if binnenlands[:3] in _THREE:
        kern = f"{binnenlands[3:6]} {binnenlands[6:8]} {binnenlands[8:]}"
        return f"{binnenlands[:3]} {kern}" if binnenlands[:2] in ("08", "09") else f"({binnenlands[:3]}) {kern}"
    return f"({binnenlands[:4]}) {_pairs(binnenlands[4:])}"


def written_telefoonnummer(tekst: str) -> str:
    """Any notation of a number as people write it; what is no number, as it was given."""
    try:
        return display_telefoonnummer(parse_telefoonnummer(tekst))
    except InvalidInput:
        return tekst


def unbroken_numbers(tekst: str) -> str:
    """The text with its telephone numbers, written in groups, kept on one line: with no-break spaces."""
    return _IN_TEXT.sub(lambda nummer: nummer[0].replace(" ", "\u00a0"), tekst)


def _pairs(cijfers: str) -> str:
    return " ".join(cijfers[i : i + 2] for i in range(0, len(cijfers), 2))


def _foreign(cijfers: str) -> str:
    lengte = 1 if cijfers[0] in "17" else 2 if cijfers[:2] in _TWO_DIGIT_COUNTRIES else 3
    rest = cijfers[lengte:]
    return f"+{cijfers[:lengte]} " + " ".join(rest[i : i + 3] for i in range(0, len(rest), 3))
