"""Tables of the change feed: ids only, never personal data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base

ONLY = 1  # the id of the one row of FeedStand


class FeedStand(Base):
    """The one row whose lock makes numbers follow commit order. `epoch` changes when a backup is restored."""

    __tablename__ = "feed_stand"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str]
    hoogste: Mapped[int] = mapped_column(BigInteger)
    afgekapt_tot: Mapped[int] = mapped_column(BigInteger)


class WijzigingRow(Base):
    """One announced change. `object_id` is the id of what changed, `kringen` who may hear of it where not all may."""

    __tablename__ = "wijziging"

    nr: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    soort: Mapped[str]
    object_id: Mapped[str]
    handeling: Mapped[str]
    functie: Mapped[str]
    onderwerpen: Mapped[list[Any]]
    kringen: Mapped[list[Any]] = mapped_column(server_default="[]")
    op: Mapped[datetime] = mapped_column(index=True)
