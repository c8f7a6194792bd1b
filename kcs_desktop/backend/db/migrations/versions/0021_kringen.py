"""Who may hear of a change of a zaak or a document. A change of before has none: whoever has its functie hears it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("wijziging", sa.Column("kringen", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
