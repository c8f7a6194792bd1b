"""The register of Zaken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "zk_zaak",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("identificatie", sa.String(length=40), nullable=False),
        sa.Column("bronorganisatie", sa.String(length=9), nullable=False),
        sa.Column("omschrijving", sa.String(length=80), server_default="", nullable=False),
        sa.Column("toelichting", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("zaaktype", sa.String(length=36), nullable=False),
        sa.Column("registratiedatum", sa.Date(), nullable=False),
        sa.Column("verantwoordelijke_organisatie", sa.String(length=9), nullable=False),
        sa.Column("startdatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("einddatum_gepland", sa.Date(), nullable=True),
        sa.Column("uiterlijke_einddatum_afdoening", sa.Date(), nullable=True),
        sa.Column("publicatiedatum", sa.Date(), nullable=True),
        sa.Column("laatst_gemuteerd", sa.DateTime(timezone=True), nullable=False),
        sa.Column("laatst_geopend", sa.DateTime(timezone=True), nullable=True),
        sa.Column("communicatiekanaal", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("communicatiekanaal_naam", sa.String(length=250), server_default="", nullable=False),
        sa.Column("producten_of_diensten", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("vertrouwelijkheidaanduiding", sa.String(length=20), nullable=False),
        sa.Column("betalingsindicatie", sa.String(length=20), server_default="", nullable=False),
        sa.Column("laatste_betaaldatum", sa.DateTime(timezone=True), nullable=True),
        sa.Column("zaakgeometrie", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("geometrie_lengte", sa.Double(), nullable=True),
        sa.Column("geometrie_breedte", sa.Double(), nullable=True),
        sa.Column("verlenging_reden", sa.String(length=200), server_default="", nullable=False),
        sa.Column("verlenging_duur", sa.String(length=100), server_default="", nullable=False),
        sa.Column("opschorting_indicatie", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("opschorting_eerdere", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("opschorting_reden", sa.String(length=200), server_default="", nullable=False),
        sa.Column("selectielijstklasse", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("hoofdzaak", sa.String(length=36), nullable=True),
        sa.Column("relevante_andere_zaken", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("gerelateerde_zaken", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("archiefnominatie", sa.String(length=40), nullable=True),
        sa.Column("archiefstatus", sa.String(length=40), server_default="nog_te_archiveren", nullable=False),
        sa.Column("archiefactiedatum", sa.Date(), nullable=True),
        sa.Column("opdrachtgevende_organisatie", sa.String(length=9), server_default="", nullable=False),
        sa.Column("processobjectaard", sa.String(length=200), server_default="", nullable=False),
        sa.Column("startdatum_bewaartermijn", sa.Date(), nullable=True),
        sa.Column("processobject", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("status", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["hoofdzaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_zaak_hoofdzaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_zaak")),
        sa.UniqueConstraint("bronorganisatie", "identificatie", name=op.f("uq_zk_zaak_bronorganisatie_identificatie")),
    )
    with op.batch_alter_table("zk_zaak", schema=None) as batch_op:
        batch_op.create_index("ix_zk_zaak_archiefactiedatum", ["archiefactiedatum", "uuid"], unique=False)
        batch_op.create_index("ix_zk_zaak_einddatum", ["einddatum", "uuid"], unique=False)
        batch_op.create_index("ix_zk_zaak_geometrie", ["geometrie_lengte", "geometrie_breedte"], unique=False)
        batch_op.create_index(batch_op.f("ix_zk_zaak_hoofdzaak"), ["hoofdzaak"], unique=False)
        batch_op.create_index(batch_op.f("ix_zk_zaak_identificatie"), ["identificatie"], unique=False)
        batch_op.create_index("ix_zk_zaak_publicatiedatum", ["publicatiedatum", "uuid"], unique=False)
        batch_op.create_index("ix_zk_zaak_registratiedatum", ["registratiedatum", "uuid"], unique=False)
        batch_op.create_index("ix_zk_zaak_startdatum", ["startdatum", "uuid"], unique=False)
        batch_op.create_index(batch_op.f("ix_zk_zaak_status"), ["status"], unique=False)
        batch_op.create_index(
            "ix_zk_zaak_uiterlijke_einddatum_afdoening", ["uiterlijke_einddatum_afdoening", "uuid"], unique=False
        )
        batch_op.create_index("ix_zk_zaak_vertrouwelijkheidaanduiding", ["vertrouwelijkheidaanduiding"], unique=False)
        batch_op.create_index("ix_zk_zaak_zaaktype", ["zaaktype", "startdatum", "uuid"], unique=False)

    op.create_table(
        "zk_zaaknummer",
        sa.Column("bronorganisatie", sa.String(length=9), nullable=False),
        sa.Column("jaar", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("laatste", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bronorganisatie", "jaar", name=op.f("pk_zk_zaaknummer")),
    )
    op.create_table(
        "zk_resultaat",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("resultaattype", sa.String(length=36), nullable=False),
        sa.Column("toelichting", sa.String(length=1000), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_resultaat_zaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_resultaat")),
        sa.UniqueConstraint("zaak", name=op.f("uq_zk_resultaat_zaak")),
    )
    with op.batch_alter_table("zk_resultaat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zk_resultaat_resultaattype"), ["resultaattype"], unique=False)

    op.create_table(
        "zk_rol",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("betrokkene", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("betrokkene_type", sa.String(length=30), nullable=False),
        sa.Column("afwijkende_naam_betrokkene", sa.String(length=625), server_default="", nullable=False),
        sa.Column("roltype", sa.String(length=36), nullable=False),
        sa.Column("omschrijving", sa.String(length=100), server_default="", nullable=False),
        sa.Column("omschrijving_generiek", sa.String(length=80), server_default="", nullable=False),
        sa.Column("roltoelichting", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("registratiedatum", sa.DateTime(timezone=True), nullable=False),
        sa.Column("indicatie_machtiging", sa.String(length=20), server_default="", nullable=False),
        sa.Column("contactpersoon_rol", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("begin_geldigheid", sa.Date(), nullable=True),
        sa.Column("einde_geldigheid", sa.Date(), nullable=True),
        sa.Column("authenticatie_context", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("betrokkene_identificatie", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("inp_bsn", sa.String(length=9), server_default="", nullable=False),
        sa.Column("anp_identificatie", sa.String(length=17), server_default="", nullable=False),
        sa.Column("inp_a_nummer", sa.String(length=10), server_default="", nullable=False),
        sa.Column("inn_nnp_id", sa.String(length=9), server_default="", nullable=False),
        sa.Column("ann_identificatie", sa.String(length=17), server_default="", nullable=False),
        sa.Column("kvk_nummer", sa.String(length=8), server_default="", nullable=False),
        sa.Column("vestigings_nummer", sa.String(length=24), server_default="", nullable=False),
        sa.Column("identificatie", sa.String(length=255), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_rol_zaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_rol")),
    )
    with op.batch_alter_table("zk_rol", schema=None) as batch_op:
        batch_op.create_index("ix_zk_rol_identificatie", ["identificatie", "zaak"], unique=False)
        batch_op.create_index("ix_zk_rol_inn_nnp_id", ["inn_nnp_id", "zaak"], unique=False)
        batch_op.create_index("ix_zk_rol_inp_bsn", ["inp_bsn", "zaak"], unique=False)
        batch_op.create_index("ix_zk_rol_kvk_nummer", ["kvk_nummer", "zaak"], unique=False)
        batch_op.create_index(batch_op.f("ix_zk_rol_roltype"), ["roltype"], unique=False)
        batch_op.create_index("ix_zk_rol_vestigings_nummer", ["vestigings_nummer", "zaak"], unique=False)
        batch_op.create_index(batch_op.f("ix_zk_rol_zaak"), ["zaak"], unique=False)

    op.create_table(
        "zk_zaakeigenschap",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("eigenschap", sa.String(length=36), nullable=False),
        sa.Column("naam", sa.String(length=100), server_default="", nullable=False),
        sa.Column("waarde", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_zaakeigenschap_zaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_zaakeigenschap")),
    )
    with op.batch_alter_table("zk_zaakeigenschap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zk_zaakeigenschap_zaak"), ["zaak"], unique=False)

    op.create_table(
        "zk_zaakkenmerk",
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("volgorde", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bron", sa.String(length=40), nullable=False),
        sa.Column("kenmerk", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_zaakkenmerk_zaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("zaak", "volgorde", name=op.f("pk_zk_zaakkenmerk")),
    )
    with op.batch_alter_table("zk_zaakkenmerk", schema=None) as batch_op:
        batch_op.create_index("ix_zk_zaakkenmerk_kenmerk", ["kenmerk", "bron"], unique=False)

    op.create_table(
        "zk_zaakobject",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("object", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("zaakobjecttype", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("object_type", sa.String(length=50), nullable=False),
        sa.Column("object_type_overige", sa.String(length=100), server_default="", nullable=False),
        sa.Column("relatieomschrijving", sa.String(length=80), server_default="", nullable=False),
        sa.Column("object_identificatie", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_zaakobject_zaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_zaakobject")),
    )
    with op.batch_alter_table("zk_zaakobject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zk_zaakobject_zaak"), ["zaak"], unique=False)

    op.create_table(
        "zk_status",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("statustype", sa.String(length=36), nullable=False),
        sa.Column("datum_status_gezet", sa.DateTime(timezone=True), nullable=False),
        sa.Column("statustoelichting", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("gezetdoor", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["gezetdoor"], ["zk_rol.uuid"], name=op.f("fk_zk_status_gezetdoor"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_status_zaak"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_status")),
        sa.UniqueConstraint("zaak", "datum_status_gezet", name=op.f("uq_zk_status_zaak_datum_status_gezet")),
    )
    with op.batch_alter_table("zk_status", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_zk_status_gezetdoor"), ["gezetdoor"], unique=False)
        batch_op.create_index(batch_op.f("ix_zk_status_statustype"), ["statustype"], unique=False)

    op.create_table(
        "zk_zaakinformatieobject",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("zaak", sa.String(length=36), nullable=False),
        sa.Column("informatieobject", sa.String(length=36), nullable=False),
        sa.Column("titel", sa.String(length=200), server_default="", nullable=False),
        sa.Column("beschrijving", sa.Text(), server_default="", nullable=False),
        sa.Column("registratiedatum", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vernietigingsdatum", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["status"], ["zk_status.uuid"], name=op.f("fk_zk_zaakinformatieobject_status"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["zaak"], ["zk_zaak.uuid"], name=op.f("fk_zk_zaakinformatieobject_zaak"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_zk_zaakinformatieobject")),
        sa.UniqueConstraint("zaak", "informatieobject", name=op.f("uq_zk_zaakinformatieobject_zaak_informatieobject")),
    )
    with op.batch_alter_table("zk_zaakinformatieobject", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_zk_zaakinformatieobject_informatieobject"), ["informatieobject"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_zk_zaakinformatieobject_status"), ["status"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
