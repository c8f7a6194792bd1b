"""Addresses of the embedded BAG."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_BYTES = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "bag_openbare_ruimte",
        sa.Column("identificatie", sa.String(length=16), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("naam_zoek", _BYTES, nullable=False),
        sa.Column("woonplaats", sa.String(), nullable=False),
        sa.Column("woonplaats_zoek", sa.String(), nullable=False),
        sa.Column("woonplaats_identificatie", sa.String(length=4), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("identificatie", name=op.f("pk_bag_openbare_ruimte")),
    )
    op.create_index(op.f("ix_bag_openbare_ruimte_naam_zoek"), "bag_openbare_ruimte", ["naam_zoek"], unique=False)
    op.create_table(
        "bag_straatwoord",
        sa.Column("woord", _BYTES, nullable=False),
        sa.Column("openbare_ruimte", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["openbare_ruimte"],
            ["bag_openbare_ruimte.identificatie"],
            name=op.f("fk_bag_straatwoord_openbare_ruimte"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("woord", "openbare_ruimte", name=op.f("pk_bag_straatwoord")),
    )
    op.create_index(op.f("ix_bag_straatwoord_openbare_ruimte"), "bag_straatwoord", ["openbare_ruimte"], unique=False)
    op.create_table(
        "bag_adres",
        sa.Column("identificatie", sa.String(length=16), nullable=False),
        sa.Column("openbare_ruimte", sa.String(length=16), nullable=False),
        sa.Column("huisnummer", sa.Integer(), nullable=False),
        sa.Column("huisletter", sa.String(), nullable=False),
        sa.Column("toevoeging", sa.String(), nullable=False),
        sa.Column("postcode", _BYTES, nullable=False),
        sa.Column("object", sa.String(length=16), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["openbare_ruimte"],
            ["bag_openbare_ruimte.identificatie"],
            name=op.f("fk_bag_adres_openbare_ruimte"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("identificatie", name=op.f("pk_bag_adres")),
    )
    op.create_index(op.f("ix_bag_adres_object"), "bag_adres", ["object"], unique=False)
    op.create_index("ix_bag_adres_postcode", "bag_adres", ["postcode", "huisnummer"], unique=False)
    op.create_index("ix_bag_adres_straat", "bag_adres", ["openbare_ruimte", "huisnummer"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
