"""Authority over minors in the shape of 2.7.0: who holds it, with the names that the record itself knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kcs_desktop.backend.standards.brp.naam import volledige_naam

Bron = Mapping[str, Any]
_TYPEN = {"TweehoofdigOuderlijkGezag": "GezamenlijkOuderlijkGezag"}  # older records use the name of before 2.6
_TOELICHTING = {
    "TijdelijkGeenGezag": "Tijdelijk heeft niemand gezag.",
    "GezagNietTeBepalen": "Gezag kan niet worden bepaald.",
}


def gezag(persoon: Bron) -> list[dict[str, Any]] | None:
    """The relations of authority in which this person is minor or holder; None when the record has none."""
    namen = dict(_namen(persoon))
    relaties = [_relatie(r, persoon, namen) for r in persoon.get("gezag") or ()]
    return relaties or None


def _relatie(bron: Bron, persoon: Bron, namen: Mapping[str, str]) -> dict[str, Any]:
    type_ = _TYPEN.get(bron["type"], bron["type"])
    minderjarige = (bron.get("minderjarige") or {}).get("burgerservicenummer") or persoon["burgerservicenummer"]
    relatie: dict[str, Any] = {"type": type_, "minderjarige": _mens(minderjarige, namen)}
    if type_ in _TOELICHTING:
        relatie["toelichting"] = bron.get("toelichting") or _TOELICHTING[type_]
    if bron.get("ouders"):
        relatie["ouders"] = [_ouder(m, namen) for m in bron["ouders"]]
    if bron.get("ouder"):
        relatie["ouder"] = _ouder(bron["ouder"], namen)
    if bron.get("derde"):
        relatie["derde"] = _derde(bron["derde"], namen)
    if type_ == "Voogdij":
        relatie["derden"] = [_derde(m, namen) for m in bron.get("derden") or ()]
    return relatie


def _mens(bsn: str, namen: Mapping[str, str]) -> dict[str, Any]:
    mens: dict[str, Any] = {"burgerservicenummer": bsn}
    if namen.get(bsn):
        mens["naam"] = {"volledigeNaam": namen[bsn]}
    return mens


def _ouder(bron: Bron, namen: Mapping[str, str]) -> dict[str, Any]:
    bsn = bron.get("burgerservicenummer") or ""
    ouder = _mens(bsn, namen) if bsn else {}
    ouder.setdefault("naam", {})  # required by the standard, even when the record does not know it
    return ouder


def _derde(bron: Bron, namen: Mapping[str, str]) -> dict[str, Any]:
    bsn = bron.get("burgerservicenummer") or ""
    return {"type": "BekendeDerde", **_mens(bsn, namen)} if bsn else {"type": "OnbekendeDerde"}


def _namen(persoon: Bron) -> Iterator[tuple[str, str]]:
    """BSN and full name of everybody whom the record names."""
    mensen = (persoon, *(m for rol in ("ouders", "kinderen", "partners") for m in persoon.get(rol) or ()))
    for mens in mensen:
        bsn = mens.get("burgerservicenummer")
        naam = volledige_naam(mens.get("naam") or {}, (mens.get("geslacht") or {}).get("code") or "O")
        if bsn and naam:
            yield bsn, naam
