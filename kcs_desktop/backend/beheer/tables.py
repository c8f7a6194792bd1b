"""The lease of tasks that one worker of a deployment does at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class BeheertaakRow(Base):
    """One task: who does it until when, and when it was done last."""

    __tablename__ = "beheertaak"

    naam: Mapped[str] = mapped_column(primary_key=True)
    houder: Mapped[str]
    gehouden_tot: Mapped[datetime | None]
    gedaan_op: Mapped[datetime | None]
