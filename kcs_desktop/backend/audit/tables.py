"""Tables of the audit trail: lines, the keys by which they are found, the state of the chain, and its checkpoints."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class AuditregelRow(Base):
    """One line. `schakel`, `vorige` and `zegel` stay empty until the sealer chains it.

    `fase` is "" for a local act, `voornemen` before an upstream call and `uitkomst` after it (`bij` names the intent).
    """

    __tablename__ = "auditregel"

    id: Mapped[str] = mapped_column(primary_key=True)
    op: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[str]
    accountnaam: Mapped[str]
    weergavenaam: Mapped[str]
    soort_account: Mapped[str]
    rollen: Mapped[str]
    werkplek: Mapped[str]
    sessie: Mapped[str]
    handeling: Mapped[str]
    bron: Mapped[str]
    doelbinding: Mapped[str]
    onderwerp_soort: Mapped[str]
    onderwerp: Mapped[str]
    sleutels: Mapped[str]  # every key of the subject, sorted: part of what is sealed
    gelukt: Mapped[bool]
    reden: Mapped[str]
    fase: Mapped[str]
    bij: Mapped[str]
    schakel: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    vorige: Mapped[str | None]
    zegel: Mapped[str | None]


class Auditsleutel(Base):
    """One key under which a line is found: a look at a partij is found by its BSN as well, and the reverse."""

    __tablename__ = "auditsleutel"
    __table_args__ = (Index("ix_auditsleutel_zoek", "soort", "waarde", "op"),)

    regel: Mapped[str] = mapped_column(ForeignKey("auditregel.id"), primary_key=True)
    soort: Mapped[str] = mapped_column(primary_key=True)
    waarde: Mapped[str] = mapped_column(primary_key=True)
    op: Mapped[datetime]


class AuditStand(Base):
    """The one row the sealer works under: who holds the lease, and the end of the chain."""

    __tablename__ = "audit_stand"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    houder: Mapped[str]
    gehouden_tot: Mapped[datetime | None]
    schakel: Mapped[int] = mapped_column(BigInteger)
    zegel: Mapped[str]


class Ijkpunt(Base):
    """Where retention cut the chain: lines up to and including `schakel` are gone, `zegel` was the last one's seal."""

    __tablename__ = "audit_ijkpunt"

    schakel: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    zegel: Mapped[str]
    op: Mapped[datetime]
