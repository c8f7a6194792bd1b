"""The register's tables. What is of another register (zaaktypen, documents) is named by its uuid, without a key: that
register may be upstream.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.standards.objecten.columns import NullableJson, Uuid, key, part_of, refers_to, text_of

_BOUNDS = ("vertrouwelijkheidaanduiding", "zaaktype")


def _where_any(name: str, column: str) -> Index:
    """Of a reference that nearly no row has: with the rows without one in it, statistics would say that each value
    leads to all rows, and SQLite would read them all."""
    where = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=where, postgresql_where=where)


def _of_zaak(*, index: bool = True) -> Mapped[Any]:
    return part_of("zk_zaak", index=index)


class Zaak(Base):
    """One zaak. `status` is the uuid of the status set last, kept here because every list asks for it."""

    __tablename__ = "zk_zaak"

    uuid: Mapped[str] = key()
    identificatie: Mapped[str] = mapped_column(String(40))
    bronorganisatie: Mapped[str] = mapped_column(String(9))
    omschrijving: Mapped[str] = text_of(80)
    toelichting: Mapped[str] = text_of(1000)
    zaaktype: Mapped[str] = mapped_column(Uuid)
    registratiedatum: Mapped[date]
    verantwoordelijke_organisatie: Mapped[str] = mapped_column(String(9))
    startdatum: Mapped[date]
    einddatum: Mapped[date | None]
    einddatum_gepland: Mapped[date | None]
    uiterlijke_einddatum_afdoening: Mapped[date | None]
    publicatiedatum: Mapped[date | None]
    laatst_gemuteerd: Mapped[datetime]
    laatst_geopend: Mapped[datetime | None]
    communicatiekanaal: Mapped[str] = text_of(1000)
    communicatiekanaal_naam: Mapped[str] = text_of(250)
    producten_of_diensten: Mapped[list[Any]] = mapped_column(JSON(), default=list, server_default="[]")
    vertrouwelijkheidaanduiding: Mapped[str] = mapped_column(String(20))
    betalingsindicatie: Mapped[str] = text_of(20)
    laatste_betaaldatum: Mapped[datetime | None]
    zaakgeometrie: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    geometrie_lengte: Mapped[float | None]  # the middle of the zaakgeometrie, in degrees
    geometrie_breedte: Mapped[float | None]
    verlenging_reden: Mapped[str] = text_of(200)
    verlenging_duur: Mapped[str] = text_of(100)
    opschorting_indicatie: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    opschorting_eerdere: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    opschorting_reden: Mapped[str] = text_of(200)
    selectielijstklasse: Mapped[str] = text_of(1000)
    hoofdzaak: Mapped[str | None] = part_of("zk_zaak", nullable=True, index=False)
    relevante_andere_zaken: Mapped[list[Any]] = mapped_column(JSON(), default=list, server_default="[]")
    gerelateerde_zaken: Mapped[list[Any]] = mapped_column(JSON(), default=list, server_default="[]")
    archiefnominatie: Mapped[str | None] = mapped_column(String(40))
    archiefstatus: Mapped[str] = mapped_column(
        String(40), default="nog_te_archiveren", server_default="nog_te_archiveren"
    )
    archiefactiedatum: Mapped[date | None]
    opdrachtgevende_organisatie: Mapped[str] = text_of(9)
    processobjectaard: Mapped[str] = text_of(200)
    startdatum_bewaartermijn: Mapped[date | None]
    processobject: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    status: Mapped[str | None] = mapped_column(Uuid, index=True)

    # None on vertrouwelijkheidaanduiding: nearly every row passes its bounds, and SQLite would begin with it and sort.
    # It stands at the end of those that lists go by, with the zaaktype: what somebody may see is known without the row.
    __table_args__ = (
        UniqueConstraint("bronorganisatie", "identificatie"),
        Index("ix_zk_zaak_identificatie", "identificatie", "uuid"),
        Index("ix_zk_zaak_zaaktype", "zaaktype", "startdatum", "uuid", *_BOUNDS[:1]),
        Index("ix_zk_zaak_startdatum", "startdatum", "uuid", *_BOUNDS),
        Index("ix_zk_zaak_einddatum", "einddatum", "uuid"),
        Index("ix_zk_zaak_open", "einddatum", "startdatum", "uuid", *_BOUNDS),
        Index("ix_zk_zaak_registratiedatum", "registratiedatum", "uuid", *_BOUNDS),
        Index("ix_zk_zaak_open_geregistreerd", "einddatum", "registratiedatum", "uuid", *_BOUNDS),
        Index("ix_zk_zaak_publicatiedatum", "publicatiedatum", "uuid"),
        Index("ix_zk_zaak_archiefactiedatum", "archiefactiedatum", "uuid"),
        Index("ix_zk_zaak_uiterlijke_einddatum_afdoening", "uiterlijke_einddatum_afdoening", "uuid"),
        Index("ix_zk_zaak_geometrie", "geometrie_lengte", "geometrie_breedte"),
        _where_any("ix_zk_zaak_hoofdzaak", "hoofdzaak"),
    )


class Zaakkenmerk(Base):
    """How another administration knows a zaak."""

    __tablename__ = "zk_zaakkenmerk"

    zaak: Mapped[str] = mapped_column(Uuid, ForeignKey("zk_zaak.uuid", ondelete="CASCADE"), primary_key=True)
    volgorde: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bron: Mapped[str] = mapped_column(String(40))
    kenmerk: Mapped[str] = mapped_column(String(40))

    __table_args__ = (
        Index("ix_zk_zaakkenmerk_kenmerk", "kenmerk", "bron"),
        Index("ix_zk_zaakkenmerk_bron", "bron", "zaak"),
    )


class Zaaknummer(Base):
    """The last number given to an organisation in a year; what was given is never given again."""

    __tablename__ = "zk_zaaknummer"

    bronorganisatie: Mapped[str] = mapped_column(String(9), primary_key=True)
    jaar: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    laatste: Mapped[int]


class Rol(Base):
    """Who has to do with a zaak, and how. The numbers by which people are found stand in columns of their own."""

    __tablename__ = "zk_rol"

    uuid: Mapped[str] = key()
    zaak: Mapped[str] = _of_zaak()
    betrokkene: Mapped[str] = text_of(1000)
    betrokkene_type: Mapped[str] = mapped_column(String(30))
    afwijkende_naam_betrokkene: Mapped[str] = text_of(625)
    roltype: Mapped[str] = mapped_column(Uuid, index=True)
    omschrijving: Mapped[str] = text_of(100)  # of the roltype, as they were when the rol was made
    omschrijving_generiek: Mapped[str] = text_of(80)
    roltoelichting: Mapped[str] = text_of(1000)
    registratiedatum: Mapped[datetime]
    indicatie_machtiging: Mapped[str] = text_of(20)
    contactpersoon_rol: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    begin_geldigheid: Mapped[date | None]
    einde_geldigheid: Mapped[date | None]
    authenticatie_context: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    betrokkene_identificatie: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    inp_bsn: Mapped[str] = text_of(9)
    anp_identificatie: Mapped[str] = text_of(17)
    inp_a_nummer: Mapped[str] = text_of(10)
    inn_nnp_id: Mapped[str] = text_of(9)
    ann_identificatie: Mapped[str] = text_of(17)
    kvk_nummer: Mapped[str] = text_of(8)
    vestigings_nummer: Mapped[str] = text_of(24)
    identificatie: Mapped[str] = text_of(255)  # of a medewerker or an organisatorische eenheid

    __table_args__ = (
        Index("ix_zk_rol_inp_bsn", "inp_bsn", "zaak"),
        Index("ix_zk_rol_kvk_nummer", "kvk_nummer", "zaak"),
        Index("ix_zk_rol_vestigings_nummer", "vestigings_nummer", "zaak"),
        Index("ix_zk_rol_inn_nnp_id", "inn_nnp_id", "zaak"),
        Index("ix_zk_rol_identificatie", "identificatie", "zaak"),
    )


class Status(Base):
    """A step that a zaak took."""

    __tablename__ = "zk_status"

    uuid: Mapped[str] = key()
    zaak: Mapped[str] = _of_zaak(index=False)
    statustype: Mapped[str] = mapped_column(Uuid, index=True)
    datum_status_gezet: Mapped[datetime]
    statustoelichting: Mapped[str] = text_of(1000)
    gezetdoor: Mapped[str | None] = refers_to("zk_rol", index=False)

    __table_args__ = (
        UniqueConstraint("zaak", "datum_status_gezet"),
        _where_any("ix_zk_status_gezetdoor", "gezetdoor"),
    )


class Resultaat(Base):
    """What a zaak led to."""

    __tablename__ = "zk_resultaat"

    uuid: Mapped[str] = key()
    zaak: Mapped[str] = _of_zaak(index=False)
    resultaattype: Mapped[str] = mapped_column(Uuid, index=True)
    toelichting: Mapped[str] = text_of(1000)

    __table_args__ = (UniqueConstraint("zaak"),)


class Zaakeigenschap(Base):
    """What the zaaktype asks to know of a zaak; `naam` is that of the eigenschap when it was filled in."""

    __tablename__ = "zk_zaakeigenschap"

    uuid: Mapped[str] = key()
    zaak: Mapped[str] = _of_zaak()
    eigenschap: Mapped[str] = mapped_column(Uuid)
    naam: Mapped[str] = text_of(100)
    waarde: Mapped[str] = mapped_column(Text)


class Zaakinformatieobject(Base):
    """A document in the dossier of a zaak."""

    __tablename__ = "zk_zaakinformatieobject"

    uuid: Mapped[str] = key()
    zaak: Mapped[str] = _of_zaak(index=False)
    informatieobject: Mapped[str] = mapped_column(Uuid, index=True)
    titel: Mapped[str] = text_of(200)
    beschrijving: Mapped[str] = mapped_column(Text, default="", server_default="")
    registratiedatum: Mapped[datetime]
    vernietigingsdatum: Mapped[datetime | None]
    status: Mapped[str | None] = refers_to("zk_status", index=False)

    __table_args__ = (
        UniqueConstraint("zaak", "informatieobject"),
        _where_any("ix_zk_zaakinformatieobject_status", "status"),
    )


class Zaakobject(Base):
    """What a zaak is about, such as an address."""

    __tablename__ = "zk_zaakobject"

    uuid: Mapped[str] = key()
    zaak: Mapped[str] = _of_zaak()
    object: Mapped[str] = text_of(1000)
    zaakobjecttype: Mapped[str] = text_of(1000)
    object_type: Mapped[str] = mapped_column(String(50))
    object_type_overige: Mapped[str] = text_of(100)
    relatieomschrijving: Mapped[str] = text_of(80)
    object_identificatie: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
