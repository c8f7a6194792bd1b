"""What a catalogue says of a property of a zaak, and whether a value fits it. A format that nobody knows fits all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_GETAL = re.compile(r"[+-]?([0-9]+)(?:[.,]([0-9]+))?")
_DATUMS = ("%Y%m%d", "%Y-%m-%d")
_MOMENTEN = ("%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M")
_ZONE = re.compile(r"(?:\.[0-9]{1,6})?(Z|[+-][0-9]{2}:?[0-9]{2})?$")


def objection_to(waarde: str, specificatie: Mapping[str, Any] | None) -> str:
    """Why this value does not fit the specificatie of its eigenschap (formaat, lengte, kardinaliteit,
    waardenverzameling), in Dutch; "" where it fits."""
    if not specificatie:
        return ""
    keuzes = [str(keuze) for keuze in specificatie.get("waardenverzameling") or ()]
    if keuzes and waarde not in keuzes:
        return f"Kies een van de waarden uit de catalogus: {', '.join(keuzes)[:500]}."
    lengte = str(specificatie.get("lengte") or "")
    match specificatie.get("formaat"):
        case "tekst":
            return _too_long(waarde, lengte)
        case "getal":
            return _no_number(waarde, lengte)
        case "datum":
            return "" if _fits(waarde, _DATUMS) else "Dit is geen geldige datum, zoals 2026-11-24."
        case "datum_tijd":
            fits = _fits(waarde, _MOMENTEN) or _fits(_ZONE.sub("", waarde), _MOMENTEN)
            return "" if fits else "Dit is geen geldige datum met tijd, zoals 2026-11-24T14:05:00."
    return ""


def _too_long(waarde: str, lengte: str) -> str:
    if lengte.isascii() and lengte.isdigit() and len(waarde) > int(lengte):
        return f"Deze waarde mag niet langer zijn dan {lengte} tekens."
    return ""


def _no_number(waarde: str, lengte: str) -> str:
    found = _GETAL.fullmatch(waarde)
    if found is None or not waarde.isascii():
        return "Dit is geen geldig getal."
    voor, _, achter = lengte.replace(".", ",").partition(",")
    if voor.isdigit() and len(found[1]) > int(voor):
        return f"Dit getal mag niet meer dan {voor} cijfers voor de komma hebben."
    if (achter.isdigit() or not achter) and voor.isdigit() and len(found[2] or "") > int(achter or 0):
        return f"Dit getal mag niet meer dan {achter or 0} cijfers achter de komma hebben."
    return ""


def _fits(waarde: str, vormen: tuple[str, ...]) -> bool:
    for vorm in vormen:
        try:
            datetime.strptime(waarde, vorm)  # noqa: DTZ007 -- only whether it is one
        except ValueError:
            continue
        return True
    return False
