"""From a source record of the BRP to the row that is stored; the one place that knows which columns it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kcs_desktop.backend.standards.brp.zoekvorm import fold

OVERLEDEN = "O"


def persoon_rij(bron: Mapping[str, Any]) -> dict[str, Any]:
    """The values of one `brp_persoon` row. Missing groups count as empty."""
    naam = bron.get("naam") or {}
    verblijf = bron.get("verblijfplaats") or {}
    straat = verblijf.get("straat") or ""
    return {
        "bsn": bron["burgerservicenummer"],
        "gegevens": dict(bron),
        "geslachtsnaam_zoek": fold(naam.get("geslachtsnaam") or ""),
        "voorvoegsel_zoek": fold(naam.get("voorvoegsel") or ""),
        "voornamen_zoek": fold(naam.get("voornamen") or ""),
        "geslacht": (bron.get("geslacht") or {}).get("code") or "",
        "geboortedatum": (bron.get("geboorte") or {}).get("datum") or "",
        "postcode": (verblijf.get("postcode") or "").replace(" ", "").upper(),
        "huisnummer": int(verblijf.get("huisnummer") or 0),
        "huisletter": (verblijf.get("huisletter") or "").upper(),
        "huisnummertoevoeging": (verblijf.get("huisnummertoevoeging") or "").upper(),
        "straat_zoek": fold(straat),
        "officiele_straat_zoek": fold(verblijf.get("naamOpenbareRuimte") or straat),
        "gemeente": (bron.get("gemeenteVanInschrijving") or {}).get("code") or "",
        "nummeraanduiding": verblijf.get("nummeraanduidingIdentificatie") or "",
        "adresseerbaar_object": verblijf.get("adresseerbaarObjectIdentificatie") or "",
        "overleden": is_overleden(bron),
    }


def is_overleden(bron: Mapping[str, Any]) -> bool:
    """Whether the record is suspended because the person died."""
    reden = (bron.get("opschortingBijhouding") or {}).get("reden") or {}
    return bool(bron.get("overlijden")) or reden.get("code") == OVERLEDEN
