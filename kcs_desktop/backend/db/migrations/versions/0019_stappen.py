"""What a command did step by step in a register upstream, the names that it holds meanwhile, and the tasks there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.add_column("opdracht", sa.Column("voornemen", sa.String(36), server_default="", nullable=False))
    op.create_table(
        "opdracht_stap",
        sa.Column("opdracht", sa.String(), nullable=False),
        sa.Column("nr", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(40), nullable=False),
        sa.Column("daad", sa.String(10), nullable=False),
        sa.Column("pad", sa.String(120), nullable=False),
        sa.Column("lichaam", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("sleutel", sa.String(40), server_default="", nullable=False),
        sa.Column("stand", sa.String(12), nullable=False),
        sa.Column("antwoord", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("verzoeken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("onzeker", sa.Boolean(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gevraagd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gedaan_op", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["opdracht"], ["opdracht.id"], name=op.f("fk_opdracht_stap_opdracht"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("opdracht", "nr", name=op.f("pk_opdracht_stap")),
    )
    op.create_table(
        "opdracht_slot",
        sa.Column("naam", sa.String(64), nullable=False),
        sa.Column("opdracht", sa.String(), nullable=False),
        sa.Column("genomen_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["opdracht"], ["opdracht.id"], name=op.f("fk_opdracht_slot_opdracht"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_opdracht_slot")),
    )
    op.create_index(op.f("ix_opdracht_slot_opdracht"), "opdracht_slot", ["opdracht"], unique=False)
    op.create_table(
        "tb_elders",
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("nummer", sa.String(10), nullable=True),
        sa.Column("gevraagde_handeling", sa.String(200), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=False),
        sa.Column("toegewezen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("afgehandeld_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("klantcontact", sa.String(36), nullable=False),
        sa.Column("actoren", sa.JSON(), nullable=False),
        sa.Column("onderwerp", sa.String(200), nullable=False),
        sa.Column("partij", sa.String(36), nullable=False),
        sa.Column("klant_soort", sa.String(14), nullable=False),
        sa.Column("klant_naam", sa.String(500), nullable=False),
        sa.Column("geheim", sa.Boolean(), nullable=False),
        sa.Column("telefoonnummer", sa.String(80), nullable=False),
        sa.Column("gelezen_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name=op.f("pk_tb_elders")),
    )
    op.create_index(op.f("ix_tb_elders_status"), "tb_elders", ["status"], unique=False)
    op.create_index(op.f("ix_tb_elders_klantcontact"), "tb_elders", ["klantcontact"], unique=False)
    op.create_table(
        "tb_elders_actor",
        sa.Column("internetaak", sa.String(36), nullable=False),
        sa.Column("volgorde", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("soort", sa.String(24), nullable=False),
        sa.Column("object_id", sa.String(200), nullable=False),
        sa.Column("naam", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(
            ["internetaak"], ["tb_elders.uuid"], name=op.f("fk_tb_elders_actor_internetaak"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("internetaak", "volgorde", name=op.f("pk_tb_elders_actor")),
    )
    op.create_index(op.f("ix_tb_elders_actor_object_id"), "tb_elders_actor", ["object_id"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
