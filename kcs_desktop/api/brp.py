"""BRP Personen 2.7.0: consult by BSN and the six searches, each asking only the fields that are shown.

Asked for a task, with a complete question; never per key press and never in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from kcs_desktop.api import brp_vormen as vorm
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klant import Persoonsgegevens

PATH = "/brp/haalcentraal/api/brp/personen"
TIMEOUT = 5.0  # seconds; in production searches on an address time out now and then

# Data minimisation: what the picture shows, and what a hit in a list shows.
_FIELDS_PICTURE = (
    "burgerservicenummer",
    "naam.volledigeNaam",
    "geboorte.datum",
    "geboorte.plaats",
    "leeftijd",
    "geslacht",
    "adressering.adresregel1",
    "adressering.adresregel2",
    "adressering.adresregel3",
    "adressering.land",
    "adressering.aanschrijfwijze",
    "gemeenteVanInschrijving",
    "overlijden.datum",
)
_FIELDS_HIT = (
    "burgerservicenummer",
    "naam.volledigeNaam",
    "geboorte.datum",
    "adressering.adresregel1",
    "adressering.adresregel2",
)
_decoder = msgspec.json.Decoder(vorm.Personen)


class Brp:
    """One method per query type. All raise the domain's errors; an empty list is "not found"."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def consult(self, bsn: str, doel: Doel | None = None) -> Persoonsgegevens:
        """RaadpleegMetBurgerservicenummer; raises NotFound."""
        rijen = await self._ask("RaadpleegMetBurgerservicenummer", _FIELDS_PICTURE, doel, burgerservicenummer=[bsn])
        if not rijen:
            raise NotFound("De BRP kent dit BSN niet.")
        return rijen[0]

    async def by_bsn(self, bsn: str, doel: Doel | None = None) -> list[Persoonsgegevens]:
        """The same query with the fields of a hit."""
        return await self._ask("RaadpleegMetBurgerservicenummer", _FIELDS_HIT, doel, burgerservicenummer=[bsn])

    async def by_name_and_birth(
        self,
        geslachtsnaam: str,
        geboortedatum: str,
        *,
        voornamen: str = "",
        voorvoegsel: str = "",
        doel: Doel | None = None,
    ) -> list[Persoonsgegevens]:
        return await self._search(
            "ZoekMetGeslachtsnaamEnGeboortedatum",
            doel,
            geslachtsnaam=geslachtsnaam,
            geboortedatum=geboortedatum,
            voornamen=voornamen,
            voorvoegsel=voorvoegsel,
        )

    async def by_postcode(
        self,
        postcode: str,
        huisnummer: int,
        *,
        huisletter: str = "",
        toevoeging: str = "",
        geboortedatum: str = "",
        geslachtsnaam: str = "",
        doel: Doel | None = None,
    ) -> list[Persoonsgegevens]:
        return await self._search(
            "ZoekMetPostcodeEnHuisnummer",
            doel,
            postcode=postcode,
            huisnummer=huisnummer,
            huisletter=huisletter,
            huisnummertoevoeging=toevoeging,
            geboortedatum=geboortedatum,
            geslachtsnaam=geslachtsnaam,
        )

    async def by_name_and_gemeente(
        self, geslachtsnaam: str, voornamen: str, gemeente: str, *, voorvoegsel: str = "", doel: Doel | None = None
    ) -> list[Persoonsgegevens]:
        return await self._search(
            "ZoekMetNaamEnGemeenteVanInschrijving",
            doel,
            geslachtsnaam=geslachtsnaam,
            voornamen=voornamen,
            voorvoegsel=voorvoegsel,
            gemeenteVanInschrijving=gemeente,
        )

    async def by_street(
        self,
        straat: str,
        huisnummer: int,
        gemeente: str,
        *,
        huisletter: str = "",
        toevoeging: str = "",
        doel: Doel | None = None,
    ) -> list[Persoonsgegevens]:
        return await self._search(
            "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
            doel,
            straat=straat,
            huisnummer=huisnummer,
            huisletter=huisletter,
            huisnummertoevoeging=toevoeging,
            gemeenteVanInschrijving=gemeente,
        )

    async def by_nummeraanduiding(self, identificatie: str, doel: Doel | None = None) -> list[Persoonsgegevens]:
        return await self._search(
            "ZoekMetNummeraanduidingIdentificatie", doel, nummeraanduidingIdentificatie=identificatie
        )

    async def by_adresseerbaar_object(self, identificatie: str, doel: Doel | None = None) -> list[Persoonsgegevens]:
        return await self._search(
            "ZoekMetAdresseerbaarObjectIdentificatie", doel, adresseerbaarObjectIdentificatie=identificatie
        )

    async def _search(self, soort: str, doel: Doel | None, **velden: Any) -> list[Persoonsgegevens]:
        return await self._ask(soort, _FIELDS_HIT, doel, inclusiefOverledenPersonen=True, **velden)

    async def _ask(self, soort: str, fields: Iterable[str], doel: Doel | None, **velden: Any) -> list[Persoonsgegevens]:
        body = {"type": soort, "fields": list(fields), **{k: v for k, v in velden.items() if v not in ("", None)}}
        antwoord = await self._client.call("POST", PATH, body=body, doel=doel, limit=TIMEOUT)
        return [persoon_from(rij) for rij in antwoord.decode(_decoder).personen or () if rij.burgerservicenummer]


def persoon_from(rij: vorm.Persoon) -> Persoonsgegevens:
    """A person of the wire as the seat shows one; every unknown is ""."""
    geboorte, adres = rij.geboorte or vorm.Geboorte(), rij.adressering or vorm.Adressering()
    land = (adres.land.omschrijving if adres.land else None) or ""
    regels = (adres.adresregel1, adres.adresregel2, adres.adresregel3, land)
    opschorting = rij.opschortingBijhouding
    reden = (opschorting.reden.code if opschorting and opschorting.reden else None) or ""
    overlijden = rij.overlijden
    datum = overlijden.datum if overlijden else None
    if datum is None and reden == "O" and opschorting is not None:
        datum = opschorting.datum
    return Persoonsgegevens(
        rij.burgerservicenummer or "",
        (rij.naam.full() if rij.naam else "") or "Naam onbekend",
        aanschrijfnaam=(adres.aanschrijfwijze.naam if adres.aanschrijfwijze else None) or "",
        geboortedatum=geboorte.datum.iso() if geboorte.datum else "",
        geboorteplaats=_words(geboorte.plaats),
        leeftijd=rij.leeftijd,
        geslacht=_words(rij.geslacht),
        adresregels=tuple(regel for regel in regels if regel),
        gemeente=_words(rij.gemeenteVanInschrijving),
        geheimhouding=bool(rij.geheimhoudingPersoonsgegevens),
        overleden=overlijden is not None or reden == "O",
        overlijdensdatum=datum.iso() if datum else "",
        in_onderzoek=bool(rij.inOnderzoek),
    )


def _words(waarde: vorm.Waarde | None) -> str:
    return (waarde.omschrijving or waarde.code or "") if waarde else ""
