"""A street with a house number within a line of text, with or without postcode and place."""

from __future__ import annotations

import re

import msgspec

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.postcode import Huisnummer, parse_huisnummer, split_postcode

# The first number that is not the start of the text, unless it is a year in the street's name ("Plein 1945 3").
_ADDRESS = re.compile(
    r"(?P<straat>.*?[^\W\d_].*?)[\s,]+(?P<nr>\d{1,5})(?P<deel>\s?-?\s?[a-z](?![^\W\d_])|)"
    r"(?P<toe>[\s\-]+(?:bis|hs|hg|zw|rd|\d{1,3}[a-z]{0,2}|i{1,3})(?!\w)|)(?:[\s,]+(?P<rest>\D.*|[1-9]\d{3}\s?[a-z]{2}.*))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<straat>.*[^\W\d_]\s+1[5-9]\d\d)\s+(?P<rest>\d.*)")


class Adres(msgspec.Struct, frozen=True):
    """What was read. `plaats` and `postcode` may be empty."""

    straat: str
    huis: Huisnummer
    postcode: str = ""
    plaats: str = ""


def split_address(tekst: str) -> Adres | None:
    """The address in the text, or None where it is none."""
    if year := _YEAR.fullmatch(tekst):
        inner = _ADDRESS.fullmatch(f"x {year['rest']}")
        return _adres(year["straat"], inner) if inner else None
    found = _ADDRESS.fullmatch(tekst)
    return _adres(found["straat"], found) if found else None


def _adres(straat: str, found: re.Match[str]) -> Adres | None:
    try:
        huis = parse_huisnummer(f"{found['nr']}{found['deel']}{found['toe']}")
    except InvalidInput:
        return None
    rest = (found["rest"] or "").strip(" ,")
    postcode = split_postcode(rest)
    if postcode:
        return Adres(straat.strip(" ,"), huis, postcode[0].replace(" ", "").upper(), postcode[1])
    return Adres(straat.strip(" ,"), huis, plaats=rest)
