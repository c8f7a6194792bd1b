"""What is kept beside an internetaak, under its uuid and without a foreign key: the task may stand elsewhere or go."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class TbNotitie(Base):
    """One note. `handeling` and `partij` are copies, so that a note whose task is gone can still be told.

    `door` is the account name of who claimed it. `kijk_op` is when the guard must look at it next; NULL when there is
    nothing more to guard.
    """

    __tablename__ = "tb_notitie"

    internetaak: Mapped[str] = mapped_column(String(36), primary_key=True)
    gemaakt_op: Mapped[datetime]
    handeling: Mapped[str] = mapped_column(String(200), default="", server_default="")
    klantcontact: Mapped[str] = mapped_column(String(36), default="", server_default="")
    partij: Mapped[str] = mapped_column(String(36), default="", server_default="", index=True)
    afdeling: Mapped[str] = mapped_column(String(200), default="", server_default="", index=True)
    deadline: Mapped[datetime]
    hoge_prioriteit: Mapped[bool] = mapped_column(default=False)
    moment: Mapped[str] = mapped_column(String(200), default="", server_default="")
    telefoonnummer: Mapped[str] = mapped_column(String(80), default="", server_default="")
    antwoorden: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    beloofd_door: Mapped[str] = mapped_column(String(100), default="", server_default="")  # account name
    beloofd_naam: Mapped[str] = mapped_column(String(200), default="", server_default="")
    door: Mapped[str] = mapped_column(String(100), default="", server_default="", index=True)
    door_naam: Mapped[str] = mapped_column(String(200), default="", server_default="")
    opgepakt_op: Mapped[datetime | None]
    herinnerd_op: Mapped[datetime | None]
    escalatie: Mapped[str] = mapped_column(String(20), default="", server_default="")
    escalatie_naar: Mapped[str] = mapped_column(String(200), default="", server_default="")
    kijk_op: Mapped[datetime | None] = mapped_column(index=True)
    afgehandeld_op: Mapped[datetime | None]
    afgehandeld_door: Mapped[str] = mapped_column(String(100), default="", server_default="")
    afgehandeld_naam: Mapped[str] = mapped_column(String(200), default="", server_default="")
    resultaat: Mapped[str] = mapped_column(String(20), default="", server_default="")
    verdwenen_op: Mapped[datetime | None]  # the register no longer has the task

    __table_args__ = (
        Index("ix_tb_notitie_deadline", "deadline", "internetaak"),
        Index("ix_tb_notitie_beloofd_door", "beloofd_door", "deadline"),
    )


class TbPoging(Base):
    """One attempt to reach the customer."""

    __tablename__ = "tb_poging"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    internetaak: Mapped[str] = mapped_column(
        String(36), ForeignKey("tb_notitie.internetaak", ondelete="CASCADE"), index=True
    )
    op: Mapped[datetime]
    door: Mapped[str] = mapped_column(String(100))
    naam: Mapped[str] = mapped_column(String(200), default="", server_default="")
    resultaat: Mapped[str] = mapped_column(String(20))
    notitie: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    klantcontact: Mapped[str] = mapped_column(String(36), default="", server_default="")


class TbElders(Base):
    """A task of a register upstream as it was last read there, under the names of the embedded register's columns."""

    __tablename__ = "tb_elders"

    uuid: Mapped[str] = mapped_column(String(36), primary_key=True)
    status: Mapped[str] = mapped_column(String(12), index=True)
    nummer: Mapped[str | None] = mapped_column(String(10))
    gevraagde_handeling: Mapped[str] = mapped_column(String(200))
    toelichting: Mapped[str] = mapped_column(Text)
    toegewezen_op: Mapped[datetime]
    afgehandeld_op: Mapped[datetime | None]
    klantcontact: Mapped[str] = mapped_column(String(36), index=True)
    actoren: Mapped[list[Any]]  # their uuids, as the register gives them
    onderwerp: Mapped[str] = mapped_column(String(200))
    partij: Mapped[str] = mapped_column(String(36))
    klant_soort: Mapped[str] = mapped_column(String(14))
    klant_naam: Mapped[str] = mapped_column(String(500))
    geheim: Mapped[bool]
    telefoonnummer: Mapped[str] = mapped_column(String(80))
    gelezen_op: Mapped[datetime]  # when that reading began, or when we closed the task there ourselves


class TbEldersActor(Base):
    """To whom such a task is assigned, in the order given."""

    __tablename__ = "tb_elders_actor"

    internetaak: Mapped[str] = mapped_column(
        String(36), ForeignKey("tb_elders.uuid", ondelete="CASCADE"), primary_key=True
    )
    volgorde: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    soort: Mapped[str] = mapped_column(String(24))
    object_id: Mapped[str] = mapped_column(String(200), index=True)
    naam: Mapped[str] = mapped_column(String(200))
