"""What is kept beside an internetaak: claim, deadline, attempts, escalation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "tb_notitie",
        sa.Column("internetaak", sa.String(36), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        _text("handeling", 200),
        _text("klantcontact", 36),
        _text("partij", 36),
        _text("afdeling", 200),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hoge_prioriteit", sa.Boolean(), nullable=False),
        _text("moment", 200),
        _text("telefoonnummer", 80),
        sa.Column("antwoorden", sa.JSON(), nullable=True),
        _text("beloofd_door", 100),
        _text("beloofd_naam", 200),
        _text("door", 100),
        _text("door_naam", 200),
        sa.Column("opgepakt_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("herinnerd_op", sa.DateTime(timezone=True), nullable=True),
        _text("escalatie", 20),
        _text("escalatie_naar", 200),
        sa.Column("kijk_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("afgehandeld_op", sa.DateTime(timezone=True), nullable=True),
        _text("afgehandeld_door", 100),
        _text("afgehandeld_naam", 200),
        _text("resultaat", 20),
        sa.Column("verdwenen_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("internetaak", name=op.f("pk_tb_notitie")),
    )
    for column in ("partij", "afdeling", "door", "kijk_op"):
        op.create_index(op.f(f"ix_tb_notitie_{column}"), "tb_notitie", [column], unique=False)
    op.create_index("ix_tb_notitie_deadline", "tb_notitie", ["deadline", "internetaak"], unique=False)
    op.create_index("ix_tb_notitie_beloofd_door", "tb_notitie", ["beloofd_door", "deadline"], unique=False)
    op.create_table(
        "tb_poging",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("internetaak", sa.String(36), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(100), nullable=False),
        _text("naam", 200),
        sa.Column("resultaat", sa.String(20), nullable=False),
        _text("notitie", 1000),
        _text("klantcontact", 36),
        sa.ForeignKeyConstraint(
            ["internetaak"],
            ["tb_notitie.internetaak"],
            name=op.f("fk_tb_poging_internetaak"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tb_poging")),
    )
    op.create_index(op.f("ix_tb_poging_internetaak"), "tb_poging", ["internetaak"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")


def _text(naam: str, lengte: int) -> sa.Column[str]:
    return sa.Column(naam, sa.String(lengte), server_default="", nullable=False)
