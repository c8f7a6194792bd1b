"""Klantinteracties: partijen, contacts, betrokkenen, tasks and actors."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "ki_actor",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("soort_actor", sa.String(length=24), nullable=False),
        sa.Column("indicatie_actief", sa.Boolean(), nullable=False),
        sa.Column("actoridentificator_object_id", sa.String(length=200), server_default="", nullable=False),
        sa.Column("actoridentificator_code_objecttype", sa.String(length=200), server_default="", nullable=False),
        sa.Column("actoridentificator_code_register", sa.String(length=200), server_default="", nullable=False),
        sa.Column("actoridentificator_code_soort_object_id", sa.String(length=200), server_default="", nullable=False),
        sa.Column("actor_identificatie", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_actor")),
    )
    with op.batch_alter_table("ki_actor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ki_actor_actoridentificator_object_id"), ["actoridentificator_object_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ki_actor_naam"), ["naam"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_actor_soort_actor"), ["soort_actor"], unique=False)

    op.create_table(
        "ki_klantcontact",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("nummer", sa.String(length=10), nullable=True),
        sa.Column("referentienummer", sa.String(length=10), nullable=True),
        sa.Column("kanaal", sa.String(length=50), nullable=False),
        sa.Column("onderwerp", sa.String(length=200), nullable=False),
        sa.Column("inhoud", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("reactie", sa.String(length=4000), server_default="", nullable=False),
        sa.Column("indicatie_contact_gelukt", sa.Boolean(), nullable=True),
        sa.Column("hoofd_onderwerp_type", sa.String(length=200), server_default="", nullable=False),
        sa.Column("verdere_actie_ondernomen", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("taal", sa.String(length=3), nullable=False),
        sa.Column("vertrouwelijk", sa.Boolean(), nullable=False),
        sa.Column("plaatsgevonden_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_klantcontact")),
        sa.UniqueConstraint("nummer", name=op.f("uq_ki_klantcontact_nummer")),
        sa.UniqueConstraint("referentienummer", name=op.f("uq_ki_klantcontact_referentienummer")),
    )
    with op.batch_alter_table("ki_klantcontact", schema=None) as batch_op:
        batch_op.create_index("ix_ki_klantcontact_kanaal", ["kanaal", "plaatsgevonden_op", "uuid"], unique=False)
        batch_op.create_index("ix_ki_klantcontact_plaatsgevonden_op", ["plaatsgevonden_op", "uuid"], unique=False)

    op.create_table(
        "ki_partij",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("nummer", sa.String(length=10), nullable=True),
        sa.Column("soort_partij", sa.String(length=14), nullable=False),
        sa.Column("interne_notitie", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("indicatie_geheimhouding", sa.Boolean(), nullable=True),
        sa.Column("voorkeurstaal", sa.String(length=3), server_default="", nullable=False),
        sa.Column("indicatie_actief", sa.Boolean(), nullable=False),
        sa.Column("naam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("werkte_voor_partij", sa.String(length=36), nullable=True),
        sa.Column("contactnaam_voorletters", sa.String(length=10), server_default="", nullable=False),
        sa.Column("contactnaam_voornaam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("contactnaam_voorvoegsel_achternaam", sa.String(length=10), server_default="", nullable=False),
        sa.Column("contactnaam_achternaam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("bezoekadres_nummeraanduiding_id", sa.String(length=16), server_default="", nullable=False),
        sa.Column("bezoekadres_straatnaam", sa.String(length=255), server_default="", nullable=False),
        sa.Column("bezoekadres_huisnummer", sa.Integer(), nullable=True),
        sa.Column("bezoekadres_huisnummertoevoeging", sa.String(length=20), server_default="", nullable=False),
        sa.Column("bezoekadres_postcode", sa.String(length=7), server_default="", nullable=False),
        sa.Column("bezoekadres_stad", sa.String(length=255), server_default="", nullable=False),
        sa.Column("bezoekadres_adresregel1", sa.String(length=80), server_default="", nullable=False),
        sa.Column("bezoekadres_adresregel2", sa.String(length=80), server_default="", nullable=False),
        sa.Column("bezoekadres_adresregel3", sa.String(length=80), server_default="", nullable=False),
        sa.Column("bezoekadres_land", sa.String(length=2), server_default="", nullable=False),
        sa.Column("correspondentieadres_nummeraanduiding_id", sa.String(length=16), server_default="", nullable=False),
        sa.Column("correspondentieadres_straatnaam", sa.String(length=255), server_default="", nullable=False),
        sa.Column("correspondentieadres_huisnummer", sa.Integer(), nullable=True),
        sa.Column("correspondentieadres_huisnummertoevoeging", sa.String(length=20), server_default="", nullable=False),
        sa.Column("correspondentieadres_postcode", sa.String(length=7), server_default="", nullable=False),
        sa.Column("correspondentieadres_stad", sa.String(length=255), server_default="", nullable=False),
        sa.Column("correspondentieadres_adresregel1", sa.String(length=80), server_default="", nullable=False),
        sa.Column("correspondentieadres_adresregel2", sa.String(length=80), server_default="", nullable=False),
        sa.Column("correspondentieadres_adresregel3", sa.String(length=80), server_default="", nullable=False),
        sa.Column("correspondentieadres_land", sa.String(length=2), server_default="", nullable=False),
        sa.CheckConstraint(
            "soort_partij IN ('persoon', 'organisatie', 'contactpersoon')", name=op.f("ck_ki_partij_soort_partij")
        ),
        sa.ForeignKeyConstraint(
            ["werkte_voor_partij"],
            ["ki_partij.uuid"],
            name=op.f("fk_ki_partij_werkte_voor_partij"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_partij")),
        sa.UniqueConstraint("nummer", name=op.f("uq_ki_partij_nummer")),
    )
    with op.batch_alter_table("ki_partij", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ki_partij_bezoekadres_adresregel1"), ["bezoekadres_adresregel1"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_bezoekadres_adresregel2"), ["bezoekadres_adresregel2"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_bezoekadres_adresregel3"), ["bezoekadres_adresregel3"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ki_partij_bezoekadres_land"), ["bezoekadres_land"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ki_partij_bezoekadres_nummeraanduiding_id"),
            ["bezoekadres_nummeraanduiding_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_correspondentieadres_adresregel1"),
            ["correspondentieadres_adresregel1"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_correspondentieadres_adresregel2"),
            ["correspondentieadres_adresregel2"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_correspondentieadres_adresregel3"),
            ["correspondentieadres_adresregel3"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_correspondentieadres_land"), ["correspondentieadres_land"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_correspondentieadres_nummeraanduiding_id"),
            ["correspondentieadres_nummeraanduiding_id"],
            unique=False,
        )
        batch_op.create_index("ix_ki_partij_soort", ["soort_partij", "uuid"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_partij_werkte_voor_partij"), ["werkte_voor_partij"], unique=False)

    op.create_table(
        "ki_actor_klantcontact",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("klantcontact", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor"], ["ki_actor.uuid"], name=op.f("fk_ki_actor_klantcontact_actor"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["klantcontact"],
            ["ki_klantcontact.uuid"],
            name=op.f("fk_ki_actor_klantcontact_klantcontact"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_actor_klantcontact")),
        sa.UniqueConstraint("actor", "klantcontact", name=op.f("uq_ki_actor_klantcontact_actor_klantcontact")),
    )
    with op.batch_alter_table("ki_actor_klantcontact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ki_actor_klantcontact_klantcontact"), ["klantcontact"], unique=False)

    op.create_table(
        "ki_betrokkene",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("partij", sa.String(length=36), nullable=True),
        sa.Column("klantcontact", sa.String(length=36), nullable=False),
        sa.Column("bezoekadres", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("correspondentieadres", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("contactnaam_voorletters", sa.String(length=10), server_default="", nullable=False),
        sa.Column("contactnaam_voornaam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("contactnaam_voorvoegsel_achternaam", sa.String(length=10), server_default="", nullable=False),
        sa.Column("contactnaam_achternaam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("rol", sa.String(length=17), nullable=False),
        sa.Column("organisatienaam", sa.String(length=200), server_default="", nullable=False),
        sa.Column("initiator", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["klantcontact"], ["ki_klantcontact.uuid"], name=op.f("fk_ki_betrokkene_klantcontact"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["partij"], ["ki_partij.uuid"], name=op.f("fk_ki_betrokkene_partij"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_betrokkene")),
    )
    with op.batch_alter_table("ki_betrokkene", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ki_betrokkene_contactnaam_achternaam"), ["contactnaam_achternaam"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ki_betrokkene_contactnaam_voorletters"), ["contactnaam_voorletters"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_ki_betrokkene_contactnaam_voornaam"), ["contactnaam_voornaam"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_ki_betrokkene_klantcontact"), ["klantcontact"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_betrokkene_organisatienaam"), ["organisatienaam"], unique=False)
        batch_op.create_index("ix_ki_betrokkene_partij", ["partij", "klantcontact"], unique=False)

    op.create_table(
        "ki_internetaak",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("nummer", sa.String(length=10), nullable=True),
        sa.Column("referentienummer", sa.String(length=10), nullable=True),
        sa.Column("gevraagde_handeling", sa.String(length=200), nullable=False),
        sa.Column("klantcontact", sa.String(length=36), nullable=False),
        sa.Column("toelichting", sa.Text(), server_default="", nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("toegewezen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgehandeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["klantcontact"], ["ki_klantcontact.uuid"], name=op.f("fk_ki_internetaak_klantcontact"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_internetaak")),
        sa.UniqueConstraint("nummer", name=op.f("uq_ki_internetaak_nummer")),
        sa.UniqueConstraint("referentienummer", name=op.f("uq_ki_internetaak_referentienummer")),
    )
    with op.batch_alter_table("ki_internetaak", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ki_internetaak_klantcontact"), ["klantcontact"], unique=False)
        batch_op.create_index("ix_ki_internetaak_status", ["status", "toegewezen_op", "uuid"], unique=False)
        batch_op.create_index("ix_ki_internetaak_toegewezen_op", ["toegewezen_op", "uuid"], unique=False)

    op.create_table(
        "ki_onderwerpobject",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("klantcontact", sa.String(length=36), nullable=True),
        sa.Column("was_klantcontact", sa.String(length=36), nullable=True),
        sa.Column("onderwerpobjectidentificator_object_id", sa.String(length=200), server_default="", nullable=False),
        sa.Column(
            "onderwerpobjectidentificator_code_objecttype", sa.String(length=200), server_default="", nullable=False
        ),
        sa.Column(
            "onderwerpobjectidentificator_code_register", sa.String(length=200), server_default="", nullable=False
        ),
        sa.Column(
            "onderwerpobjectidentificator_code_soort_object_id",
            sa.String(length=200),
            server_default="",
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["klantcontact"],
            ["ki_klantcontact.uuid"],
            name=op.f("fk_ki_onderwerpobject_klantcontact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["was_klantcontact"],
            ["ki_klantcontact.uuid"],
            name=op.f("fk_ki_onderwerpobject_was_klantcontact"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_onderwerpobject")),
    )
    with op.batch_alter_table("ki_onderwerpobject", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ki_onderwerpobject_klantcontact"), ["klantcontact"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ki_onderwerpobject_onderwerpobjectidentificator_object_id"),
            ["onderwerpobjectidentificator_object_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_ki_onderwerpobject_was_klantcontact"), ["was_klantcontact"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
