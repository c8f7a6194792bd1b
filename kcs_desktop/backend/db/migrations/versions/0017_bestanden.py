"""The content of files, in pieces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "bst_bestand",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("eigenaar", sa.String(36), server_default="", nullable=False),
        sa.Column("naam", sa.String(200), nullable=False),
        sa.Column("mediatype", sa.String(255), server_default="", nullable=False),
        sa.Column("omvang", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), server_default="", nullable=False),
        sa.Column("stand", sa.String(20), nullable=False),
        sa.Column("reden", sa.String(200), server_default="", nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebruikt", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("onderzoek_na", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bst_bestand")),
    )
    op.create_index("ix_bst_bestand_stand", "bst_bestand", ["stand", "onderzoek_na"], unique=False)
    op.create_index("ix_bst_bestand_gebruikt", "bst_bestand", ["gebruikt", "gemaakt_op"], unique=False)
    op.create_table(
        "bst_stuk",
        sa.Column("bestand", sa.String(36), nullable=False),
        sa.Column("nr", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inhoud", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["bestand"], ["bst_bestand.id"], name=op.f("fk_bst_stuk_bestand"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("bestand", "nr", name=op.f("pk_bst_stuk")),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Most files are compressed already; trying it on every piece would cost more than it saves.
        op.execute("ALTER TABLE bst_stuk ALTER COLUMN inhoud SET STORAGE EXTERNAL")


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
