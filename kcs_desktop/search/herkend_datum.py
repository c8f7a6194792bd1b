"""A birth date within a line of text: alone, before or behind a name."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from kcs_desktop.domain.datum import looks_like_datum, parse_datum
from kcs_desktop.domain.errors import InvalidInput

_BORN = re.compile(r"\b(?:geb(?:oren)?\.?(?:\s+op)?|geboortedatum:?)\s+|\*(?=\d)", re.IGNORECASE)
_MAX_DATE_WORDS = 3
_OLDEST = 115
_STREET = re.compile(r"(?:straat|laan|weg|plein|kade|gracht|steeg|dijk|hof|pad|singel|str|ln)$", re.IGNORECASE)
# The beginning of a mobile number and a municipal number (14 0xx) have the shape of a date too.
_DIALLED = re.compile(r"0\d \d\d \d\d|14[ \-]0\d{2,3}", re.ASCII)
_SEPARATED = re.compile(r"\D")


class Datumdeel(msgspec.Struct, frozen=True):
    """`rest` is the text around the date. A date that cannot be leaves `iso` empty and says why in `fout`."""

    rest: str
    iso: str
    fout: str = ""


def without_born(tekst: str) -> str:
    """The text without "geb." and the like before its date."""
    return _BORN.sub("", tekst)


def is_datum(tekst: str) -> bool:
    """Whether the whole text is a date. Bare digits are not: those are numbers first, and neither is "06 12 34"."""
    plain = without_born(tekst)
    if not _SEPARATED.search(plain) or _DIALLED.fullmatch(plain):
        return plain != tekst and looks_like_datum(plain)
    return looks_like_datum(plain)


def split_date(tekst: str, today: date) -> Datumdeel | None:
    """The date at either end of the text or between names, and the name that is left; None where there is none."""
    plain = without_born(tekst)
    woorden = plain.replace(",", " , ").split()
    for aantal in range(min(_MAX_DATE_WORDS, len(woorden) - 1), 0, -1):
        for getypt, rest in (
            (woorden[-aantal:], woorden[:-aantal]),
            (woorden[:aantal], woorden[aantal:]),
        ):
            if looks_like_datum(" ".join(getypt)) and any(teken.isalpha() for teken in "".join(rest)):
                return _read(" ".join(getypt), " ".join(rest).replace(" ,", ",").strip(", "), today)
    for plek in range(1, len(woorden) - _MAX_DATE_WORDS):  # written out: no house number is followed by a month
        getypt = woorden[plek : plek + _MAX_DATE_WORDS]
        if getypt[1].rstrip(".").isalpha() and looks_like_datum(" ".join(getypt)):
            rest = woorden[:plek] + woorden[plek + _MAX_DATE_WORDS :]
            return _read(" ".join(getypt), " ".join(rest).replace(" ,", ","), today)
    for plek in range(1, len(woorden) - 1):  # between the names, where it cannot be a house number
        if _SEPARATED.search(woorden[plek]) and woorden[plek][0].isdigit() and looks_like_datum(woorden[plek]):
            return _read(woorden[plek], " ".join(woorden[:plek] + woorden[plek + 1 :]).replace(" ,", ","), today)
    laatste = woorden[-1] if len(woorden) > 1 else ""
    if re.fullmatch(r"(?:18|19|20)\d\d", laatste, re.ASCII) and not _STREET.search(woorden[-2]):
        jaar = int(laatste)
        if today.year - _OLDEST <= jaar <= today.year:
            return Datumdeel(" ".join(woorden[:-1]).replace(" ,", ",").strip(", "), laatste)
    return None


def _read(getypt: str, rest: str, today: date) -> Datumdeel:
    try:
        return Datumdeel(rest, parse_datum(getypt, today).iso)
    except InvalidInput as error:
        return Datumdeel(rest, "", f"{error.message} {error.advice}".strip())
