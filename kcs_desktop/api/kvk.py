"""KvK: search v2, basisprofiel v1, vestigingsprofiel v1. A 404 with IPD5200 is an empty answer."""

from __future__ import annotations

from typing import Any

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klant import Bedrijfsgegevens
from kcs_desktop.domain.postcode import display_postcode

ROOT = "/kvk/api"
TIMEOUT = 5.0  # seconds
MAX_HITS = 50


class _Adres(msgspec.Struct, frozen=True):
    type: str | None = None
    straatnaam: str | None = None
    huisnummer: int | str | None = None
    huisletter: str | None = None
    huisnummerToevoeging: str | None = None
    postcode: str | None = None
    plaats: str | None = None
    volledigAdres: str | None = None

    def lines(self) -> tuple[str, ...]:
        nummer = f"{self.huisnummer or ''}{self.huisletter or ''}"
        if self.huisnummerToevoeging:
            nummer = f"{nummer}-{self.huisnummerToevoeging}"
        straat = " ".join(deel for deel in (self.straatnaam, nummer) if deel)
        postcode = display_postcode(self.postcode or "")
        plaats = " ".join(deel for deel in (postcode, self.plaats) if deel)
        los = tuple(regel for regel in (straat, plaats) if regel)
        return los or ((self.volledigAdres,) if self.volledigAdres else ())


class _Adreshouder(msgspec.Struct, frozen=True):
    binnenlandsAdres: _Adres | None = None


class _Resultaat(msgspec.Struct, frozen=True):
    kvkNummer: str | None = None
    rsin: str | None = None
    vestigingsnummer: str | None = None
    naam: str | None = None
    type: str | None = None
    adres: _Adreshouder | None = None
    actief: str | None = None


class _Zoekantwoord(msgspec.Struct, frozen=True):
    resultaten: list[_Resultaat] | None = None
    totaal: int = 0


class _Activiteit(msgspec.Struct, frozen=True):
    sbiOmschrijving: str | None = None
    indHoofdactiviteit: str | bool | None = None


class _Handelsnaam(msgspec.Struct, frozen=True):
    naam: str | None = None


class _Registratie(msgspec.Struct, frozen=True):
    datumEinde: str | None = None


class _Eigenaar(msgspec.Struct, frozen=True):
    rsin: str | None = None
    rechtsvorm: str | None = None
    uitgebreideRechtsvorm: str | None = None


class _Vestiging(msgspec.Struct, frozen=True):
    vestigingsnummer: str | None = None
    kvkNummer: str | None = None
    rsin: str | None = None
    eersteHandelsnaam: str | None = None
    indHoofdvestiging: str | bool | None = None
    materieleRegistratie: _Registratie | None = None
    adressen: list[_Adres] | None = None
    handelsnamen: list[_Handelsnaam] | None = None
    sbiActiviteiten: list[_Activiteit] | None = None


class _Embedded(msgspec.Struct, frozen=True):
    hoofdvestiging: _Vestiging | None = None
    eigenaar: _Eigenaar | None = None


class _Basisprofiel(msgspec.Struct, frozen=True):
    kvkNummer: str | None = None
    naam: str | None = None
    statutaireNaam: str | None = None
    materieleRegistratie: _Registratie | None = None
    handelsnamen: list[_Handelsnaam] | None = None
    sbiActiviteiten: list[_Activiteit] | None = None
    embedded: _Embedded | None = msgspec.field(default=None, name="_embedded")


class Kvkpagina(msgspec.Struct, frozen=True):
    """Hits and the register's own total, so that a list is never silently cut."""

    bedrijven: tuple[Bedrijfsgegevens, ...] = ()
    totaal: int = 0


class Kvk:
    """The Handelsregister."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def search(
        self,
        *,
        naam: str = "",
        kvk_nummer: str = "",
        vestigingsnummer: str = "",
        rsin: str = "",
        postcode: str = "",
        huisnummer: int | None = None,
        doel: Doel | None = None,
    ) -> Kvkpagina:
        """Hits of the given question; none is an empty page."""
        vraag: dict[str, Any] = {
            "naam": naam,
            "kvkNummer": kvk_nummer,
            "vestigingsnummer": vestigingsnummer,
            "rsin": rsin,
            "postcode": postcode,
            "huisnummer": "" if huisnummer is None else str(huisnummer),
        }
        params = {naam: waarde for naam, waarde in vraag.items() if waarde} | {"resultatenPerPagina": str(MAX_HITS)}
        try:
            antwoord = await self._client.call("GET", f"{ROOT}/v2/zoeken", params=params, doel=doel, limit=TIMEOUT)
        except NotFound:
            return Kvkpagina()
        blad = antwoord.decode(_Zoekantwoord)
        bedrijven = tuple(_from_hit(rij) for rij in blad.resultaten or () if rij.kvkNummer)
        return Kvkpagina(bedrijven, max(blad.totaal, len(bedrijven)))

    async def read(self, kvk_nummer: str, vestigingsnummer: str = "", doel: Doel | None = None) -> Bedrijfsgegevens:
        """The establishment where one is named, else the company; raises NotFound. One request."""
        if vestigingsnummer:
            path = f"{ROOT}/v1/vestigingsprofielen/{vestigingsnummer}"
            antwoord = await self._client.call("GET", path, doel=doel, limit=TIMEOUT)
            return _from_vestiging(antwoord.decode(_Vestiging), kvk_nummer)
        path = f"{ROOT}/v1/basisprofielen/{kvk_nummer}"
        antwoord = await self._client.call("GET", path, doel=doel, limit=TIMEOUT)
        return _from_profiel(antwoord.decode(_Basisprofiel))


def _from_hit(rij: _Resultaat) -> Bedrijfsgegevens:
    binnenland = rij.adres.binnenlandsAdres if rij.adres else None
    return Bedrijfsgegevens(
        rij.kvkNummer or "",
        rij.naam or "Naam onbekend",
        vestigingsnummer=rij.vestigingsnummer or "",
        rsin=rij.rsin or "",
        adresregels=binnenland.lines() if binnenland else (),
        hoofdvestiging=rij.type != "nevenvestiging",
        beeindigd=(rij.actief or "Ja").lower() == "nee",
    )


def _from_profiel(rij: _Basisprofiel) -> Bedrijfsgegevens:
    rest = rij.embedded or _Embedded()
    hoofd, eigenaar = rest.hoofdvestiging or _Vestiging(), rest.eigenaar or _Eigenaar()
    namen = tuple(handelsnaam.naam for handelsnaam in rij.handelsnamen or () if handelsnaam.naam)
    return Bedrijfsgegevens(
        rij.kvkNummer or "",
        rij.naam or hoofd.eersteHandelsnaam or rij.statutaireNaam or "Naam onbekend",
        vestigingsnummer=hoofd.vestigingsnummer or "",
        rsin=eigenaar.rsin or hoofd.rsin or "",
        rechtsvorm=eigenaar.uitgebreideRechtsvorm or eigenaar.rechtsvorm or "",
        adresregels=_visiting(hoofd.adressen),
        hoofdactiviteit=_main_activity(rij.sbiActiviteiten or hoofd.sbiActiviteiten),
        hoofdvestiging=True,
        beeindigd=bool(rij.materieleRegistratie and rij.materieleRegistratie.datumEinde),
        handelsnamen=namen,
    )


def _from_vestiging(rij: _Vestiging, kvk_nummer: str) -> Bedrijfsgegevens:
    namen = tuple(handelsnaam.naam for handelsnaam in rij.handelsnamen or () if handelsnaam.naam)
    return Bedrijfsgegevens(
        rij.kvkNummer or kvk_nummer,
        rij.eersteHandelsnaam or (namen[0] if namen else "Naam onbekend"),
        vestigingsnummer=rij.vestigingsnummer or "",
        rsin=rij.rsin or "",
        adresregels=_visiting(rij.adressen),
        hoofdactiviteit=_main_activity(rij.sbiActiviteiten),
        hoofdvestiging=_is_yes(rij.indHoofdvestiging),
        beeindigd=bool(rij.materieleRegistratie and rij.materieleRegistratie.datumEinde),
        handelsnamen=namen,
    )


def _is_yes(waarde: str | bool | None) -> bool:
    return waarde is True or (isinstance(waarde, str) and waarde.lower() in {"ja", "true"})


def _visiting(adressen: list[_Adres] | None) -> tuple[str, ...]:
    gesorteerd = sorted(adressen or (), key=lambda adres: adres.type != "bezoekadres")
    return gesorteerd[0].lines() if gesorteerd else ()


def _main_activity(activiteiten: list[_Activiteit] | None) -> str:
    rijen = sorted(activiteiten or (), key=lambda rij: not _is_yes(rij.indHoofdactiviteit))
    return (rijen[0].sbiOmschrijving or "") if rijen else ""
