"""Zaken 1.5.1 and Catalogi 1.3.1 as they travel: only the fields a seat reads, each of which may be null or missing.

These structs never leave `api/`.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Zaaktype(msgspec.Struct, frozen=True):
    identificatie: str | None = None
    omschrijving: str | None = None
    statustypen: list[str] | None = None


class Statustype(msgspec.Struct, frozen=True):
    url: str | None = None
    omschrijving: str | None = None
    statustekst: str | None = None
    volgnummer: int | None = None


class Resultaattype(msgspec.Struct, frozen=True):
    omschrijving: str | None = None


class StatusExpand(msgspec.Struct, frozen=True):
    statustype: Statustype | None = None


class Status(msgspec.Struct, frozen=True):
    uuid: str | None = None
    statustype: str | None = None
    datumStatusGezet: str | None = None
    statustoelichting: str | None = None
    expand: StatusExpand | None = msgspec.field(name="_expand", default=None)


class ResultaatExpand(msgspec.Struct, frozen=True):
    resultaattype: Resultaattype | None = None


class Resultaat(msgspec.Struct, frozen=True):
    toelichting: str | None = None
    expand: ResultaatExpand | None = msgspec.field(name="_expand", default=None)


class Rol(msgspec.Struct, frozen=True):
    betrokkeneType: str | None = None
    afwijkendeNaamBetrokkene: str | None = None
    omschrijving: str | None = None
    omschrijvingGeneriek: str | None = None
    roltoelichting: str | None = None
    betrokkeneIdentificatie: dict[str, Any] | None = None


class Specificatie(msgspec.Struct, frozen=True):
    formaat: str | None = None


class Eigenschapsoort(msgspec.Struct, frozen=True):
    specificatie: Specificatie | None = None


class EigenschapExpand(msgspec.Struct, frozen=True):
    eigenschap: Eigenschapsoort | None = None


class Eigenschap(msgspec.Struct, frozen=True):
    naam: str | None = None
    waarde: str | None = None
    expand: EigenschapExpand | None = msgspec.field(name="_expand", default=None)


class Zaakobject(msgspec.Struct, frozen=True):
    objectType: str | None = None
    relatieomschrijving: str | None = None
    objectIdentificatie: dict[str, Any] | None = None


class Reden(msgspec.Struct, frozen=True):
    """Of an opschorting, which has an indicatie, or of a verlenging, which has none."""

    indicatie: bool | None = None
    reden: str | None = None


class Gerelateerd(msgspec.Struct, frozen=True):
    url: str | None = None
    aardRelatie: str | None = None
    overigeRelatie: str | None = None


class ZaakExpand(msgspec.Struct, frozen=True):
    zaaktype: Zaaktype | None = None
    status: Status | None = None
    resultaat: Resultaat | None = None
    rollen: list[Rol] | None = None
    eigenschappen: list[Eigenschap] | None = None
    zaakobjecten: list[Zaakobject] | None = None


class Zaak(msgspec.Struct, frozen=True):
    uuid: str
    url: str | None = None
    identificatie: str | None = None
    omschrijving: str | None = None
    toelichting: str | None = None
    zaaktype: str | None = None
    registratiedatum: str | None = None
    startdatum: str | None = None
    einddatum: str | None = None
    uiterlijkeEinddatumAfdoening: str | None = None
    vertrouwelijkheidaanduiding: str | None = None
    opschorting: Reden | None = None
    verlenging: Reden | None = None
    status: str | None = None
    hoofdzaak: str | None = None
    deelzaken: list[str] | None = None
    relevanteAndereZaken: list[Gerelateerd] | None = None
    gerelateerdeZaken: list[Gerelateerd] | None = None
    zaakgeometrie: dict[str, Any] | None = None
    expand: ZaakExpand | None = msgspec.field(name="_expand", default=None)
