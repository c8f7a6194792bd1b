"""BRP Personen 2.7.0 as it travels: only the fields a seat asks for. These structs never leave `api/`."""

from __future__ import annotations

from typing import Any

import msgspec


class Datum(msgspec.Struct, frozen=True):
    """The four kinds in one: Datum, JaarMaandDatum, JaarDatum and DatumOnbekend differ in what is filled."""

    datum: str | None = None
    jaar: int | None = None
    maand: int | None = None

    def iso(self) -> str:
        """ISO as far as it is known: "1960-05-03", "1960-05", "1960" or ""."""
        if self.datum:
            return self.datum
        if self.jaar and self.maand:
            return f"{self.jaar:04d}-{self.maand:02d}"
        return f"{self.jaar:04d}" if self.jaar else ""


class Waarde(msgspec.Struct, frozen=True):
    code: str | None = None
    omschrijving: str | None = None


class Naam(msgspec.Struct, frozen=True):
    volledigeNaam: str | None = None
    voornamen: str | None = None
    voorletters: str | None = None
    voorvoegsel: str | None = None
    geslachtsnaam: str | None = None

    def full(self) -> str:
        los = (self.voornamen or self.voorletters, self.voorvoegsel, self.geslachtsnaam)
        return self.volledigeNaam or " ".join(deel for deel in los if deel)


class Geboorte(msgspec.Struct, frozen=True):
    datum: Datum | None = None
    plaats: Waarde | None = None


class Aanschrijfwijze(msgspec.Struct, frozen=True):
    naam: str | None = None


class Adressering(msgspec.Struct, frozen=True):
    adresregel1: str | None = None
    adresregel2: str | None = None
    adresregel3: str | None = None
    land: Waarde | None = None
    aanschrijfwijze: Aanschrijfwijze | None = None


class Overlijden(msgspec.Struct, frozen=True):
    datum: Datum | None = None


class Opschorting(msgspec.Struct, frozen=True):
    reden: Waarde | None = None
    datum: Datum | None = None


class Persoon(msgspec.Struct, frozen=True):
    burgerservicenummer: str | None = None
    naam: Naam | None = None
    geboorte: Geboorte | None = None
    leeftijd: int | None = None
    geslacht: Waarde | None = None
    adressering: Adressering | None = None
    gemeenteVanInschrijving: Waarde | None = None
    geheimhoudingPersoonsgegevens: bool | None = None
    overlijden: Overlijden | None = None
    opschortingBijhouding: Opschorting | None = None
    inOnderzoek: Any = None


class Personen(msgspec.Struct, frozen=True):
    type: str | None = None
    personen: list[Persoon] | None = None
