"""The full text of the search index. The index is derived: it is emptied, and filled again when the backend starts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    for table in ("zoek_sleutel", "zoek_variant", "zoek_document"):
        op.execute(sa.table(table).delete())
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE zoek_tekst USING fts5(woorden, content='', columnsize=0, detail=none,"
            " tokenize=\"unicode61 remove_diacritics 0 tokenchars '^~'\")"
        )
        return
    op.create_table(
        "zoek_tekst",
        sa.Column("nr", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("woorden", TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_zoek_tekst")),
    )
    op.create_index("ix_zoek_tekst_woorden", "zoek_tekst", ["woorden"], postgresql_using="gin")


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
