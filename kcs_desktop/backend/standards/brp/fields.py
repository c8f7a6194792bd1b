"""`fields`: which paths may be asked, and the cutting of an answer to what was asked (data minimisation).

The paths of `persoon.txt` and `persoon_beperkt.txt` are those of the standard; a contract test derives them from it.
What is delivered without being asked (`inOnderzoek`, geheimhouding, opschorting, rni, verificatie) may not be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

AUTOMATISCH = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie")
_BIJGELEVERD = ("type", "indicatieVastgesteldVerblijftNietOpAdres")  # come with any field of their group

# Which fields of a group a start date of an investigation belongs to; other start dates belong to all of them.
_DATUM_VAN = {
    "datumIngangOnderzoekPersoon": {
        "burgerservicenummer", "geslacht", "leeftijd", "aanhef", "aanschrijfwijze", "gebruikInLopendeTekst",
    },
    "datumIngangOnderzoekGemeente": {"gemeenteVanInschrijving", "datumInschrijvingInGemeente"},
    "datumIngangOnderzoekGezag": {"indicatieCurateleRegister", "indicatieGezagMinderjarige"},
    "datumIngangOnderzoekVerblijfplaats": {"adresregel1", "adresregel2", "adresregel3", "land"},
}  # fmt: skip

Keuze = dict[str, "Keuze"]  # an empty Keuze means: this and everything in it


@cache
def paden(soort: str) -> frozenset[str]:
    """The paths that may be asked of a `persoon` or a `persoon_beperkt`."""
    tekst = files("kcs_desktop.backend.standards.brp").joinpath(f"{soort}.txt").read_text("utf-8")
    return frozenset(tekst.split())


def is_automatic(pad: str) -> bool:
    """Whether `pad` points to something that is delivered anyway."""
    delen = pad.split(".")
    return delen[0] in AUTOMATISCH or "inOnderzoek" in delen or (delen[0] == "gezag" and len(delen) > 1)


def keuze(fields: Iterable[str]) -> Keuze:
    """The tree of what was asked; a group that is asked as a whole wins over its parts."""
    gevraagd = set(fields)
    boom: Keuze = {}
    for pad in gevraagd:
        delen = pad.split(".")
        if any(".".join(delen[:i]) in gevraagd for i in range(1, len(delen))):
            continue
        tak = boom
        for deel in delen:
            tak = tak.setdefault(deel, {})
    return boom


def cut(antwoord: Mapping[str, Any], gekozen: Keuze) -> dict[str, Any]:
    """The parts of a whole person that were asked, with what is delivered automatically; nothing empty."""
    gesneden = _cut_group(antwoord, gekozen)
    for veld in AUTOMATISCH:
        if (waarde := without_empty(antwoord.get(veld))) is not None:
            gesneden[veld] = waarde
    return gesneden


def _cut_group(groep: Mapping[str, Any], gekozen: Keuze) -> dict[str, Any]:
    gesneden: dict[str, Any] = {}
    for veld, waarde in groep.items():
        if veld in gekozen and (deel := _cut_value(waarde, gekozen[veld])) is not None:
            gesneden[veld] = deel
    if gesneden:
        for veld in _BIJGELEVERD:
            if groep.get(veld) is not None:
                gesneden[veld] = groep[veld]
    onderzoek = _cut_investigation(groep.get("inOnderzoek"), gekozen)
    if onderzoek:
        gesneden["inOnderzoek"] = onderzoek
    return gesneden


def _cut_value(waarde: Any, gekozen: Keuze) -> Any:
    if not gekozen or _is_whole(waarde):
        return without_empty(waarde)
    if isinstance(waarde, Mapping):
        return _cut_group(waarde, gekozen) or None
    if isinstance(waarde, list):
        return [deel for x in waarde if (deel := _cut_group(x, gekozen))] or None
    return waarde


def _is_whole(waarde: Any) -> bool:
    """Dates and values of national tables are never cut."""
    return isinstance(waarde, Mapping) and (
        "langFormaat" in waarde or waarde.keys() <= {"code", "omschrijving", "soort"}
    )


def _cut_investigation(onderzoek: Mapping[str, Any] | None, gekozen: Keuze) -> dict[str, Any]:
    """Of `inOnderzoek`, the fields that were asked and the start dates that belong to them."""
    velden = {v for v, w in (onderzoek or {}).items() if w is True and v in gekozen}
    if not velden or onderzoek is None:
        return {}
    data = {
        v: w for v, w in onderzoek.items() if w is not True and w is not None and velden & _DATUM_VAN.get(v, velden)
    }
    return {**dict.fromkeys(sorted(velden), True), **data}


def without_empty(waarde: Any) -> Any:
    """The value without members that are None or empty, all the way down; None when nothing is left.

    An empty `naam` of a holder of authority stays: the standard requires the member.
    """
    if isinstance(waarde, Mapping):
        vol = {k: v for k, w in waarde.items() if (v := without_empty(w)) is not None}
        if "burgerservicenummer" not in waarde and waarde == {"naam": {}}:
            return {"naam": {}}
        if waarde.get("naam") == {}:
            vol["naam"] = {}
        return vol or None
    if isinstance(waarde, list):
        return [v for w in waarde if (v := without_empty(w)) is not None] or None
    return waarde
