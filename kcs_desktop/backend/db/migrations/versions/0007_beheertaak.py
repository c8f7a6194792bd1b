"""The lease of the daily upkeep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "beheertaak",
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("houder", sa.String(), nullable=False),
        sa.Column("gehouden_tot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gedaan_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_beheertaak")),
    )


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
