"""Tables of accounts, werkplekken, sessions, sign-in attempts and application tokens. No secret is stored readable
that can be stored as a hash."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class AccountRij(Base):
    """An employee; without a password one of the municipality's provider. `proef` marks those of the proefgemeente."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    gebruikersnaam: Mapped[str] = mapped_column(String(100), unique=True)
    naam: Mapped[str] = mapped_column(String(200))
    wachtwoord_hash: Mapped[str] = mapped_column(String(200))
    rollen: Mapped[list[Any]] = mapped_column(JSON)
    afdeling: Mapped[str] = mapped_column(String(200), default="")
    totp_geheim: Mapped[str | None] = mapped_column(String(64), default=None)
    totp_teller: Mapped[int] = mapped_column(default=0)  # the last time step whose code was used
    geblokkeerd: Mapped[bool] = mapped_column(default=False)
    proef: Mapped[bool] = mapped_column(default=False)
    gemaakt_op: Mapped[datetime]


class IdentiteitRij(Base):
    """Who an account is at the municipality's provider. Names change there; issuer and sub never do."""

    __tablename__ = "account_identiteit"

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    sub: Mapped[str] = mapped_column(String(255), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), unique=True)
    gemaakt_op: Mapped[datetime]


class WerkplekRij(Base):
    """A place to work at."""

    __tablename__ = "werkplek"

    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    naam: Mapped[str] = mapped_column(String(200))
    soort: Mapped[str] = mapped_column(String(20))


class KeuzeRij(Base):
    """It was proven who it is; werkplek and roles are still to be chosen. Deleted by its use."""

    __tablename__ = "aanmeldkeuze"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    verloopt_op: Mapped[datetime]
    idp: Mapped[str | None] = mapped_column(Text, default=None)  # as of SessieRij
    idp_bevestigd_op: Mapped[datetime | None] = mapped_column(default=None)


class SessieRij(Base):
    """A sign-in, which is also the family of its refresh tokens: `verversing_nr` is the one that is valid now."""

    __tablename__ = "sessie"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    werkplek_id: Mapped[str] = mapped_column(String(100))
    werkplek_naam: Mapped[str] = mapped_column(String(200))
    werkplek_soort: Mapped[str] = mapped_column(String(20))
    rollen: Mapped[list[Any]] = mapped_column(JSON)
    sleutel_id: Mapped[str] = mapped_column(String(36))
    verversing_nr: Mapped[int] = mapped_column(default=0)
    ververst_op: Mapped[datetime]
    begonnen_op: Mapped[datetime]
    verloopt_op: Mapped[datetime] = mapped_column(index=True)
    beeindigd_op: Mapped[datetime | None] = mapped_column(default=None)
    beeindigd_om: Mapped[str] = mapped_column(String(30), default="")  # as end_session was told
    # Signed in at the provider: its sealed refresh token, when it last confirmed, and who is asking it now.
    idp: Mapped[str | None] = mapped_column(Text, default=None)
    idp_bevestigd_op: Mapped[datetime | None] = mapped_column(default=None)
    idp_bezig_tot: Mapped[datetime | None] = mapped_column(default=None)


class SleutelRij(Base):
    """A signing key. The newest signs; older ones verify until they are withdrawn."""

    __tablename__ = "ondertekensleutel"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    geheim: Mapped[str] = mapped_column(String(100))
    gemaakt_op: Mapped[datetime]
    ingetrokken_op: Mapped[datetime | None] = mapped_column(default=None)


class AanmeldpogingRij(Base):
    """A failed or running attempt; `sleutel` is a hash of what is limited (account, address, session)."""

    __tablename__ = "aanmeldpoging"
    __table_args__ = (Index("ix_aanmeldpoging_sleutel_op", "sleutel", "op"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    sleutel: Mapped[str] = mapped_column(String(64))
    op: Mapped[datetime] = mapped_column(index=True)


class ToepassingRij(Base):
    """An application with a token of its own. `rechten` maps functie to the number of its right."""

    __tablename__ = "toepassing"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    naam: Mapped[str] = mapped_column(String(200), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    rechten: Mapped[dict[str, Any]] = mapped_column(JSON)
    gemaakt_op: Mapped[datetime]
    ingetrokken_op: Mapped[datetime | None] = mapped_column(default=None)
