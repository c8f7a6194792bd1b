"""Persons and companies of the embedded base registers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "brp_persoon",
        sa.Column("bsn", sa.String(length=9), nullable=False),
        sa.Column("gegevens", sa.JSON(), nullable=False),
        sa.Column(
            "geslachtsnaam_zoek", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("voorvoegsel_zoek", sa.String(), nullable=False),
        sa.Column("voornamen_zoek", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("geslacht", sa.String(), nullable=False),
        sa.Column("geboortedatum", sa.String(length=8), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("huisnummer", sa.Integer(), nullable=False),
        sa.Column("huisletter", sa.String(), nullable=False),
        sa.Column("huisnummertoevoeging", sa.String(), nullable=False),
        sa.Column("straat_zoek", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "officiele_straat_zoek", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("gemeente", sa.String(), nullable=False),
        sa.Column("nummeraanduiding", sa.String(), nullable=False),
        sa.Column("adresseerbaar_object", sa.String(), nullable=False),
        sa.Column("overleden", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("bsn", name=op.f("pk_brp_persoon")),
    )
    with op.batch_alter_table("brp_persoon", schema=None) as batch_op:
        batch_op.create_index("ix_brp_persoon_adresseerbaar_object", ["adresseerbaar_object"], unique=False)
        batch_op.create_index("ix_brp_persoon_geboortedatum", ["geboortedatum"], unique=False)
        batch_op.create_index("ix_brp_persoon_geslachtsnaam", ["geslachtsnaam_zoek", "geboortedatum"], unique=False)
        batch_op.create_index(
            "ix_brp_persoon_naam_gemeente", ["gemeente", "geslachtsnaam_zoek", "voornamen_zoek"], unique=False
        )
        batch_op.create_index("ix_brp_persoon_nummeraanduiding", ["nummeraanduiding"], unique=False)
        batch_op.create_index("ix_brp_persoon_postcode", ["postcode", "huisnummer"], unique=False)
        batch_op.create_index("ix_brp_persoon_straat", ["gemeente", "huisnummer", "straat_zoek"], unique=False)

    op.create_table(
        "kvk_bedrijf",
        sa.Column("kvk_nummer", sa.String(length=8), nullable=False),
        sa.Column("gegevens", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("kvk_nummer", name=op.f("pk_kvk_bedrijf")),
    )
    op.create_table(
        "kvk_vestiging",
        sa.Column("vestigingsnummer", sa.String(length=12), nullable=False),
        sa.Column("kvk_nummer", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["kvk_nummer"], ["kvk_bedrijf.kvk_nummer"], name=op.f("fk_kvk_vestiging_kvk_nummer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vestigingsnummer", name=op.f("pk_kvk_vestiging")),
    )
    with op.batch_alter_table("kvk_vestiging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kvk_vestiging_kvk_nummer"), ["kvk_nummer"], unique=False)

    op.create_table(
        "kvk_zoekregel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kvk_nummer", sa.String(length=8), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("rsin", sa.String(), nullable=False),
        sa.Column("vestigingsnummer", sa.String(), nullable=False),
        sa.Column("naam_zoek", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("straat_zoek", sa.String(), nullable=False),
        sa.Column("plaats_zoek", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("huisnummer", sa.Integer(), nullable=False),
        sa.Column("huisletter", sa.String(), nullable=False),
        sa.Column("actief", sa.Boolean(), nullable=False),
        sa.Column("resultaat", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["kvk_nummer"], ["kvk_bedrijf.kvk_nummer"], name=op.f("fk_kvk_zoekregel_kvk_nummer"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kvk_zoekregel")),
    )
    with op.batch_alter_table("kvk_zoekregel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kvk_zoekregel_kvk_nummer"), ["kvk_nummer"], unique=False)
        batch_op.create_index(batch_op.f("ix_kvk_zoekregel_naam_zoek"), ["naam_zoek"], unique=False)
        batch_op.create_index("ix_kvk_zoekregel_plaats", ["plaats_zoek"], unique=False)
        batch_op.create_index("ix_kvk_zoekregel_postcode", ["postcode", "huisnummer"], unique=False)
        batch_op.create_index(batch_op.f("ix_kvk_zoekregel_rsin"), ["rsin"], unique=False)
        batch_op.create_index("ix_kvk_zoekregel_straat", ["straat_zoek", "plaats_zoek"], unique=False)
        batch_op.create_index(batch_op.f("ix_kvk_zoekregel_vestigingsnummer"), ["vestigingsnummer"], unique=False)

    op.create_table(
        "kvk_naamwoord",
        sa.Column("woord", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("regel", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["regel"], ["kvk_zoekregel.id"], name=op.f("fk_kvk_naamwoord_regel"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("woord", "regel", name=op.f("pk_kvk_naamwoord")),
    )
    with op.batch_alter_table("kvk_naamwoord", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kvk_naamwoord_regel"), ["regel"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
