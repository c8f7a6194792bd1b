"""The register's tables. What is only shown, never asked for, is kept as JSON in the standard's own names."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.standards.objecten.columns import NullableJson, key, part_of, refers_to, text_of

_NO = text("false")
_EMPTY_LIST = text("'[]'")


def _long() -> Mapped[str]:
    return mapped_column(Text, default="", server_default="")


def _list() -> Mapped[list[Any]]:
    return mapped_column(default=list, server_default=_EMPTY_LIST)


def _duration() -> Mapped[str | None]:
    return mapped_column(String(40))


class Catalogus(Base):
    """Whose zaaktypen these are."""

    __tablename__ = "cat_catalogus"

    uuid: Mapped[str] = key()
    domein: Mapped[str] = mapped_column(String(5))
    rsin: Mapped[str] = mapped_column(String(9))
    contactpersoon_beheer_naam: Mapped[str] = mapped_column(String(40))
    contactpersoon_beheer_telefoonnummer: Mapped[str] = text_of(20)
    contactpersoon_beheer_emailadres: Mapped[str] = text_of(254)
    naam: Mapped[str] = text_of(200)
    versie: Mapped[str] = text_of(20)
    begindatum_versie: Mapped[date | None]

    __table_args__ = (UniqueConstraint("domein", "rsin"),)


class Zaaktype(Base):
    """One version of a kind of zaak; versions share an identificatie."""

    __tablename__ = "cat_zaaktype"

    uuid: Mapped[str] = key()
    catalogus: Mapped[str] = part_of("cat_catalogus", index=False)
    identificatie: Mapped[str] = mapped_column(String(50), index=True)
    omschrijving: Mapped[str] = mapped_column(String(80))
    omschrijving_generiek: Mapped[str] = text_of(80)
    vertrouwelijkheidaanduiding: Mapped[str] = mapped_column(String(20))
    doel: Mapped[str] = _long()
    aanleiding: Mapped[str] = _long()
    toelichting: Mapped[str] = _long()
    indicatie_intern_of_extern: Mapped[str] = mapped_column(String(6))
    handeling_initiator: Mapped[str] = mapped_column(String(20))
    onderwerp: Mapped[str] = mapped_column(String(80))
    handeling_behandelaar: Mapped[str] = mapped_column(String(20))
    doorlooptijd: Mapped[str] = mapped_column(String(40))
    servicenorm: Mapped[str | None] = _duration()
    opschorting_en_aanhouding_mogelijk: Mapped[bool]
    verlenging_mogelijk: Mapped[bool]
    verlengingstermijn: Mapped[str | None] = _duration()
    trefwoorden: Mapped[list[Any]] = _list()
    publicatie_indicatie: Mapped[bool]
    publicatietekst: Mapped[str] = _long()
    verantwoordingsrelatie: Mapped[list[Any]] = _list()
    producten_of_diensten: Mapped[list[Any]] = _list()
    selectielijst_procestype: Mapped[str] = text_of(200)
    referentieproces_naam: Mapped[str] = mapped_column(String(80))
    referentieproces_link: Mapped[str] = text_of(200)
    concept: Mapped[bool] = mapped_column(default=True)
    verantwoordelijke: Mapped[str] = mapped_column(String(50))
    broncatalogus: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    bronzaaktype: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    begin_geldigheid: Mapped[date]
    einde_geldigheid: Mapped[date | None]
    versiedatum: Mapped[date]
    deelzaaktypen: Mapped[list[Any]] = _list()  # uuids
    gerelateerde_zaaktypen: Mapped[list[Any]] = _list()

    __table_args__ = (Index("ix_cat_zaaktype_catalogus", "catalogus", "identificatie"),)


class Statustype(Base):
    """A step that a zaak of this type goes through; `statustekst` is what the citizen reads."""

    __tablename__ = "cat_statustype"

    uuid: Mapped[str] = key()
    zaaktype: Mapped[str] = part_of("cat_zaaktype", index=False)
    omschrijving: Mapped[str] = mapped_column(String(80))
    omschrijving_generiek: Mapped[str] = text_of(80)
    statustekst: Mapped[str] = text_of(1000)
    volgnummer: Mapped[int]
    informeren: Mapped[bool] = mapped_column(default=False, server_default=_NO)
    doorlooptijd: Mapped[str | None] = _duration()
    toelichting: Mapped[str | None] = mapped_column(String(1000))
    checklistitem_statustype: Mapped[list[Any]] = _list()
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("zaaktype", "volgnummer"),
        CheckConstraint("volgnummer BETWEEN 1 AND 9999", name="volgnummer"),
    )


class Roltype(Base):
    """A part that somebody can have in a zaak of this type."""

    __tablename__ = "cat_roltype"

    uuid: Mapped[str] = key()
    zaaktype: Mapped[str] = part_of("cat_zaaktype")
    omschrijving: Mapped[str] = mapped_column(String(100))
    omschrijving_generiek: Mapped[str] = mapped_column(String(20))
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]


class Resultaattype(Base):
    """A way in which a zaak of this type can end."""

    __tablename__ = "cat_resultaattype"

    uuid: Mapped[str] = key()
    zaaktype: Mapped[str] = part_of("cat_zaaktype", index=False)
    omschrijving: Mapped[str] = mapped_column(String(30))
    resultaattypeomschrijving: Mapped[str] = mapped_column(String(1000))
    selectielijstklasse: Mapped[str] = mapped_column(String(1000))
    toelichting: Mapped[str] = _long()
    archiefnominatie: Mapped[str] = text_of(16)
    archiefactietermijn: Mapped[str | None] = _duration()
    brondatum_archiefprocedure: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    procesobjectaard: Mapped[str] = text_of(200)
    indicatie_specifiek: Mapped[bool | None]
    procestermijn: Mapped[str | None] = _duration()
    informatieobjecttypen: Mapped[list[Any]] = _list()  # uuids
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]

    __table_args__ = (UniqueConstraint("zaaktype", "omschrijving"),)


class Eigenschap(Base):
    """Something that is asked about a zaak of this type, and in which form."""

    __tablename__ = "cat_eigenschap"

    uuid: Mapped[str] = key()
    zaaktype: Mapped[str] = part_of("cat_zaaktype", index=False)
    statustype: Mapped[str | None] = refers_to("cat_statustype")
    naam: Mapped[str] = mapped_column(String(20))
    definitie: Mapped[str] = mapped_column(String(255))
    specificatie_groep: Mapped[str] = text_of(32)
    specificatie_formaat: Mapped[str] = mapped_column(String(10))
    specificatie_lengte: Mapped[str] = mapped_column(String(14))
    specificatie_kardinaliteit: Mapped[str] = mapped_column(String(3))
    specificatie_waardenverzameling: Mapped[list[Any]] = _list()
    toelichting: Mapped[str] = text_of(1000)
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]

    __table_args__ = (UniqueConstraint("zaaktype", "naam"),)


class Informatieobjecttype(Base):
    """A kind of document."""

    __tablename__ = "cat_informatieobjecttype"

    uuid: Mapped[str] = key()
    catalogus: Mapped[str] = part_of("cat_catalogus", index=False)
    omschrijving: Mapped[str] = mapped_column(String(80))
    vertrouwelijkheidaanduiding: Mapped[str] = mapped_column(String(20))
    begin_geldigheid: Mapped[date]
    einde_geldigheid: Mapped[date | None]
    concept: Mapped[bool] = mapped_column(default=True)
    informatieobjectcategorie: Mapped[str] = mapped_column(String(80))
    trefwoord: Mapped[list[Any]] = _list()
    omschrijving_generiek: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)

    __table_args__ = (Index("ix_cat_informatieobjecttype_catalogus", "catalogus", "omschrijving"),)


class ZaaktypeInformatieobjecttype(Base):
    """Which documents come in, go out or stay inside with a zaak of this type."""

    __tablename__ = "cat_zaaktype_informatieobjecttype"

    uuid: Mapped[str] = key()
    zaaktype: Mapped[str] = part_of("cat_zaaktype", index=False)
    informatieobjecttype: Mapped[str] = part_of("cat_informatieobjecttype")
    statustype: Mapped[str | None] = refers_to("cat_statustype")
    volgnummer: Mapped[int]
    richting: Mapped[str] = mapped_column(String(8))

    __table_args__ = (UniqueConstraint("zaaktype", "volgnummer"),)
