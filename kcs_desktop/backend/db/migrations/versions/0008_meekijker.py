"""Who is at which customer at this moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "meekijker",
        sa.Column("sessie", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("medewerker", sa.String(), nullable=False),
        sa.Column("naam", sa.String(), nullable=False),
        sa.Column("bezigheid", sa.String(), nullable=False),
        sa.Column("verloopt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sessie", "onderwerp", name=op.f("pk_meekijker")),
    )
    op.create_index(op.f("ix_meekijker_onderwerp"), "meekijker", ["onderwerp"], unique=False)
    op.create_index(op.f("ix_meekijker_verloopt_op"), "meekijker", ["verloopt_op"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
