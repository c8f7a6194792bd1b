"""A question to the BRP: parsed and checked against the standard once, with every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from kcs_desktop.backend.problem import InvalidParam
from kcs_desktop.backend.standards.brp.fields import Keuze, is_automatic, keuze, paden
from kcs_desktop.backend.standards.brp.problem import invalid_params, not_json

MAX_BSNS = 20
MAX_FIELDS = 130
MAX_OP_NAAM = 10  # results; a search by address may give more, because a household is one address
MAX_OP_ADRES = 30

_LETTERS = r"[a-zA-Z0-9À-ž .\-']"
PATRONEN: dict[str, str] = {
    "geslachtsnaam": rf"{_LETTERS}{{1,200}}|{_LETTERS}{{3,199}}\*",
    "geslacht": r"[MmVvOo]",
    "voorvoegsel": r"[a-zA-Z ']{1,10}",
    "huisletter": r"[a-zA-Z]",
    "huisnummertoevoeging": r"[a-zA-Z0-9 \-]{1,4}",
    "postcode": r"[1-9][0-9]{3} ?[A-Za-z]{2}",
    "straat": rf"{_LETTERS}{{1,80}}|{_LETTERS}{{7,79}}\*|\*{_LETTERS}{{7,79}}",
    "nummeraanduidingIdentificatie": r"(?!0{16})[0-9]{16}",
    "adresseerbaarObjectIdentificatie": r"(?!0{16})[0-9]{16}",
    "gemeenteVanInschrijving": r"[0-9]{4}",
}
VOORNAMEN_OPTIONEEL = rf"{_LETTERS}{{1,199}}\*?"
VOORNAMEN_VERPLICHT = PATRONEN["geslachtsnaam"]


class Soort(msgspec.Struct, frozen=True):
    """One kind of query: what it needs, what it may carry, how many it answers."""

    verplicht: tuple[str, ...]
    optioneel: tuple[str, ...]
    maximum: int


_ALTIJD = ("gemeenteVanInschrijving",)
_ZOEK = ("inclusiefOverledenPersonen", *_ALTIJD)
_ADRES = ("huisletter", "huisnummertoevoeging", *_ZOEK)
SOORTEN: dict[str, Soort] = {
    "RaadpleegMetBurgerservicenummer": Soort(("burgerservicenummer",), _ALTIJD, MAX_BSNS),
    "ZoekMetGeslachtsnaamEnGeboortedatum": Soort(
        ("geslachtsnaam", "geboortedatum"), ("geslacht", "voorvoegsel", "voornamen", *_ZOEK), MAX_OP_NAAM
    ),
    "ZoekMetNaamEnGemeenteVanInschrijving": Soort(
        ("geslachtsnaam", "voornamen", "gemeenteVanInschrijving"),
        ("geslacht", "voorvoegsel", "inclusiefOverledenPersonen"),
        MAX_OP_NAAM,
    ),
    "ZoekMetPostcodeEnHuisnummer": Soort(
        ("postcode", "huisnummer"), ("geslachtsnaam", "geboortedatum", *_ADRES), MAX_OP_ADRES
    ),
    "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving": Soort(
        ("straat", "huisnummer", "gemeenteVanInschrijving"),
        ("huisletter", "huisnummertoevoeging", "inclusiefOverledenPersonen"),
        MAX_OP_ADRES,
    ),
    "ZoekMetNummeraanduidingIdentificatie": Soort(("nummeraanduidingIdentificatie",), _ZOEK, MAX_OP_ADRES),
    "ZoekMetAdresseerbaarObjectIdentificatie": Soort(("adresseerbaarObjectIdentificatie",), _ZOEK, MAX_OP_ADRES),
}
RAADPLEEG = "RaadpleegMetBurgerservicenummer"
MET_GEZAG = "ZoekMetAdresseerbaarObjectIdentificatie"


class Vraag(msgspec.Struct, frozen=True):
    """A valid question. `waarden` holds the given parameters as the standard spells them."""

    type: str
    fields: Keuze
    waarden: Mapping[str, Any]

    @property
    def maximum(self) -> int:
        return SOORTEN[self.type].maximum

    @property
    def is_raadpleging(self) -> bool:
        return self.type == RAADPLEEG


def parse(body: bytes) -> Vraag:
    """Raises BrpProblem (400) with every fault."""
    try:
        vraag = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        raise not_json() from None
    if not isinstance(vraag, dict):
        raise not_json()
    type_ = vraag.get("type")
    soort = SOORTEN.get(type_) if isinstance(type_, str) else None
    if soort is None or not isinstance(type_, str):
        is_absent = type_ is None or type_ == ""
        fout = ("required", "Parameter is verplicht.") if is_absent else ("value", "Waarde is geen zoektype.")
        raise invalid_params([InvalidParam("type", *fout)])
    fouten = [
        InvalidParam(naam, "required", "Parameter is verplicht.") for naam in soort.verplicht if _is_absent(vraag, naam)
    ]
    for naam, waarde in vraag.items():
        if naam in {"type", "fields"} or (naam in soort.verplicht and _is_absent(vraag, naam)):
            continue
        if naam not in soort.verplicht and naam not in soort.optioneel:
            fouten.append(InvalidParam(naam, "unknownParam", "Parameter is niet verwacht."))
        else:
            fouten.extend(_faults(type_, naam, waarde))
    fouten.extend(_field_faults(type_, vraag.get("fields")))
    if fouten:
        raise invalid_params(fouten[:50])
    return Vraag(type_, keuze(vraag["fields"]), {n: w for n, w in vraag.items() if n not in {"type", "fields"}})


def _is_absent(vraag: Mapping[str, Any], naam: str) -> bool:
    return vraag.get(naam) is None or vraag[naam] == ""


def _faults(type_: str, naam: str, waarde: Any) -> list[InvalidParam]:
    if naam == "burgerservicenummer":
        return _bsn_faults(waarde)
    if naam == "voornamen":
        verplicht = naam in SOORTEN[type_].verplicht
        return _pattern(VOORNAMEN_VERPLICHT if verplicht else VOORNAMEN_OPTIONEEL, naam, waarde)
    eigen = _EIGEN.get(naam)
    return eigen(naam, waarde) if eigen else _pattern(PATRONEN[naam], naam, waarde)


def _pattern(patroon: str, naam: str, waarde: Any) -> list[InvalidParam]:
    if isinstance(waarde, str) and re.fullmatch(patroon, waarde):
        return []
    return [InvalidParam(naam, "pattern", "Waarde voldoet niet aan patroon.")]


def _bsn_faults(waarde: Any) -> list[InvalidParam]:
    naam = "burgerservicenummer"
    if not isinstance(waarde, list):
        return [InvalidParam(naam, "array", "Parameter is geen array.")]
    if not waarde:
        return [InvalidParam(naam, "minItems", "Array bevat minder dan 1 items.")]
    if len(waarde) > MAX_BSNS:
        return [InvalidParam(naam, "maxItems", f"Array bevat meer dan {MAX_BSNS} items.")]
    return [f for i, bsn in enumerate(waarde) for f in _pattern("[0-9]{9}", f"{naam}.{i}", bsn)]


def _huisnummer_faults(naam: str, waarde: Any) -> list[InvalidParam]:
    if isinstance(waarde, bool) or not isinstance(waarde, int | float) or waarde != waarde // 1:
        return [InvalidParam(naam, "integer", "Waarde is geen geldig getal.")]
    if waarde < 1:
        return [InvalidParam(naam, "minimum", "Waarde is lager dan minimum 1.")]
    if waarde > 99999:
        return [InvalidParam(naam, "maximum", "Waarde is hoger dan maximum 99999.")]
    return []


def _datum_faults(naam: str, waarde: Any) -> list[InvalidParam]:
    if isinstance(waarde, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", waarde):
        try:
            date.fromisoformat(waarde)
        except ValueError:
            pass
        else:
            return []
    return [InvalidParam(naam, "date", "Waarde is geen geldige datum.")]


def _boolean_faults(naam: str, waarde: Any) -> list[InvalidParam]:
    return [] if isinstance(waarde, bool) else [InvalidParam(naam, "boolean", "Waarde is geen boolean.")]


_EIGEN: dict[str, Callable[[str, Any], list[InvalidParam]]] = {
    "huisnummer": _huisnummer_faults,
    "geboortedatum": _datum_faults,
    "inclusiefOverledenPersonen": _boolean_faults,
}


def _field_faults(type_: str, fields: Any) -> list[InvalidParam]:
    if fields is None:
        return [InvalidParam("fields", "required", "Parameter is verplicht.")]
    if not isinstance(fields, list):
        return [InvalidParam("fields", "array", "Parameter is geen array.")]
    if not fields:
        return [InvalidParam("fields", "minItems", "Array bevat minder dan 1 items.")]
    if len(fields) > MAX_FIELDS:
        return [InvalidParam("fields", "maxItems", f"Array bevat meer dan {MAX_FIELDS} items.")]
    bekend = paden("persoon" if type_ == RAADPLEEG else "persoon_beperkt")
    fouten: list[InvalidParam] = []
    for i, pad in enumerate(fields):
        naam = f"fields.{i}"
        if onjuist := _pattern(r"[a-zA-Z0-9._]{1,200}", naam, pad):
            fouten.extend(onjuist)
        elif is_automatic(pad):
            fouten.append(InvalidParam(naam, "fields", "Parameter bevat een niet toegestane veldnaam."))
        elif pad not in bekend or (pad == "gezag" and type_ not in {RAADPLEEG, MET_GEZAG}):
            fouten.append(InvalidParam(naam, "fields", "Parameter bevat een niet bestaande veldnaam."))
    return fouten
