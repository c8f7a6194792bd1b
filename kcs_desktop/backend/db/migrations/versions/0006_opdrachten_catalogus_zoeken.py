"""Commands with their outcomes, the catalogue, the search index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "catalogus",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inhoud", sa.JSON(), nullable=False),
        sa.Column("geladen_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogus")),
    )
    op.create_table(
        "klant_voorkeur",
        sa.Column("partij", sa.String(), nullable=False),
        sa.Column("voorkeurskanaal", sa.String(), nullable=False),
        sa.Column("gewijzigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gewijzigd_door", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("partij", name=op.f("pk_klant_voorkeur")),
    )
    op.create_table(
        "opdracht",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("payload_hash", sa.String(), nullable=False),
        sa.Column("stand", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("lease_tot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ontvangen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgehandeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resultaat", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("fout", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opdracht")),
    )
    with op.batch_alter_table("opdracht", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opdracht_stand"), ["stand"], unique=False)

    op.create_table(
        "zoek_document",
        sa.Column("nr", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("inhoud", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_zoek_document")),
        sa.UniqueConstraint("id", name=op.f("uq_zoek_document_id")),
    )
    op.create_table(
        "zoek_sleutel",
        sa.Column("soort", sa.String(length=1), nullable=False),
        sa.Column(
            "waarde",
            sa.String(length=96).with_variant(sa.String(length=96, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("nr", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("soort", "waarde", "nr", name=op.f("pk_zoek_sleutel")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "zoek_variant",
        sa.Column(
            "variant",
            sa.String(length=96).with_variant(sa.String(length=96, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "woord",
            sa.String(length=96).with_variant(sa.String(length=96, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("variant", "woord", name=op.f("pk_zoek_variant")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
