"""Catalogi: zaaktypen with their statustypen, roltypen, resultaattypen, eigenschappen and kinds of documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "cat_catalogus",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("domein", sa.String(length=5), nullable=False),
        sa.Column("rsin", sa.String(length=9), nullable=False),
        sa.Column("contactpersoon_beheer_naam", sa.String(length=40), nullable=False),
        sa.Column("contactpersoon_beheer_telefoonnummer", sa.String(length=20), server_default="", nullable=False),
        sa.Column("contactpersoon_beheer_emailadres", sa.String(length=254), server_default="", nullable=False),
        sa.Column("naam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("versie", sa.String(length=20), server_default="", nullable=False),
        sa.Column("begindatum_versie", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_catalogus")),
        sa.UniqueConstraint("domein", "rsin", name=op.f("uq_cat_catalogus_domein_rsin")),
    )
    op.create_table(
        "zaaktypekenmerk",
        sa.Column("identificatie", sa.String(length=50), nullable=False),
        sa.Column("inhoud", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("identificatie", name=op.f("pk_zaaktypekenmerk")),
    )
    op.create_table(
        "cat_informatieobjecttype",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("catalogus", sa.String(length=36), nullable=False),
        sa.Column("omschrijving", sa.String(length=80), nullable=False),
        sa.Column("vertrouwelijkheidaanduiding", sa.String(length=20), nullable=False),
        sa.Column("begin_geldigheid", sa.Date(), nullable=False),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.Column("concept", sa.Boolean(), nullable=False),
        sa.Column("informatieobjectcategorie", sa.String(length=80), nullable=False),
        sa.Column("trefwoord", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("omschrijving_generiek", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["catalogus"],
            ["cat_catalogus.uuid"],
            name=op.f("fk_cat_informatieobjecttype_catalogus"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_informatieobjecttype")),
    )
    with op.batch_alter_table("cat_informatieobjecttype", schema=None) as batch_op:
        batch_op.create_index("ix_cat_informatieobjecttype_catalogus", ["catalogus", "omschrijving"], unique=False)

    op.create_table(
        "cat_zaaktype",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("catalogus", sa.String(length=36), nullable=False),
        sa.Column("identificatie", sa.String(length=50), nullable=False),
        sa.Column("omschrijving", sa.String(length=80), nullable=False),
        sa.Column("omschrijving_generiek", sa.String(length=80), server_default="", nullable=False),
        sa.Column("vertrouwelijkheidaanduiding", sa.String(length=20), nullable=False),
        sa.Column("doel", sa.Text(), server_default="", nullable=False),
        sa.Column("aanleiding", sa.Text(), server_default="", nullable=False),
        sa.Column("toelichting", sa.Text(), server_default="", nullable=False),
        sa.Column("indicatie_intern_of_extern", sa.String(length=6), nullable=False),
        sa.Column("handeling_initiator", sa.String(length=20), nullable=False),
        sa.Column("onderwerp", sa.String(length=80), nullable=False),
        sa.Column("handeling_behandelaar", sa.String(length=20), nullable=False),
        sa.Column("doorlooptijd", sa.String(length=40), nullable=False),
        sa.Column("servicenorm", sa.String(length=40), nullable=True),
        sa.Column("opschorting_en_aanhouding_mogelijk", sa.Boolean(), nullable=False),
        sa.Column("verlenging_mogelijk", sa.Boolean(), nullable=False),
        sa.Column("verlengingstermijn", sa.String(length=40), nullable=True),
        sa.Column("trefwoorden", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("publicatie_indicatie", sa.Boolean(), nullable=False),
        sa.Column("publicatietekst", sa.Text(), server_default="", nullable=False),
        sa.Column("verantwoordingsrelatie", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("producten_of_diensten", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("selectielijst_procestype", sa.String(length=200), server_default="", nullable=False),
        sa.Column("referentieproces_naam", sa.String(length=80), nullable=False),
        sa.Column("referentieproces_link", sa.String(length=200), server_default="", nullable=False),
        sa.Column("concept", sa.Boolean(), nullable=False),
        sa.Column("verantwoordelijke", sa.String(length=50), nullable=False),
        sa.Column("broncatalogus", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("bronzaaktype", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("begin_geldigheid", sa.Date(), nullable=False),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.Column("versiedatum", sa.Date(), nullable=False),
        sa.Column("deelzaaktypen", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("gerelateerde_zaaktypen", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.ForeignKeyConstraint(
            ["catalogus"], ["cat_catalogus.uuid"], name=op.f("fk_cat_zaaktype_catalogus"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_zaaktype")),
    )
    with op.batch_alter_table("cat_zaaktype", schema=None) as batch_op:
        batch_op.create_index("ix_cat_zaaktype_catalogus", ["catalogus", "identificatie"], unique=False)
        batch_op.create_index(batch_op.f("ix_cat_zaaktype_identificatie"), ["identificatie"], unique=False)

    op.create_table(
        "cat_resultaattype",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaaktype", sa.String(length=36), nullable=False),
        sa.Column("omschrijving", sa.String(length=30), nullable=False),
        sa.Column("resultaattypeomschrijving", sa.String(length=1000), nullable=False),
        sa.Column("selectielijstklasse", sa.String(length=1000), nullable=False),
        sa.Column("toelichting", sa.Text(), server_default="", nullable=False),
        sa.Column("archiefnominatie", sa.String(length=16), server_default="", nullable=False),
        sa.Column("archiefactietermijn", sa.String(length=40), nullable=True),
        sa.Column("brondatum_archiefprocedure", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("procesobjectaard", sa.String(length=200), server_default="", nullable=False),
        sa.Column("indicatie_specifiek", sa.Boolean(), nullable=True),
        sa.Column("procestermijn", sa.String(length=40), nullable=True),
        sa.Column("informatieobjecttypen", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("begin_geldigheid", sa.Date(), nullable=True),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["zaaktype"], ["cat_zaaktype.uuid"], name=op.f("fk_cat_resultaattype_zaaktype"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_resultaattype")),
        sa.UniqueConstraint("zaaktype", "omschrijving", name=op.f("uq_cat_resultaattype_zaaktype_omschrijving")),
    )
    op.create_table(
        "cat_roltype",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaaktype", sa.String(length=36), nullable=False),
        sa.Column("omschrijving", sa.String(length=100), nullable=False),
        sa.Column("omschrijving_generiek", sa.String(length=20), nullable=False),
        sa.Column("begin_geldigheid", sa.Date(), nullable=True),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["zaaktype"], ["cat_zaaktype.uuid"], name=op.f("fk_cat_roltype_zaaktype"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_roltype")),
    )
    with op.batch_alter_table("cat_roltype", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cat_roltype_zaaktype"), ["zaaktype"], unique=False)

    op.create_table(
        "cat_statustype",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaaktype", sa.String(length=36), nullable=False),
        sa.Column("omschrijving", sa.String(length=80), nullable=False),
        sa.Column("omschrijving_generiek", sa.String(length=80), server_default="", nullable=False),
        sa.Column("statustekst", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("informeren", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("doorlooptijd", sa.String(length=40), nullable=True),
        sa.Column("toelichting", sa.String(length=1000), nullable=True),
        sa.Column("checklistitem_statustype", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("begin_geldigheid", sa.Date(), nullable=True),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.CheckConstraint("volgnummer BETWEEN 1 AND 9999", name=op.f("ck_cat_statustype_volgnummer")),
        sa.ForeignKeyConstraint(
            ["zaaktype"], ["cat_zaaktype.uuid"], name=op.f("fk_cat_statustype_zaaktype"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_statustype")),
        sa.UniqueConstraint("zaaktype", "volgnummer", name=op.f("uq_cat_statustype_zaaktype_volgnummer")),
    )
    op.create_table(
        "cat_eigenschap",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaaktype", sa.String(length=36), nullable=False),
        sa.Column("statustype", sa.String(length=36), nullable=True),
        sa.Column("naam", sa.String(length=20), nullable=False),
        sa.Column("definitie", sa.String(length=255), nullable=False),
        sa.Column("specificatie_groep", sa.String(length=32), server_default="", nullable=False),
        sa.Column("specificatie_formaat", sa.String(length=10), nullable=False),
        sa.Column("specificatie_lengte", sa.String(length=14), nullable=False),
        sa.Column("specificatie_kardinaliteit", sa.String(length=3), nullable=False),
        sa.Column("specificatie_waardenverzameling", sa.JSON(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("toelichting", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("begin_geldigheid", sa.Date(), nullable=True),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["statustype"], ["cat_statustype.uuid"], name=op.f("fk_cat_eigenschap_statustype"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["zaaktype"], ["cat_zaaktype.uuid"], name=op.f("fk_cat_eigenschap_zaaktype"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_eigenschap")),
        sa.UniqueConstraint("zaaktype", "naam", name=op.f("uq_cat_eigenschap_zaaktype_naam")),
    )
    with op.batch_alter_table("cat_eigenschap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cat_eigenschap_statustype"), ["statustype"], unique=False)

    op.create_table(
        "cat_zaaktype_informatieobjecttype",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaaktype", sa.String(length=36), nullable=False),
        sa.Column("informatieobjecttype", sa.String(length=36), nullable=False),
        sa.Column("statustype", sa.String(length=36), nullable=True),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("richting", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["informatieobjecttype"],
            ["cat_informatieobjecttype.uuid"],
            name=op.f("fk_cat_zaaktype_informatieobjecttype_informatieobjecttype"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statustype"],
            ["cat_statustype.uuid"],
            name=op.f("fk_cat_zaaktype_informatieobjecttype_statustype"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["zaaktype"],
            ["cat_zaaktype.uuid"],
            name=op.f("fk_cat_zaaktype_informatieobjecttype_zaaktype"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_cat_zaaktype_informatieobjecttype")),
        sa.UniqueConstraint(
            "zaaktype", "volgnummer", name=op.f("uq_cat_zaaktype_informatieobjecttype_zaaktype_volgnummer")
        ),
    )
    with op.batch_alter_table("cat_zaaktype_informatieobjecttype", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_cat_zaaktype_informatieobjecttype_informatieobjecttype"),
            ["informatieobjecttype"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_cat_zaaktype_informatieobjecttype_statustype"), ["statustype"], unique=False
        )


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
