"""What a catalogue says of a property of a zaak: whether a value fits it, and how one is written for the eye. A format
that nobody knows fits all, and is shown as it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from kcs_desktop.domain.datum import MAANDEN
from kcs_desktop.domain.weergave import local

_GETAL = re.compile(r"[+-]?([0-9]+)(?:[.,]([0-9]+))?")
_TEKEN = re.compile(r"[+\-\u2212\u2013]\s*[0-9]")  # registers take no sign, also where one of them wrote it once
_CIJFERS = re.compile(r"[0-9]{8}(?:[0-9]{6})?")  # strptime takes one digit for two: 2026124 would be a day
_STREEPJES = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
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


def shown(waarde: str, formaat: str) -> str:
    """ "6 november 2026", "6 november 2026 14:05", "3,5"; what is none of its format stays as it was sent."""
    match formaat:
        case "datum" if (dag := _read(waarde, _DATUMS)) is not None:
            return _day(dag)
        case "datum_tijd" if (moment := _moment(waarde)) is not None:
            return f"{_day(moment)} {moment:%H:%M}"
        case "getal" if waarde.isascii() and _GETAL.fullmatch(waarde):
            return waarde.replace(".", ",")
    return waarde


def aligned(getallen: Sequence[str]) -> tuple[str, ...]:
    """Numbers under each other at their comma, with blanks as wide as a digit before them."""
    voor = [len(getal.partition(",")[0]) for getal in getallen]
    breedst = max(voor, default=0)
    return tuple("\u2007" * (breedst - eigen) + getal for eigen, getal in zip(voor, getallen, strict=True))


def _day(moment: datetime) -> str:
    return f"{moment.day} {MAANDEN[moment.month - 1]} {moment.year}"


def _moment(waarde: str) -> datetime | None:
    """On the clock on the wall; what says no zone is of here."""
    moment = _read(waarde, _MOMENTEN) or _read(_ZONE.sub("", waarde), _MOMENTEN)
    if moment is None:
        return None
    zone = _ZONE.search(waarde)
    if moment.tzinfo is None and zone is not None and zone[1]:
        moment = datetime.strptime(f"{moment.isoformat()}{zone[1]}", "%Y-%m-%dT%H:%M:%S%z")
    try:
        return local(moment) if moment.tzinfo is not None else moment
    except OverflowError:  # in the first or the last hours that can be counted
        return None


def _too_long(waarde: str, lengte: str) -> str:
    if lengte.isascii() and lengte.isdigit() and len(waarde) > int(lengte):
        return f"Deze waarde mag niet langer zijn dan {lengte} tekens."
    return ""


def _no_number(waarde: str, lengte: str) -> str:
    if _TEKEN.match(waarde):
        return "Vul dit getal in zonder plus of min ervoor."
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
    return _read(waarde, vormen) is not None


def _read(waarde: str, vormen: tuple[str, ...]) -> datetime | None:
    """Written in full, every digit of it."""
    kaal = _ZONE.sub("", waarde)
    if not _CIJFERS.fullmatch(kaal) and not _STREEPJES.fullmatch(kaal):
        return None
    for vorm in vormen:
        try:
            return datetime.strptime(waarde, vorm)  # noqa: DTZ007 -- some of them say no zone
        except ValueError:
            continue
    return None
