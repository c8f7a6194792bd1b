"""Klantinteracties: what hangs on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "ki_partij_identificator",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("partij", sa.String(length=36), nullable=True),
        sa.Column("andere_partij_identificator", sa.String(length=200), server_default="", nullable=False),
        sa.Column("code_objecttype", sa.String(length=23), nullable=False),
        sa.Column("code_soort_object_id", sa.String(length=16), nullable=False),
        sa.Column("object_id", sa.String(length=200), nullable=False),
        sa.Column("code_register", sa.String(length=3), nullable=False),
        sa.Column("sub_identificator_van", sa.String(length=36), nullable=True),
        sa.Column("sub_sleutel", sa.String(length=36), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["partij"], ["ki_partij.uuid"], name=op.f("fk_ki_partij_identificator_partij"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["sub_identificator_van"],
            ["ki_partij_identificator.uuid"],
            name=op.f("fk_ki_partij_identificator_sub_identificator_van"),
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_partij_identificator")),
        sa.UniqueConstraint(
            "object_id",
            "code_soort_object_id",
            "code_objecttype",
            "code_register",
            "sub_sleutel",
            name=op.f(
                "uq_ki_partij_identificator_object_id_code_soort_object_id_code_objecttype_code_register_sub_sleutel"
            ),
        ),
        sa.UniqueConstraint(
            "partij", "code_soort_object_id", name=op.f("uq_ki_partij_identificator_partij_code_soort_object_id")
        ),
    )
    with op.batch_alter_table("ki_partij_identificator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ki_partij_identificator_andere_partij_identificator"),
            ["andere_partij_identificator"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_ki_partij_identificator_sub_identificator_van"), ["sub_identificator_van"], unique=False
        )

    op.create_table(
        "ki_rekeningnummer",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("partij", sa.String(length=36), nullable=True),
        sa.Column("iban", sa.String(length=34), nullable=False),
        sa.Column("bic", sa.String(length=11), server_default="", nullable=False),
        sa.Column("is_voorkeur", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.ForeignKeyConstraint(
            ["partij"], ["ki_partij.uuid"], name=op.f("fk_ki_rekeningnummer_partij"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_rekeningnummer")),
    )
    with op.batch_alter_table("ki_rekeningnummer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ki_rekeningnummer_bic"), ["bic"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_rekeningnummer_iban"), ["iban"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_rekeningnummer_partij"), ["partij"], unique=False)

    op.create_table(
        "ki_vertegenwoordiging",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("vertegenwoordigende_partij", sa.String(length=36), nullable=False),
        sa.Column("vertegenwoordigde_partij", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["vertegenwoordigde_partij"],
            ["ki_partij.uuid"],
            name=op.f("fk_ki_vertegenwoordiging_vertegenwoordigde_partij"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["vertegenwoordigende_partij"],
            ["ki_partij.uuid"],
            name=op.f("fk_ki_vertegenwoordiging_vertegenwoordigende_partij"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_vertegenwoordiging")),
        sa.UniqueConstraint(
            "vertegenwoordigende_partij",
            "vertegenwoordigde_partij",
            name=op.f("uq_ki_vertegenwoordiging_vertegenwoordigende_partij_vertegenwoordigde_partij"),
        ),
    )
    with op.batch_alter_table("ki_vertegenwoordiging", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ki_vertegenwoordiging_vertegenwoordigde_partij"), ["vertegenwoordigde_partij"], unique=False
        )

    op.create_table(
        "ki_digitaal_adres",
        sa.Column("uuid", sa.String(length=36), nullable=False),
        sa.Column("partij", sa.String(length=36), nullable=True),
        sa.Column("betrokkene", sa.String(length=36), nullable=True),
        sa.Column("adres", sa.String(length=80), nullable=False),
        sa.Column("soort_digitaal_adres", sa.String(length=14), nullable=False),
        sa.Column("is_standaard_adres", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("is_voorkeur", sa.Boolean(), server_default=sa.text("(false)"), nullable=False),
        sa.Column("omschrijving", sa.String(length=40), server_default="", nullable=False),
        sa.Column("referentie", sa.String(length=50), server_default="", nullable=False),
        sa.Column("verificatie_datum", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["betrokkene"], ["ki_betrokkene.uuid"], name=op.f("fk_ki_digitaal_adres_betrokkene"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["partij"], ["ki_partij.uuid"], name=op.f("fk_ki_digitaal_adres_partij"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_ki_digitaal_adres")),
    )
    with op.batch_alter_table("ki_digitaal_adres", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ki_digitaal_adres_adres"), ["adres"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_digitaal_adres_betrokkene"), ["betrokkene"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_digitaal_adres_omschrijving"), ["omschrijving"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_digitaal_adres_partij"), ["partij"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_digitaal_adres_referentie"), ["referentie"], unique=False)
        batch_op.create_index(batch_op.f("ix_ki_digitaal_adres_verificatie_datum"), ["verificatie_datum"], unique=False)
        batch_op.create_index(
            "uq_ki_digitaal_adres_referentie",
            ["partij", "soort_digitaal_adres", "referentie"],
            unique=True,
            sqlite_where=sa.text("referentie <> ''"),
            postgresql_where=sa.text("referentie <> ''"),
        )
        batch_op.create_index(
            "uq_ki_digitaal_adres_standaard",
            ["partij", "soort_digitaal_adres"],
            unique=True,
            sqlite_where=sa.text("is_standaard_adres"),
            postgresql_where=sa.text("is_standaard_adres"),
        )

    op.create_table(
        "ki_internetaak_actor",
        sa.Column("internetaak", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("volgorde", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor"], ["ki_actor.uuid"], name=op.f("fk_ki_internetaak_actor_actor"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["internetaak"],
            ["ki_internetaak.uuid"],
            name=op.f("fk_ki_internetaak_actor_internetaak"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("internetaak", "actor", name=op.f("pk_ki_internetaak_actor")),
    )
    with op.batch_alter_table("ki_internetaak_actor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ki_internetaak_actor_actor"), ["actor"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
