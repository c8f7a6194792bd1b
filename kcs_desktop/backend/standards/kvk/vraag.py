"""A search in the Handelsregister, parsed from the query string with every fault told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from kcs_desktop.backend.problem import InvalidParam
from kcs_desktop.backend.standards.kvk.fout import ONJUIST, wrong
from kcs_desktop.backend.standards.lezers import Lezer, number, pattern, text

SOORTEN = ("hoofdvestiging", "nevenvestiging", "rechtspersoon")
MAX_PER_PAGINA = 100
MAX_PAGINA = 1000
_LEZERS: Mapping[str, Lezer] = {
    "kvkNummer": pattern(r"[0-9]{8}", "Een KvK-nummer heeft 8 cijfers."),
    "rsin": pattern(r"[0-9]{9}", "Een RSIN heeft 9 cijfers."),
    "vestigingsnummer": pattern(r"[0-9]{12}", "Een vestigingsnummer heeft 12 cijfers."),
    "postcode": pattern(r"[1-9][0-9]{3} ?[A-Za-z]{2}", "Een postcode is als 9999 ZZ."),
    "huisletter": pattern(r"[a-zA-Z]", "Een huisletter is een letter."),
    "inclusiefInactieveRegistraties": pattern(r"true|false", "Kies true of false."),
    "naam": text(500),
    "straatnaam": text(300),
    "plaats": text(300),
    "huisnummer": number(99999),
    "pagina": number(MAX_PAGINA),
    "resultatenPerPagina": number(MAX_PER_PAGINA),
}
_VRAAGT = ("naam", "kvkNummer", "rsin", "vestigingsnummer", "postcode", "straatnaam", "plaats")


class Zoekvraag(msgspec.Struct, frozen=True):
    """`waarden` holds the criteria as KvK spells them; numbers are numbers."""

    waarden: Mapping[str, Any]
    soorten: tuple[str, ...]
    pagina: int = 1
    per_pagina: int = 10


def parse(parameters: Sequence[tuple[str, str]]) -> Zoekvraag:
    """Raises KvkFout (400)."""
    fouten: list[InvalidParam] = []
    waarden: dict[str, Any] = {}
    soorten: list[str] = []
    for naam, tekst in parameters:
        if naam == "type":
            soorten.append(tekst)
            if tekst not in SOORTEN:
                fouten.append(_fault(naam, f"Kies uit {', '.join(SOORTEN)}."))
            continue
        lees = _LEZERS.get(naam)
        if lees is None:
            fouten.append(_fault(naam, "Deze parameter bestaat niet."))
        elif naam in waarden:
            fouten.append(_fault(naam, "Geef deze parameter een keer."))
        else:
            waarde, fout = lees(tekst)
            waarden[naam] = waarde
            if fout:
                fouten.append(_fault(naam, fout))
    if not fouten and not any(waarden.get(naam) for naam in _VRAAGT):
        fouten.append(_fault("naam", "Geef ten minste een zoekcriterium."))
    if "huisnummer" in waarden and not ({"postcode", "straatnaam"} & waarden.keys()):
        fouten.append(_fault("huisnummer", "Geef er een postcode of straatnaam bij."))
    if fouten:
        raise wrong(fouten[:50])
    pagina, per_pagina = waarden.pop("pagina", 1), waarden.pop("resultatenPerPagina", 10)
    return Zoekvraag(waarden, tuple(dict.fromkeys(soorten)) or SOORTEN, pagina, per_pagina)


def _fault(naam: str, reden: str) -> InvalidParam:
    return InvalidParam(naam, ONJUIST, reden)
