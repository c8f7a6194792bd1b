"""The register's tables. Relations are read in batches by hand, so there are no ORM relationships to load lazily."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.standards.objecten.columns import NullableJson, Uuid, key, part_of, refers_to, text_of


class Partij(Base):
    """A person, organisation or contact person; `soort_partij` says which, and which naam columns count."""

    __tablename__ = "ki_partij"

    uuid: Mapped[str] = key()
    nummer: Mapped[str | None] = mapped_column(String(10), unique=True)
    soort_partij: Mapped[str] = mapped_column(String(14))
    interne_notitie: Mapped[str] = text_of(1000)
    indicatie_geheimhouding: Mapped[bool | None]
    voorkeurstaal: Mapped[str] = text_of(3)
    indicatie_actief: Mapped[bool]
    naam: Mapped[str] = text_of(200)  # of an organisatie
    werkte_voor_partij: Mapped[str | None] = refers_to("ki_partij")  # of a contactpersoon
    contactnaam_voorletters: Mapped[str] = text_of(10)
    contactnaam_voornaam: Mapped[str] = text_of(200)
    contactnaam_voorvoegsel_achternaam: Mapped[str] = text_of(10)
    contactnaam_achternaam: Mapped[str] = text_of(200)
    bezoekadres_nummeraanduiding_id: Mapped[str] = text_of(16, index=True)
    bezoekadres_straatnaam: Mapped[str] = text_of(255)
    bezoekadres_huisnummer: Mapped[int | None]
    bezoekadres_huisnummertoevoeging: Mapped[str] = text_of(20)
    bezoekadres_postcode: Mapped[str] = text_of(7)
    bezoekadres_stad: Mapped[str] = text_of(255)
    bezoekadres_adresregel1: Mapped[str] = text_of(80, index=True)
    bezoekadres_adresregel2: Mapped[str] = text_of(80, index=True)
    bezoekadres_adresregel3: Mapped[str] = text_of(80, index=True)
    bezoekadres_land: Mapped[str] = text_of(2, index=True)
    correspondentieadres_nummeraanduiding_id: Mapped[str] = text_of(16, index=True)
    correspondentieadres_straatnaam: Mapped[str] = text_of(255)
    correspondentieadres_huisnummer: Mapped[int | None]
    correspondentieadres_huisnummertoevoeging: Mapped[str] = text_of(20)
    correspondentieadres_postcode: Mapped[str] = text_of(7)
    correspondentieadres_stad: Mapped[str] = text_of(255)
    correspondentieadres_adresregel1: Mapped[str] = text_of(80, index=True)
    correspondentieadres_adresregel2: Mapped[str] = text_of(80, index=True)
    correspondentieadres_adresregel3: Mapped[str] = text_of(80, index=True)
    correspondentieadres_land: Mapped[str] = text_of(2, index=True)

    __table_args__ = (
        CheckConstraint("soort_partij IN ('persoon', 'organisatie', 'contactpersoon')", name="soort_partij"),
        Index("ix_ki_partij_soort", "soort_partij", "uuid"),
    )


class PartijIdentificator(Base):
    """What identifies a partij elsewhere. `sub_sleutel` repeats `sub_identificator_van` without NULL, so that two
    identificatoren under no parent are equal to the unique key as well."""

    __tablename__ = "ki_partij_identificator"

    uuid: Mapped[str] = key()
    partij: Mapped[str | None] = part_of("ki_partij", nullable=True, index=False)
    andere_partij_identificator: Mapped[str] = text_of(200, index=True)
    code_objecttype: Mapped[str] = mapped_column(String(23))
    code_soort_object_id: Mapped[str] = mapped_column(String(16))
    object_id: Mapped[str] = mapped_column(String(200))
    code_register: Mapped[str] = mapped_column(String(3))
    sub_identificator_van: Mapped[str | None] = mapped_column(
        Uuid, ForeignKey("ki_partij_identificator.uuid"), index=True
    )
    sub_sleutel: Mapped[str] = text_of(36)

    __table_args__ = (
        UniqueConstraint("object_id", "code_soort_object_id", "code_objecttype", "code_register", "sub_sleutel"),
        UniqueConstraint("partij", "code_soort_object_id"),
    )


class Vertegenwoordiging(Base):
    """One partij acts for another."""

    __tablename__ = "ki_vertegenwoordiging"

    uuid: Mapped[str] = key()
    vertegenwoordigende_partij: Mapped[str] = part_of("ki_partij", index=False)
    vertegenwoordigde_partij: Mapped[str] = part_of("ki_partij")

    __table_args__ = (UniqueConstraint("vertegenwoordigende_partij", "vertegenwoordigde_partij"),)


class Rekeningnummer(Base):
    """A bank account of a partij."""

    __tablename__ = "ki_rekeningnummer"

    uuid: Mapped[str] = key()
    partij: Mapped[str | None] = part_of("ki_partij", nullable=True)
    iban: Mapped[str] = mapped_column(String(34), index=True)
    bic: Mapped[str] = text_of(11, index=True)
    is_voorkeur: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class Actor(Base):
    """An employee, department or machine that handles contacts. Deliberately not unique: the standard is not either."""

    __tablename__ = "ki_actor"

    uuid: Mapped[str] = key()
    naam: Mapped[str] = mapped_column(String(200), index=True)
    soort_actor: Mapped[str] = mapped_column(String(24), index=True)
    indicatie_actief: Mapped[bool]
    actoridentificator_object_id: Mapped[str] = text_of(200, index=True)
    actoridentificator_code_objecttype: Mapped[str] = text_of(200)
    actoridentificator_code_register: Mapped[str] = text_of(200)
    actoridentificator_code_soort_object_id: Mapped[str] = text_of(200)
    actor_identificatie: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)


class Klantcontact(Base):
    """One contact about one subject."""

    __tablename__ = "ki_klantcontact"

    uuid: Mapped[str] = key()
    nummer: Mapped[str | None] = mapped_column(String(10), unique=True)
    referentienummer: Mapped[str | None] = mapped_column(String(10), unique=True)
    kanaal: Mapped[str] = mapped_column(String(50))
    onderwerp: Mapped[str] = mapped_column(String(200))
    inhoud: Mapped[str] = text_of(1000)
    reactie: Mapped[str] = text_of(4000)
    indicatie_contact_gelukt: Mapped[bool | None]
    hoofd_onderwerp_type: Mapped[str] = text_of(200)
    verdere_actie_ondernomen: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    taal: Mapped[str] = mapped_column(String(3))
    vertrouwelijk: Mapped[bool]
    plaatsgevonden_op: Mapped[datetime]
    # `metadata` is SQLAlchemy's own name on a declarative class
    gegevens: Mapped[dict[str, Any]] = mapped_column("metadata", JSON(), default=dict)

    __table_args__ = (
        Index("ix_ki_klantcontact_plaatsgevonden_op", "plaatsgevonden_op", "uuid"),
        Index("ix_ki_klantcontact_kanaal", "kanaal", "plaatsgevonden_op", "uuid"),
    )


class Betrokkene(Base):
    """Who took part in a klantcontact; `partij` where that was a known customer."""

    __tablename__ = "ki_betrokkene"

    uuid: Mapped[str] = key()
    partij: Mapped[str | None] = mapped_column(Uuid, ForeignKey("ki_partij.uuid", ondelete="SET NULL"))
    klantcontact: Mapped[str] = part_of("ki_klantcontact")
    bezoekadres: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    correspondentieadres: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    contactnaam_voorletters: Mapped[str] = text_of(10, index=True)
    contactnaam_voornaam: Mapped[str] = text_of(200, index=True)
    contactnaam_voorvoegsel_achternaam: Mapped[str] = text_of(10)
    contactnaam_achternaam: Mapped[str] = text_of(200, index=True)
    rol: Mapped[str] = mapped_column(String(17))
    organisatienaam: Mapped[str] = text_of(200, index=True)
    initiator: Mapped[bool]

    __table_args__ = (Index("ix_ki_betrokkene_partij", "partij", "klantcontact"),)


class DigitaalAdres(Base):
    """An e-mail address, telephone number or other address, of a partij or given in one contact."""

    __tablename__ = "ki_digitaal_adres"

    uuid: Mapped[str] = key()
    partij: Mapped[str | None] = part_of("ki_partij", nullable=True)
    betrokkene: Mapped[str | None] = part_of("ki_betrokkene", nullable=True)
    adres: Mapped[str] = mapped_column(String(80), index=True)
    soort_digitaal_adres: Mapped[str] = mapped_column(String(14))
    is_standaard_adres: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    is_voorkeur: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    omschrijving: Mapped[str] = text_of(40, index=True)
    referentie: Mapped[str] = text_of(50, index=True)
    verificatie_datum: Mapped[date | None] = mapped_column(index=True)

    __table_args__ = (
        Index(
            "uq_ki_digitaal_adres_standaard",
            "partij",
            "soort_digitaal_adres",
            unique=True,
            sqlite_where=text("is_standaard_adres"),
            postgresql_where=text("is_standaard_adres"),
        ),
        Index(
            "uq_ki_digitaal_adres_referentie",
            "partij",
            "soort_digitaal_adres",
            "referentie",
            unique=True,
            sqlite_where=text("referentie <> ''"),
            postgresql_where=text("referentie <> ''"),
        ),
    )


class ActorKlantcontact(Base):
    """Which actor handled a klantcontact."""

    __tablename__ = "ki_actor_klantcontact"

    uuid: Mapped[str] = key()
    actor: Mapped[str] = part_of("ki_actor", index=False)
    klantcontact: Mapped[str] = part_of("ki_klantcontact")

    __table_args__ = (UniqueConstraint("actor", "klantcontact"),)


class Onderwerpobject(Base):
    """What a klantcontact was about: an object in another register (a zaak), or an earlier klantcontact."""

    __tablename__ = "ki_onderwerpobject"

    uuid: Mapped[str] = key()
    klantcontact: Mapped[str | None] = part_of("ki_klantcontact", nullable=True)
    was_klantcontact: Mapped[str | None] = refers_to("ki_klantcontact")
    onderwerpobjectidentificator_object_id: Mapped[str] = text_of(200, index=True)
    onderwerpobjectidentificator_code_objecttype: Mapped[str] = text_of(200)
    onderwerpobjectidentificator_code_register: Mapped[str] = text_of(200)
    onderwerpobjectidentificator_code_soort_object_id: Mapped[str] = text_of(200)


class InterneTaak(Base):
    """A callback note: work that a klantcontact led to."""

    __tablename__ = "ki_internetaak"

    uuid: Mapped[str] = key()
    nummer: Mapped[str | None] = mapped_column(String(10), unique=True)
    referentienummer: Mapped[str | None] = mapped_column(String(10), unique=True)
    gevraagde_handeling: Mapped[str] = mapped_column(String(200))
    klantcontact: Mapped[str] = part_of("ki_klantcontact")
    toelichting: Mapped[str] = mapped_column(Text, default="", server_default="")
    status: Mapped[str] = mapped_column(String(12))
    toegewezen_op: Mapped[datetime]
    afgehandeld_op: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_ki_internetaak_toegewezen_op", "toegewezen_op", "uuid"),
        Index("ix_ki_internetaak_status", "status", "toegewezen_op", "uuid"),
    )


class InterneTaakActor(Base):
    """To whom an internetaak is assigned, in the order given."""

    __tablename__ = "ki_internetaak_actor"

    internetaak: Mapped[str] = mapped_column(
        Uuid, ForeignKey("ki_internetaak.uuid", ondelete="CASCADE"), primary_key=True
    )
    actor: Mapped[str] = mapped_column(
        Uuid, ForeignKey("ki_actor.uuid", ondelete="CASCADE"), primary_key=True, index=True
    )
    volgorde: Mapped[int] = mapped_column(default=0)
