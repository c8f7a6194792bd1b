"""Tables of commands: one row per command id, with its steps and slots where a register is upstream; and the preferred
channel, for which the standard has no field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class OpdrachtRow(Base):
    """A claimed command. Of the payload only the hash is kept; `claim` names the attempt that may conclude it.

    `voornemen` is the audit line that announced it, where it goes to a register upstream.
    """

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
    voornemen: Mapped[str] = mapped_column(String(36), default="", server_default="")


class StapRow(Base):
    """One call of a command to a register upstream. `lichaam` and `antwoord` may hold customers, and go with the
    outcome; `sha256` stays. `sleutel` is the number that we gave a new object, by which it can be found again.

    `onzeker`: whether the last request reached the register, or is still under way there, is not known.
    """

    __tablename__ = "opdracht_stap"

    opdracht: Mapped[str] = mapped_column(ForeignKey("opdracht.id", ondelete="CASCADE"), primary_key=True)
    nr: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(40))
    daad: Mapped[str] = mapped_column(String(10))
    pad: Mapped[str] = mapped_column(String(120))
    lichaam: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    sha256: Mapped[str] = mapped_column(String(64))
    sleutel: Mapped[str] = mapped_column(String(40), default="", server_default="")
    stand: Mapped[str] = mapped_column(String(12))
    antwoord: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    verzoeken: Mapped[int] = mapped_column(default=0, server_default="0")
    onzeker: Mapped[bool] = mapped_column(default=False)
    gemaakt_op: Mapped[datetime]
    gevraagd_op: Mapped[datetime | None]
    gedaan_op: Mapped[datetime | None]


class SlotRow(Base):
    """A name, as its hash, that a command holds from its look-up to its outcome; worth as much as its claim."""

    __tablename__ = "opdracht_slot"

    naam: Mapped[str] = mapped_column(String(64), primary_key=True)
    opdracht: Mapped[str] = mapped_column(ForeignKey("opdracht.id", ondelete="CASCADE"), index=True)
    genomen_op: Mapped[datetime]


class KlantVoorkeur(Base):
    """What a partij prefers and Klantinteracties cannot hold."""

    __tablename__ = "klant_voorkeur"

    partij: Mapped[str] = mapped_column(primary_key=True)
    voorkeurskanaal: Mapped[str]
    gewijzigd_op: Mapped[datetime]
    gewijzigd_door: Mapped[str]
