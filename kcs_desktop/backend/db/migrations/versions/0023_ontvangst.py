"""Which reception under its id a file is. One of before has none, and needs none: the next under its id has one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("bst_bestand", sa.Column("ontvangst", sa.String(36), server_default="", nullable=False))


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
