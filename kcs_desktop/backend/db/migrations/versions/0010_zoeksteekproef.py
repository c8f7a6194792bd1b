"""The sample in the full text of the search index: a term of its own for one document in 512, on PostgreSQL."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "UPDATE zoek_tekst SET woorden = array_to_tsvector(tsvector_to_array(woorden) || ARRAY['#'])"
            " WHERE nr % 512 = 0"
        )


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
