"""Persons of the embedded BRP: the source record as JSON, and beside it the columns that queries search on.

The columns are derived from the record (`rij.py`) and never answer a query themselves.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base

# Byte order on both databases, so that a prefix is a range of the index.
_BYTES = String().with_variant(String(collation="C"), "postgresql")


class BrpPersoon(Base):
    """One person. Text columns ending in `_zoek` hold the folded form of `zoekvorm.fold`; unknown is empty."""

    __tablename__ = "brp_persoon"
    __table_args__ = (
        Index("ix_brp_persoon_geslachtsnaam", "geslachtsnaam_zoek", "geboortedatum"),
        Index("ix_brp_persoon_geboortedatum", "geboortedatum"),
        Index("ix_brp_persoon_naam_gemeente", "gemeente", "geslachtsnaam_zoek", "voornamen_zoek"),
        Index("ix_brp_persoon_postcode", "postcode", "huisnummer"),
        Index("ix_brp_persoon_straat", "gemeente", "huisnummer", "straat_zoek"),
        Index("ix_brp_persoon_nummeraanduiding", "nummeraanduiding"),
        Index("ix_brp_persoon_adresseerbaar_object", "adresseerbaar_object"),
    )

    bsn: Mapped[str] = mapped_column(String(9), primary_key=True)
    gegevens: Mapped[dict[str, Any]]
    geslachtsnaam_zoek: Mapped[str] = mapped_column(_BYTES)
    voorvoegsel_zoek: Mapped[str]
    voornamen_zoek: Mapped[str] = mapped_column(_BYTES)
    geslacht: Mapped[str]
    geboortedatum: Mapped[str] = mapped_column(String(8))  # YYYYMMDD as the register writes it
    postcode: Mapped[str]
    huisnummer: Mapped[int]  # 0 is unknown
    huisletter: Mapped[str]
    huisnummertoevoeging: Mapped[str]
    straat_zoek: Mapped[str] = mapped_column(_BYTES)
    officiele_straat_zoek: Mapped[str] = mapped_column(_BYTES)
    gemeente: Mapped[str]
    nummeraanduiding: Mapped[str]
    adresseerbaar_object: Mapped[str]
    overleden: Mapped[bool]
