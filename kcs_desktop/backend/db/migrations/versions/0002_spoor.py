"""The audit trail and the change feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "audit_ijkpunt",
        sa.Column("schakel", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("zegel", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("schakel", name=op.f("pk_audit_ijkpunt")),
    )
    op.create_table(
        "audit_stand",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("houder", sa.String(), nullable=False),
        sa.Column("gehouden_tot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("schakel", sa.BigInteger(), nullable=False),
        sa.Column("zegel", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_stand")),
    )
    op.create_table(
        "auditregel",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("accountnaam", sa.String(), nullable=False),
        sa.Column("weergavenaam", sa.String(), nullable=False),
        sa.Column("soort_account", sa.String(), nullable=False),
        sa.Column("rollen", sa.String(), nullable=False),
        sa.Column("werkplek", sa.String(), nullable=False),
        sa.Column("sessie", sa.String(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("bron", sa.String(), nullable=False),
        sa.Column("doelbinding", sa.String(), nullable=False),
        sa.Column("onderwerp_soort", sa.String(), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("sleutels", sa.String(), nullable=False),
        sa.Column("gelukt", sa.Boolean(), nullable=False),
        sa.Column("reden", sa.String(), nullable=False),
        sa.Column("fase", sa.String(), nullable=False),
        sa.Column("bij", sa.String(), nullable=False),
        sa.Column("schakel", sa.BigInteger(), nullable=True),
        sa.Column("vorige", sa.String(), nullable=True),
        sa.Column("zegel", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditregel")),
        sa.UniqueConstraint("schakel", name=op.f("uq_auditregel_schakel")),
    )
    with op.batch_alter_table("auditregel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_auditregel_op"), ["op"], unique=False)

    op.create_table(
        "feed_stand",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(), nullable=False),
        sa.Column("hoogste", sa.BigInteger(), nullable=False),
        sa.Column("afgekapt_tot", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_stand")),
    )
    op.create_table(
        "wijziging",
        sa.Column("nr", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("handeling", sa.String(), nullable=False),
        sa.Column("functie", sa.String(), nullable=False),
        sa.Column("onderwerpen", sa.JSON(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_wijziging")),
    )
    with op.batch_alter_table("wijziging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wijziging_op"), ["op"], unique=False)

    op.create_table(
        "auditsleutel",
        sa.Column("regel", sa.String(), nullable=False),
        sa.Column("soort", sa.String(), nullable=False),
        sa.Column("waarde", sa.String(), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["regel"], ["auditregel.id"], name=op.f("fk_auditsleutel_regel")),
        sa.PrimaryKeyConstraint("regel", "soort", "waarde", name=op.f("pk_auditsleutel")),
    )
    with op.batch_alter_table("auditsleutel", schema=None) as batch_op:
        batch_op.create_index("ix_auditsleutel_zoek", ["soort", "waarde", "op"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
