"""Open zaken in their order off one index, and none that leads away from it."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.drop_index("ix_zk_zaak_vertrouwelijkheidaanduiding", "zk_zaak")
    op.create_index("ix_zk_zaak_open", "zk_zaak", ["einddatum", "startdatum", "uuid"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
