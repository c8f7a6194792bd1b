"""Who an account is at the municipality's OpenID provider, and what is kept of a sign-in there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "account_identiteit",
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_identiteit_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("issuer", "sub", name=op.f("pk_account_identiteit")),
        sa.UniqueConstraint("account_id", name=op.f("uq_account_identiteit_account_id")),
    )
    for table in ("aanmeldkeuze", "sessie"):
        op.add_column(table, sa.Column("idp", sa.Text(), nullable=True))
        op.add_column(table, sa.Column("idp_bevestigd_op", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sessie", sa.Column("idp_bezig_tot", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
