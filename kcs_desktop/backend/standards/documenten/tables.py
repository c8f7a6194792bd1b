"""The register's tables. What is of another register (zaken, informatieobjecttypen) is named by its uuid, without a
key: that register may be upstream. Content is a file of our own, and has one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.standards.objecten.columns import NullableJson, Uuid, key, part_of, text_of


class _Gegevens:
    """What every version of a document says of it. `bestand` is the content of that version."""

    identificatie: Mapped[str] = mapped_column(String(40))
    bronorganisatie: Mapped[str] = mapped_column(String(9))
    creatiedatum: Mapped[date]
    titel: Mapped[str] = text_of(200)
    vertrouwelijkheidaanduiding: Mapped[str] = mapped_column(String(20))
    auteur: Mapped[str] = text_of(200)
    status: Mapped[str] = text_of(20)
    formaat: Mapped[str] = text_of(255)
    taal: Mapped[str] = mapped_column(String(3))
    begin_registratie: Mapped[datetime]
    bestandsnaam: Mapped[str] = text_of(255)
    bestand: Mapped[str | None] = mapped_column(Uuid, ForeignKey("bst_bestand.id"), index=True)
    bestandsomvang: Mapped[int | None] = mapped_column(BigInteger)
    link: Mapped[str] = text_of(200)
    beschrijving: Mapped[str] = text_of(1000)
    ontvangstdatum: Mapped[date | None]
    verzenddatum: Mapped[date | None]
    indicatie_gebruiksrecht: Mapped[bool | None]
    verschijningsvorm: Mapped[str] = mapped_column(Text, default="", server_default="")
    ondertekening: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    integriteit: Mapped[dict[str, Any] | None] = mapped_column(NullableJson)
    informatieobjecttype: Mapped[str] = mapped_column(Uuid)
    trefwoorden: Mapped[list[Any]] = mapped_column(JSON(), default=list, server_default="[]")


class Informatieobject(_Gegevens, Base):
    """A document as it is now. `lock` is the key of whoever is changing it, empty where nobody is; `uit_zaak` says that
    a zaak that it was in is gone, or let go of it."""

    __tablename__ = "doc_informatieobject"

    uuid: Mapped[str] = key()
    versie: Mapped[int]
    lock: Mapped[str] = text_of(100)
    uit_zaak: Mapped[bool] = mapped_column(default=False, server_default=text("false"))

    __table_args__ = (
        UniqueConstraint("bronorganisatie", "identificatie"),
        Index("ix_doc_informatieobject_informatieobjecttype", "informatieobjecttype", "uuid"),
        Index("ix_doc_informatieobject_creatiedatum", "creatiedatum", "uuid"),
    )


class Versie(_Gegevens, Base):
    """A document as it was before a change."""

    __tablename__ = "doc_versie"

    informatieobject: Mapped[str] = mapped_column(
        Uuid, ForeignKey("doc_informatieobject.uuid", ondelete="CASCADE"), primary_key=True
    )
    versie: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Bestandsdeel(Base):
    """A part of content that is being sent; gone when all of it is there and the document is unlocked."""

    __tablename__ = "doc_bestandsdeel"

    uuid: Mapped[str] = key()
    informatieobject: Mapped[str] = part_of("doc_informatieobject")
    bestand: Mapped[str] = mapped_column(Uuid)
    volgnummer: Mapped[int]
    omvang: Mapped[int]
    voltooid: Mapped[bool]


class Objectinformatieobject(Base):
    """The other side of a zaakinformatieobject. A document cannot go while it is somewhere."""

    __tablename__ = "doc_objectinformatieobject"

    uuid: Mapped[str] = key()
    informatieobject: Mapped[str] = mapped_column(Uuid, ForeignKey("doc_informatieobject.uuid"))
    object: Mapped[str] = mapped_column(Uuid)
    object_type: Mapped[str] = mapped_column(String(20))

    __table_args__ = (
        UniqueConstraint("informatieobject", "object", "object_type"),
        Index("ix_doc_objectinformatieobject_object", "object", "object_type"),
    )


class Gebruiksrecht(Base):
    """What a document may be used for, beside reading it."""

    __tablename__ = "doc_gebruiksrecht"

    uuid: Mapped[str] = key()
    informatieobject: Mapped[str] = part_of("doc_informatieobject")
    startdatum: Mapped[datetime]
    einddatum: Mapped[datetime | None]
    omschrijving_voorwaarden: Mapped[str] = mapped_column(Text)
