"""Files and their pieces. A piece is at most `opslag.STUK` long, so that nobody ever holds a whole file in memory."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class Bestand(Base):
    """`eigenaar` is the account that sends it; empty where another program gave it to a document at once.

    `ontvangst` tells one reception under an id from the next: what was dropped may be begun anew, with other content.
    `gebruikt`: a document names it, which keeps it from being dropped. `onderzoek_na` is when the scanner may look at
    it (again).
    """

    __tablename__ = "bst_bestand"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    eigenaar: Mapped[str] = mapped_column(String(36), default="", server_default="")
    ontvangst: Mapped[str] = mapped_column(String(36), default="", server_default="")
    naam: Mapped[str] = mapped_column(String(200))
    mediatype: Mapped[str] = mapped_column(String(255), default="", server_default="")
    omvang: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    stand: Mapped[str] = mapped_column(String(20))
    reden: Mapped[str] = mapped_column(String(200), default="", server_default="")
    gemaakt_op: Mapped[datetime]
    gebruikt: Mapped[bool] = mapped_column(default=False, server_default=false())
    onderzoek_na: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_bst_bestand_stand", "stand", "onderzoek_na"),
        Index("ix_bst_bestand_gebruikt", "gebruikt", "gemaakt_op"),
    )


class Stuk(Base):
    """Piece `nr` (from 1) of a file; once written it never changes."""

    __tablename__ = "bst_stuk"

    bestand: Mapped[str] = mapped_column(String(36), ForeignKey("bst_bestand.id", ondelete="CASCADE"), primary_key=True)
    nr: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inhoud: Mapped[bytes] = mapped_column(LargeBinary)
