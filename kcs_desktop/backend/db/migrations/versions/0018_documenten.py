"""The register of Documenten."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "doc_informatieobject",
        _uuid("uuid"),
        *_gegevens("doc_informatieobject"),
        sa.Column("versie", sa.Integer(), nullable=False),
        _text("lock", 100),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_doc_informatieobject")),
        sa.UniqueConstraint(
            "bronorganisatie", "identificatie", name=op.f("uq_doc_informatieobject_bronorganisatie_identificatie")
        ),
    )
    for column in ("informatieobjecttype", "creatiedatum"):
        op.create_index(f"ix_doc_informatieobject_{column}", "doc_informatieobject", [column, "uuid"], unique=False)
    op.create_index(op.f("ix_doc_informatieobject_bestand"), "doc_informatieobject", ["bestand"], unique=False)
    op.create_table(
        "doc_versie",
        _uuid("informatieobject"),
        sa.Column("versie", sa.Integer(), autoincrement=False, nullable=False),
        *_gegevens("doc_versie"),
        _of_document("doc_versie", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("informatieobject", "versie", name=op.f("pk_doc_versie")),
    )
    op.create_index(op.f("ix_doc_versie_bestand"), "doc_versie", ["bestand"], unique=False)
    op.create_table(
        "doc_bestandsdeel",
        _uuid("uuid"),
        _uuid("informatieobject"),
        _uuid("bestand"),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("omvang", sa.Integer(), nullable=False),
        sa.Column("voltooid", sa.Boolean(), nullable=False),
        _of_document("doc_bestandsdeel", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_doc_bestandsdeel")),
    )
    op.create_table(
        "doc_objectinformatieobject",
        _uuid("uuid"),
        _uuid("informatieobject"),
        _uuid("object"),
        sa.Column("object_type", sa.String(20), nullable=False),
        _of_document("doc_objectinformatieobject"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_doc_objectinformatieobject")),
        sa.UniqueConstraint(
            "informatieobject",
            "object",
            "object_type",
            name=op.f("uq_doc_objectinformatieobject_informatieobject_object_object_type"),
        ),
    )
    op.create_index(
        "ix_doc_objectinformatieobject_object", "doc_objectinformatieobject", ["object", "object_type"], unique=False
    )
    op.create_table(
        "doc_gebruiksrecht",
        _uuid("uuid"),
        _uuid("informatieobject"),
        sa.Column("startdatum", sa.DateTime(timezone=True), nullable=False),
        sa.Column("einddatum", sa.DateTime(timezone=True), nullable=True),
        sa.Column("omschrijving_voorwaarden", sa.Text(), nullable=False),
        _of_document("doc_gebruiksrecht", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_doc_gebruiksrecht")),
    )
    for table in ("doc_bestandsdeel", "doc_gebruiksrecht"):
        op.create_index(op.f(f"ix_{table}_informatieobject"), table, ["informatieobject"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")


def _uuid(naam: str) -> sa.Column[str]:
    return sa.Column(naam, sa.String(36), nullable=False)


def _text(naam: str, lengte: int) -> sa.Column[str]:
    return sa.Column(naam, sa.String(lengte), server_default="", nullable=False)


def _of_document(table: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["informatieobject"],
        ["doc_informatieobject.uuid"],
        name=op.f(f"fk_{table}_informatieobject"),
        ondelete=ondelete,
    )


def _gegevens(table: str) -> list[Any]:
    return [
        sa.Column("identificatie", sa.String(40), nullable=False),
        sa.Column("bronorganisatie", sa.String(9), nullable=False),
        sa.Column("creatiedatum", sa.Date(), nullable=False),
        _text("titel", 200),
        sa.Column("vertrouwelijkheidaanduiding", sa.String(20), nullable=False),
        _text("auteur", 200),
        _text("status", 20),
        _text("formaat", 255),
        sa.Column("taal", sa.String(3), nullable=False),
        sa.Column("begin_registratie", sa.DateTime(timezone=True), nullable=False),
        _text("bestandsnaam", 255),
        sa.Column("bestand", sa.String(36), nullable=True),
        sa.Column("bestandsomvang", sa.BigInteger(), nullable=True),
        _text("link", 200),
        _text("beschrijving", 1000),
        sa.Column("ontvangstdatum", sa.Date(), nullable=True),
        sa.Column("verzenddatum", sa.Date(), nullable=True),
        sa.Column("indicatie_gebruiksrecht", sa.Boolean(), nullable=True),
        sa.Column("verschijningsvorm", sa.Text(), server_default="", nullable=False),
        sa.Column("ondertekening", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("integriteit", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("informatieobjecttype", sa.String(36), nullable=False),
        sa.Column("trefwoorden", sa.JSON(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["bestand"], ["bst_bestand.id"], name=op.f(f"fk_{table}_bestand")),
    ]
