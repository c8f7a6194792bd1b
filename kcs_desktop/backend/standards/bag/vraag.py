"""A question to the BAG, parsed from the query string with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.problem import InvalidBody, InvalidParam

MAX_PER_PAGINA = 100
MAX_PAGINA = 1000
_ONJUIST = "invalid"
_PATRONEN: dict[str, tuple[str, str]] = {
    "postcode": (r"[1-9][0-9]{3} ?[A-Za-z]{2}", "Een postcode is als 9999 ZZ."),
    "huisletter": (r"[A-Za-z]", "Een huisletter is een letter."),
    "huisnummertoevoeging": (r"[A-Za-z0-9]{1,4}", "Een toevoeging heeft hoogstens vier letters en cijfers."),
    "exacteMatch": (r"true|false", "Kies true of false."),
    "adresseerbaarObjectIdentificatie": (r"[0-9]{16}", "Een identificatie heeft 16 cijfers."),
    "zoekresultaatIdentificatie": (r"[A-Za-z0-9._~-]{1,250}", "Dit is geen identificatie van een zoekresultaat."),
}
_TEKST = {"woonplaatsNaam": 80, "openbareRuimteNaam": 80, "zoek": 200}
_GETALLEN = {"huisnummer": 99999, "page": MAX_PAGINA, "pageSize": MAX_PER_PAGINA}
_OF_ADRESSEN = frozenset(
    {*_PATRONEN, "woonplaatsNaam", "openbareRuimteNaam", "huisnummer", "page", "pageSize"}
)  # fmt: skip
_OF_ZOEK = frozenset({"zoek", "page", "pageSize"})
# One of these sets must be there as a whole.
_VRAAGT = (
    {"zoekresultaatIdentificatie"},
    {"adresseerbaarObjectIdentificatie"},
    {"postcode", "huisnummer"},
    {"woonplaatsNaam", "openbareRuimteNaam", "huisnummer"},
)


class Vraag(msgspec.Struct, frozen=True):
    """`waarden` holds the criteria as the BAG spells them; numbers are numbers."""

    waarden: Mapping[str, Any]
    pagina: int = 1
    per_pagina: int = 20


def parse_adressen(parameters: Sequence[tuple[str, str]]) -> Vraag:
    """Of `/adressen`. Raises InvalidBody (400)."""
    vraag, fouten = _parse(parameters, _OF_ADRESSEN)
    if not fouten and not any(nodig <= vraag.waarden.keys() for nodig in _VRAAGT):
        fouten.append(
            InvalidParam(
                "postcode", "required", "Geef postcode en huisnummer, of straat, huisnummer en plaats, of een id."
            )
        )
    return _checked(vraag, fouten)


def parse_zoek(parameters: Sequence[tuple[str, str]]) -> Vraag:
    """Of `/adressen/zoek`. Raises InvalidBody (400)."""
    vraag, fouten = _parse(parameters, _OF_ZOEK)
    if not fouten and "zoek" not in vraag.waarden:
        fouten.append(InvalidParam("zoek", "required", "Geef een deel van een adres."))
    return _checked(vraag, fouten)


def _checked(vraag: Vraag, fouten: list[InvalidParam]) -> Vraag:
    if fouten:
        raise InvalidBody(fouten[:50], "De vraag aan de BAG klopt niet.")
    return vraag


def _parse(parameters: Sequence[tuple[str, str]], mag: frozenset[str]) -> tuple[Vraag, list[InvalidParam]]:
    fouten: list[InvalidParam] = []
    waarden: dict[str, Any] = {}
    for naam, tekst in parameters:
        lees = _READERS.get(naam) if naam in mag else None
        if lees is None:
            fouten.append(InvalidParam(naam[:100], "unknown-parameter", "Deze parameter bestaat niet."))
        elif naam in waarden:
            fouten.append(InvalidParam(naam, _ONJUIST, "Geef deze parameter een keer."))
        else:
            waarden[naam], reden = lees(naam, tekst)
            if reden:
                fouten.append(InvalidParam(naam, _ONJUIST, reden))
    pagina, per_pagina = waarden.pop("page", 1), waarden.pop("pageSize", 20)
    return Vraag(waarden, pagina, per_pagina), fouten


def _pattern(naam: str, tekst: str) -> tuple[Any, str]:
    patroon, reden = _PATRONEN[naam]
    return tekst, "" if re.fullmatch(patroon, tekst, re.ASCII) else reden


def _text(naam: str, tekst: str) -> tuple[Any, str]:
    if not tekst.strip() or "\x00" in tekst:
        return tekst, "Vul een tekst in."
    return tekst, "" if len(tekst) <= _TEKST[naam] else f"Hooguit {_TEKST[naam]} tekens."


def _number(naam: str, tekst: str) -> tuple[Any, str]:
    if not re.fullmatch(r"[0-9]{1,6}", tekst) or not 1 <= int(tekst) <= _GETALLEN[naam]:
        return 1, f"Kies een getal van 1 tot en met {_GETALLEN[naam]}."
    return int(tekst), ""


_READERS: dict[str, Callable[[str, str], tuple[Any, str]]] = {
    **dict.fromkeys(_PATRONEN, _pattern),
    **dict.fromkeys(_TEKST, _text),
    **dict.fromkeys(_GETALLEN, _number),
}
