"""Which documents lost a zaak: such a one is not as a document that is in none yet. Of before that is not known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    uit_zaak: sa.Column[bool] = sa.Column("uit_zaak", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("doc_informatieobject", uit_zaak)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
