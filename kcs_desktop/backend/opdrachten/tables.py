"""Tables of commands: one row per command id, and the preferred channel, for which the standard has no field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class OpdrachtRow(Base):
    """A claimed command. Of the payload only the hash is kept; `claim` names the attempt that may conclude it."""

    __tablename__ = "opdracht"

    id: Mapped[str] = mapped_column(primary_key=True)
    soort: Mapped[str]
    account: Mapped[str]
    payload_hash: Mapped[str]
    stand: Mapped[str] = mapped_column(index=True)
    claim: Mapped[str]
    lease_tot: Mapped[datetime]
    ontvangen_op: Mapped[datetime]
    afgehandeld_op: Mapped[datetime | None]
    resultaat: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    fout: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class KlantVoorkeur(Base):
    """What a partij prefers and Klantinteracties cannot hold."""

    __tablename__ = "klant_voorkeur"

    partij: Mapped[str] = mapped_column(primary_key=True)
    voorkeurskanaal: Mapped[str]
    gewijzigd_op: Mapped[datetime]
    gewijzigd_door: Mapped[str]
