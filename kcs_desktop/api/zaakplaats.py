"""Where a zaak is, from the places in which registers keep that: its zaakobject, its geometry, a property."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, radians
from typing import Any

import msgspec

from kcs_desktop.api import zaken_vormen as vorm
from kcs_desktop.api.lezen import as_text
from kcs_desktop.domain.adresvoorstel import locatie_from
from kcs_desktop.domain.dubbelezaak import METRES_PER_DEGREE
from kcs_desktop.domain.zaakgegevens import Locatie

_EIGENSCHAP = "locatie"
_STAPPEN = 30.0  # metres from a point to the sides of the square around it


def locatie_of(rij: vorm.Zaak) -> Locatie | None:
    """The first address among its objects, else what its property says; with its point. None where nothing says it."""
    meer = rij.expand or vorm.ZaakExpand()
    adressen = (al for al in meer.zaakobjecten or () if al.objectType == "adres" and al.objectIdentificatie)
    said = (al.waarde for al in meer.eigenschappen or () if (al.naam or "").casefold() == _EIGENSCHAP and al.waarde)
    adres, tekst = next(adressen, None), next(said, None)
    lon, lat = _point(rij.zaakgeometrie)
    if adres is None and tekst is None and lon is None:
        return None
    plaats = _address(adres) if adres is not None else locatie_from(tekst or "")
    return msgspec.structs.replace(plaats, lon=lon, lat=lat)


def around(lon: float, lat: float) -> dict[str, Any]:
    """A square of some steps around a point, as GeoJSON."""
    hoog = _STAPPEN / METRES_PER_DEGREE
    breed = hoog / max(cos(radians(lat)), 0.01)
    hoeken = [(-breed, -hoog), (breed, -hoog), (breed, hoog), (-breed, hoog), (-breed, -hoog)]
    return {"type": "Polygon", "coordinates": [[[lon + oost, lat + noord] for oost, noord in hoeken]]}


def _address(zaakobject: vorm.Zaakobject) -> Locatie:
    deel: Mapping[str, Any] = zaakobject.objectIdentificatie or {}
    huisnummer = deel.get("huisnummer")
    return Locatie(
        as_text(deel.get("gorOpenbareRuimteNaam")),
        huisnummer if isinstance(huisnummer, int) else 0,
        as_text(deel.get("huisletter")),
        as_text(deel.get("huisnummertoevoeging")),
        as_text(deel.get("postcode")),
        as_text(deel.get("wplWoonplaatsNaam")),
        as_text(deel.get("identificatie")),
        toelichting=zaakobject.relatieomschrijving or "",
    )


def _point(geometrie: Mapping[str, Any] | None) -> tuple[float | None, float | None]:
    """A line or an area is no one place."""
    punt = geometrie.get("coordinates") if geometrie is not None and geometrie.get("type") == "Point" else None
    if not isinstance(punt, list) or len(punt) < 2 or not all(isinstance(al, int | float) for al in punt[:2]):
        return None, None
    return float(punt[0]), float(punt[1])
