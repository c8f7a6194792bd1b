"""The table of who is where. Customers stand in it under a keyed digest, so that no number does."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class MeekijkerRow(Base):
    """One session at one customer, under one of the customer's names."""

    __tablename__ = "meekijker"

    sessie: Mapped[str] = mapped_column(primary_key=True)
    onderwerp: Mapped[str] = mapped_column(primary_key=True, index=True)
    medewerker: Mapped[str]
    naam: Mapped[str]
    bezigheid: Mapped[str]
    verloopt_op: Mapped[datetime] = mapped_column(index=True)
