"""Companies of the embedded Handelsregister, their establishments, and the lines that searching runs over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base

_BYTES = String().with_variant(String(collation="C"), "postgresql")


class KvkBedrijf(Base):
    """One registration, as `bron.py` describes it."""

    __tablename__ = "kvk_bedrijf"

    kvk_nummer: Mapped[str] = mapped_column(String(8), primary_key=True)
    gegevens: Mapped[dict[str, Any]]


class KvkVestiging(Base):
    """One establishment. The company's record holds its data; this row finds it."""

    __tablename__ = "kvk_vestiging"

    vestigingsnummer: Mapped[str] = mapped_column(String(12), primary_key=True)
    kvk_nummer: Mapped[str] = mapped_column(ForeignKey("kvk_bedrijf.kvk_nummer", ondelete="CASCADE"), index=True)


class KvkZoekregel(Base):
    """One possible hit: a rechtspersoon, a hoofdvestiging or a nevenvestiging. `resultaat` is what zoeken answers."""

    __tablename__ = "kvk_zoekregel"
    __table_args__ = (
        Index("ix_kvk_zoekregel_postcode", "postcode", "huisnummer"),
        Index("ix_kvk_zoekregel_straat", "straat_zoek", "plaats_zoek"),
        Index("ix_kvk_zoekregel_plaats", "plaats_zoek"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)  # kvk number, type and establishment
    kvk_nummer: Mapped[str] = mapped_column(ForeignKey("kvk_bedrijf.kvk_nummer", ondelete="CASCADE"), index=True)
    soort: Mapped[str]
    rsin: Mapped[str] = mapped_column(index=True)
    vestigingsnummer: Mapped[str] = mapped_column(index=True)
    naam_zoek: Mapped[str] = mapped_column(_BYTES, index=True)
    straat_zoek: Mapped[str]
    plaats_zoek: Mapped[str]
    postcode: Mapped[str]
    huisnummer: Mapped[int]
    huisletter: Mapped[str]
    actief: Mapped[bool]
    resultaat: Mapped[dict[str, Any]]


class KvkNaamwoord(Base):
    """One word of a name of a hit, so that a search by words in any order is a search by prefix of each."""

    __tablename__ = "kvk_naamwoord"

    woord: Mapped[str] = mapped_column(_BYTES, primary_key=True)
    regel: Mapped[str] = mapped_column(ForeignKey("kvk_zoekregel.id", ondelete="CASCADE"), primary_key=True, index=True)
