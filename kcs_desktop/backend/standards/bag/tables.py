"""Addresses of the embedded BAG, the streets they stand in, and the words by which a street is found."""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base

_BYTES = String().with_variant(String(collation="C"), "postgresql")


class BagOpenbareRuimte(Base):
    """A street, square or path. `x` and `y` are metres of the Rijksdriehoek, of a point in its middle."""

    __tablename__ = "bag_openbare_ruimte"

    identificatie: Mapped[str] = mapped_column(String(16), primary_key=True)
    naam: Mapped[str]
    naam_zoek: Mapped[str] = mapped_column(_BYTES, index=True)
    woonplaats: Mapped[str]
    woonplaats_zoek: Mapped[str]
    woonplaats_identificatie: Mapped[str] = mapped_column(String(4))
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)


class BagStraatwoord(Base):
    """One word of the name of a street or of its woonplaats."""

    __tablename__ = "bag_straatwoord"

    woord: Mapped[str] = mapped_column(_BYTES, primary_key=True)
    openbare_ruimte: Mapped[str] = mapped_column(
        ForeignKey("bag_openbare_ruimte.identificatie", ondelete="CASCADE"), primary_key=True, index=True
    )


class BagAdres(Base):
    """A nummeraanduiding with the object that bears it."""

    __tablename__ = "bag_adres"
    __table_args__ = (
        Index("ix_bag_adres_postcode", "postcode", "huisnummer"),
        Index("ix_bag_adres_straat", "openbare_ruimte", "huisnummer"),
    )

    identificatie: Mapped[str] = mapped_column(String(16), primary_key=True)
    openbare_ruimte: Mapped[str] = mapped_column(ForeignKey("bag_openbare_ruimte.identificatie", ondelete="CASCADE"))
    huisnummer: Mapped[int]
    huisletter: Mapped[str]
    toevoeging: Mapped[str]
    postcode: Mapped[str] = mapped_column(_BYTES)
    object: Mapped[str] = mapped_column(String(16), index=True)
    x: Mapped[float] = mapped_column(Double)
    y: Mapped[float] = mapped_column(Double)
