"""Klantinteracties 0.9.0 as it travels: only the fields a seat reads, each of which may be null or missing.

These structs never leave `api/`.
"""

from __future__ import annotations

from typing import Any

import msgspec

# What is asked with a klantcontact, and comes along with its event.
EXPAND_CONTACT = "leiddeTotInterneTaken,gingOverOnderwerpobjecten,hadBetrokkenen,hadBetrokkenen.digitaleAdressen"


class Verwijzing(msgspec.Struct, frozen=True):
    uuid: str | None = None
    url: str | None = None
    naam: str | None = None  # of an actor, where the register gives it


class Identificator(msgspec.Struct, frozen=True):
    codeObjecttype: str | None = None
    codeSoortObjectId: str | None = None
    objectId: str | None = None
    codeRegister: str | None = None


class PartijIdentificator(msgspec.Struct, frozen=True):
    partijIdentificator: Identificator | None = None


class Contactnaam(msgspec.Struct, frozen=True):
    voorletters: str | None = None
    voornaam: str | None = None
    voorvoegselAchternaam: str | None = None
    achternaam: str | None = None

    def full(self) -> str:
        voor = self.voornaam or self.voorletters
        return " ".join(deel for deel in (voor, self.voorvoegselAchternaam, self.achternaam) if deel)


class PartijIdentificatie(msgspec.Struct, frozen=True):
    """The union of the three kinds: a person and a contact person have a contactnaam, an organisation a naam."""

    naam: str | None = None
    volledigeNaam: str | None = None
    contactnaam: Contactnaam | None = None
    werkteVoorPartij: Verwijzing | None = None

    def full(self) -> str:
        return (self.contactnaam.full() if self.contactnaam else "") or self.volledigeNaam or self.naam or ""


class Adres(msgspec.Struct, frozen=True):
    straatnaam: str | None = None
    huisnummer: int | str | None = None
    huisnummertoevoeging: str | None = None
    postcode: str | None = None
    stad: str | None = None
    adresregel1: str | None = None
    adresregel2: str | None = None
    adresregel3: str | None = None

    def lines(self) -> tuple[str, ...]:
        vrij = [regel for regel in (self.adresregel1, self.adresregel2, self.adresregel3) if regel]
        if vrij:
            return tuple(vrij)
        nummer = f"{self.huisnummer or ''}{self.huisnummertoevoeging or ''}"
        straat = " ".join(deel for deel in (self.straatnaam, nummer) if deel)
        plaats = " ".join(deel for deel in (self.postcode, self.stad) if deel)
        return tuple(regel for regel in (straat, plaats) if regel)


class DigitaalAdres(msgspec.Struct, frozen=True):
    uuid: str | None = None
    adres: str | None = None
    soortDigitaalAdres: str | None = None
    isStandaardAdres: bool | None = None
    omschrijving: str | None = None


class PartijExpand(msgspec.Struct, frozen=True):
    digitaleAdressen: list[DigitaalAdres] | None = None


class Partij(msgspec.Struct, frozen=True):
    uuid: str
    soortPartij: str | None = None
    interneNotitie: str | None = None
    voorkeurstaal: str | None = None
    indicatieGeheimhouding: bool | None = None
    voorkeursDigitaalAdres: Verwijzing | None = None
    partijIdentificatoren: list[PartijIdentificator] | None = None
    partijIdentificatie: PartijIdentificatie | None = None
    vertegenwoordigden: list[Verwijzing] | None = None
    bezoekadres: Adres | None = None
    expand: PartijExpand | None = msgspec.field(default=None, name="_expand")


class Vertegenwoordiging(msgspec.Struct, frozen=True):
    vertegenwoordigendePartij: Verwijzing | None = None


class InterneTaak(msgspec.Struct, frozen=True):
    uuid: str
    nummer: str | None = None
    referentienummer: str | None = None
    gevraagdeHandeling: str | None = None
    aanleidinggevendKlantcontact: Verwijzing | None = None
    toegewezenAanActor: Verwijzing | None = None
    toegewezenAanActoren: list[Verwijzing] | None = None
    toelichting: str | None = None
    status: str | None = None
    toegewezenOp: str | None = None
    afgehandeldOp: str | None = None


class Actor(msgspec.Struct, frozen=True):
    uuid: str | None = None
    naam: str | None = None


class KlantcontactExpand(msgspec.Struct, frozen=True):
    leiddeTotInterneTaken: list[InterneTaak] | None = None


class Klantcontact(msgspec.Struct, frozen=True):
    uuid: str
    nummer: str | None = None
    referentienummer: str | None = None
    kanaal: str | None = None
    onderwerp: str | None = None
    inhoud: str | None = None
    indicatieContactGelukt: bool | None = None
    plaatsgevondenOp: str | None = None
    metadata: dict[str, Any] | None = None
    hadBetrokkenActoren: list[Actor] | None = None
    expand: KlantcontactExpand | None = msgspec.field(default=None, name="_expand")
