"""Catalogi 1.3.1 as it travels: only the fields a seat reads, each of which may be null or missing.

These structs never leave `api/`.
"""

from __future__ import annotations

import msgspec


class Zaaktype(msgspec.Struct, frozen=True):
    url: str | None = None
    identificatie: str | int | None = None
    omschrijving: str | None = None
    vertrouwelijkheidaanduiding: str | None = None
    doorlooptijd: str | None = None
    servicenorm: str | None = None
    verlengingMogelijk: bool | None = None
    verlengingstermijn: str | None = None
    opschortingEnAanhoudingMogelijk: bool | None = None
    onderwerp: str | None = None
    doel: str | None = None
    toelichting: str | None = None
    verantwoordelijke: str | None = None
    trefwoorden: list[str | None] | None = None
    beginGeldigheid: str | None = None
    eindeGeldigheid: str | None = None
    concept: bool | None = None


class Statustype(msgspec.Struct, frozen=True):
    url: str | None = None
    zaaktype: str | None = None
    omschrijving: str | None = None
    statustekst: str | None = None
    volgnummer: int | None = None
    isEindstatus: bool | None = None
    informeren: bool | None = None


class Roltype(msgspec.Struct, frozen=True):
    url: str | None = None
    zaaktype: str | None = None
    omschrijving: str | None = None
    omschrijvingGeneriek: str | None = None


class Resultaattype(msgspec.Struct, frozen=True):
    url: str | None = None
    omschrijving: str | None = None
    toelichting: str | None = None


class Specificatie(msgspec.Struct, frozen=True):
    groep: str | None = None
    formaat: str | None = None
    lengte: str | int | None = None
    kardinaliteit: str | int | None = None
    waardenverzameling: list[str | int | None] | None = None


class Eigenschap(msgspec.Struct, frozen=True):
    url: str | None = None
    zaaktype: str | None = None
    naam: str | None = None
    definitie: str | None = None
    toelichting: str | None = None
    specificatie: Specificatie | None = None
    statustype: str | None = None


class Informatieobjecttype(msgspec.Struct, frozen=True):
    url: str | None = None
    omschrijving: str | None = None
    vertrouwelijkheidaanduiding: str | None = None


class Koppeling(msgspec.Struct, frozen=True):
    """Of a zaaktype with an informatieobjecttype."""

    zaaktype: str | None = None
    informatieobjecttype: str | None = None
    volgnummer: int | None = None
    richting: str | None = None
