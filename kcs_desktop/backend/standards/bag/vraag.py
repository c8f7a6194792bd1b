"""A question to the BAG, parsed from the query string with every fault told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.standards.lezers import Lezer, number, pattern, text

MAX_PER_PAGINA = 100
MAX_PAGINA = 1000
_ONJUIST = "invalid"
_LEZERS: Mapping[str, Lezer] = {
    "postcode": pattern(r"[1-9][0-9]{3} ?[A-Za-z]{2}", "Een postcode is als 9999 ZZ."),
    "huisletter": pattern(r"[A-Za-z]", "Een huisletter is een letter."),
    "huisnummertoevoeging": pattern(r"[A-Za-z0-9]{1,4}", "Een toevoeging heeft hoogstens vier letters en cijfers."),
    "exacteMatch": pattern(r"true|false", "Kies true of false."),
    "adresseerbaarObjectIdentificatie": pattern(r"[0-9]{16}", "Een identificatie heeft 16 cijfers."),
    "zoekresultaatIdentificatie": pattern(
        r"[A-Za-z0-9._~-]{1,250}", "Dit is geen identificatie van een zoekresultaat."
    ),
    "woonplaatsNaam": text(80),
    "openbareRuimteNaam": text(80),
    "huisnummer": number(99999),
    "zoek": text(200),
    "page": number(MAX_PAGINA),
    "pageSize": number(MAX_PER_PAGINA),
}
_OF_ADRESSEN = frozenset(_LEZERS.keys() - {"zoek"})
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
        lees = _LEZERS.get(naam) if naam in mag else None
        if lees is None:
            fouten.append(InvalidParam(naam[:100], "unknown-parameter", "Deze parameter bestaat niet."))
        elif naam in waarden:
            fouten.append(InvalidParam(naam, _ONJUIST, "Geef deze parameter een keer."))
        else:
            waarden[naam], reden = lees(tekst)
            if reden:
                fouten.append(InvalidParam(naam, _ONJUIST, reden))
    pagina, per_pagina = waarden.pop("page", 1), waarden.pop("pageSize", 20)
    return Vraag(waarden, pagina, per_pagina), fouten
