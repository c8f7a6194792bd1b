"""An address as Klantinteracties keeps it, in fields or in free lines, read into what can be searched."""

from __future__ import annotations

import msgspec

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.postcode import Huisnummer, parse_huisnummer, split_postcode
from kcs_desktop.search.herkend_adres import split_address


class Postadres(msgspec.Struct, frozen=True):
    """Whatever could be read; the rest is empty."""

    straat: str = ""
    huis: Huisnummer | None = None
    postcode: str = ""
    plaats: str = ""


def read_address(
    straat: str, huisnummer: int | None, toevoeging: str, postcode: str, plaats: str, regel1: str, regel2: str
) -> Postadres | None:
    """Fields go before free lines; None where there is nothing at all."""
    if straat or huisnummer or postcode:
        return Postadres(straat, _house(huisnummer, toevoeging), _postcode(postcode), plaats)
    if not (regel1 or regel2):
        return Postadres(plaats=plaats) if plaats else None
    adres = split_address(regel1)
    code, stad = split_postcode(regel2) or ("", regel2)
    if adres is None:
        return Postadres(regel1, None, _postcode(code), plaats or stad)
    return Postadres(adres.straat, adres.huis, _postcode(code) or adres.postcode, plaats or stad or adres.plaats)


def _house(huisnummer: int | None, toevoeging: str) -> Huisnummer | None:
    """The register has one field for letter and addition together."""
    if huisnummer is None:
        return None
    try:
        return parse_huisnummer(f"{huisnummer} {toevoeging}")
    except InvalidInput:
        return Huisnummer(huisnummer)


def _postcode(postcode: str) -> str:
    return postcode.replace(" ", "").upper()
