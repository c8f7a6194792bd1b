"""An address as the BAG answers it: HAL, with links to where each part is found."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from kcs_desktop.backend.standards.bag.tables import BagAdres, BagOpenbareRuimte
from kcs_desktop.domain.postcode import display_postcode


def adres(rij: BagAdres, straat: BagOpenbareRuimte, basis: str) -> dict[str, Any]:
    """Parts that are empty are left out, as the BAG does."""
    gegevens = {
        "openbareRuimteNaam": straat.naam,
        "korteNaam": straat.naam[:24],
        "huisnummer": rij.huisnummer,
        "huisletter": rij.huisletter,
        "huisnummertoevoeging": rij.toevoeging,
        "postcode": rij.postcode,
        "woonplaatsNaam": straat.woonplaats,
        "nummeraanduidingIdentificatie": rij.identificatie,
        "openbareRuimteIdentificatie": straat.identificatie,
        "woonplaatsIdentificatie": straat.woonplaats_identificatie,
        "adresseerbaarObjectIdentificatie": rij.object,
        "adresregel5": f"{straat.naam} {_number(rij)}",
        "adresregel6": f"{display_postcode(rij.postcode)}  {straat.woonplaats.upper()}".strip(),
    }
    return {
        **{naam: waarde for naam, waarde in gegevens.items() if waarde != ""},
        "adresseerbaarObjectGeometrie": {"punt": {"type": "Point", "coordinates": [rij.x, rij.y]}},
        "_links": {"self": {"href": f"{basis}/adressen/{rij.identificatie}"}},
    }


def zoekresultaat(rij: BagAdres, straat: BagOpenbareRuimte, basis: str) -> dict[str, Any]:
    """A line to choose, and where the address behind it is."""
    plaats = f"{display_postcode(rij.postcode)} {straat.woonplaats}".strip()
    href = f"{basis}/adressen?zoekresultaatIdentificatie={quote(rij.identificatie)}"
    return {
        "omschrijving": f"{straat.naam} {_number(rij)}, {plaats}",
        "identificatie": rij.identificatie,
        "_links": {"adres": {"href": href}},
    }


def _number(rij: BagAdres) -> str:
    return f"{rij.huisnummer}{rij.huisletter}{f'-{rij.toevoeging}' if rij.toevoeging else ''}"
