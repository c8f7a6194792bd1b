"""BAG Individuele Bevragingen v2: addresses while somebody types, and one of them as a whole. About no person."""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.api.client import Client
from kcs_desktop.domain.adresvoorstel import Adresvoorstel, locatie_from
from kcs_desktop.domain.rijksdriehoek import to_degrees
from kcs_desktop.domain.zaakgegevens import Locatie

ROOT = "/bag/api/v2"
TIMEOUT = 4.0  # seconds: who types does not wait longer
MAX_HITS = 12


class _Zoekresultaat(msgspec.Struct, frozen=True):
    omschrijving: str | None = None
    identificatie: str | None = None


class _Gevonden(msgspec.Struct, frozen=True):
    zoekresultaten: list[_Zoekresultaat] | None = None


class _Zoekantwoord(msgspec.Struct, frozen=True):
    embedded: _Gevonden | None = msgspec.field(default=None, name="_embedded")


class _Punt(msgspec.Struct, frozen=True):
    coordinates: list[Any] | None = None


class _Geometrie(msgspec.Struct, frozen=True):
    punt: _Punt | None = None


class _Adres(msgspec.Struct, frozen=True):
    openbareRuimteNaam: str | None = None
    huisnummer: int | None = None
    huisletter: str | None = None
    huisnummertoevoeging: str | None = None
    postcode: str | None = None
    woonplaatsNaam: str | None = None
    nummeraanduidingIdentificatie: str | None = None
    adresseerbaarObjectGeometrie: _Geometrie | None = None

    def locatie(self) -> Locatie:
        geometrie = self.adresseerbaarObjectGeometrie
        lon, lat = _degrees(geometrie.punt.coordinates if geometrie and geometrie.punt else None)
        return Locatie(
            self.openbareRuimteNaam or "",
            self.huisnummer or 0,
            self.huisletter or "",
            self.huisnummertoevoeging or "",
            self.postcode or "",
            self.woonplaatsNaam or "",
            self.nummeraanduidingIdentificatie or "",
            lon,
            lat,
        )


class _Adressen(msgspec.Struct, frozen=True):
    adressen: list[_Adres] | None = None


class _Adresantwoord(msgspec.Struct, frozen=True):
    embedded: _Adressen | None = msgspec.field(default=None, name="_embedded")


_zoek = msgspec.json.Decoder(_Zoekantwoord)
_adressen = msgspec.json.Decoder(_Adresantwoord)


class Bag:
    """Raises the domain's errors only."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def search(self, tekst: str) -> list[Adresvoorstel]:
        """Addresses that begin so, nearest first."""
        params = {"zoek": tekst[:200], "pageSize": str(MAX_HITS)}
        antwoord = await self._client.call("GET", f"{ROOT}/adressen/zoek", params=params, limit=TIMEOUT)
        gevonden = antwoord.decode(_zoek).embedded
        return [
            Adresvoorstel(rij.omschrijving, rij.identificatie or "", locatie_from(rij.omschrijving))
            for rij in (gevonden.zoekresultaten if gevonden else None) or ()
            if rij.omschrijving
        ]

    async def address(self, zoekresultaat: str) -> Locatie | None:
        """What is behind a result of a search; None when the BAG has it no more."""
        params = {"zoekresultaatIdentificatie": zoekresultaat}
        antwoord = await self._client.call("GET", f"{ROOT}/adressen", params=params, limit=TIMEOUT)
        gevonden = antwoord.decode(_adressen).embedded
        adressen = (gevonden.adressen if gevonden else None) or []
        return adressen[0].locatie() if adressen else None


def _degrees(punt: list[Any] | None) -> tuple[float | None, float | None]:
    if not punt or len(punt) < 2 or not all(isinstance(waarde, int | float) for waarde in punt[:2]):
        return None, None
    return to_degrees(float(punt[0]), float(punt[1])) or (None, None)
