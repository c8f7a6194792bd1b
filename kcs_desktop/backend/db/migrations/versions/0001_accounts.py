"""Accounts, sessions, werkplekken and applications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "aanmeldpoging",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sleutel", sa.String(length=64), nullable=False),
        sa.Column("op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aanmeldpoging")),
    )
    with op.batch_alter_table("aanmeldpoging", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanmeldpoging_op"), ["op"], unique=False)
        batch_op.create_index("ix_aanmeldpoging_sleutel_op", ["sleutel", "op"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("gebruikersnaam", sa.String(length=100), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("wachtwoord_hash", sa.String(length=200), nullable=False),
        sa.Column("rollen", sa.JSON(), nullable=False),
        sa.Column("afdeling", sa.String(length=200), nullable=False),
        sa.Column("totp_geheim", sa.String(length=64), nullable=True),
        sa.Column("totp_teller", sa.Integer(), nullable=False),
        sa.Column("geblokkeerd", sa.Boolean(), nullable=False),
        sa.Column("proef", sa.Boolean(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("gebruikersnaam", name=op.f("uq_account_gebruikersnaam")),
    )
    op.create_table(
        "ondertekensleutel",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("geheim", sa.String(length=100), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ondertekensleutel")),
    )
    op.create_table(
        "toepassing",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("rechten", sa.JSON(), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_toepassing")),
        sa.UniqueConstraint("naam", name=op.f("uq_toepassing_naam")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_toepassing_token_hash")),
    )
    op.create_table(
        "werkplek",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("naam", sa.String(length=200), nullable=False),
        sa.Column("soort", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_werkplek")),
    )
    op.create_table(
        "aanmeldkeuze",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("verloopt_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_aanmeldkeuze_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_aanmeldkeuze")),
    )
    with op.batch_alter_table("aanmeldkeuze", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_aanmeldkeuze_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sessie",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("werkplek_id", sa.String(length=100), nullable=False),
        sa.Column("werkplek_naam", sa.String(length=200), nullable=False),
        sa.Column("werkplek_soort", sa.String(length=20), nullable=False),
        sa.Column("rollen", sa.JSON(), nullable=False),
        sa.Column("sleutel_id", sa.String(length=36), nullable=False),
        sa.Column("verversing_nr", sa.Integer(), nullable=False),
        sa.Column("ververst_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verloopt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beeindigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("beeindigd_om", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sessie_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessie")),
    )
    with op.batch_alter_table("sessie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessie_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sessie_verloopt_op"), ["verloopt_op"], unique=False)


def downgrade() -> None:
    """A step back is a restored backup."""
    raise NotImplementedError("herstel een back-up")
