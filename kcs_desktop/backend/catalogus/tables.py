"""The catalogue of this municipality, as it was loaded last, and what it keeps about its zaaktypen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class CatalogusRow(Base):
    """The one catalogue: products with their knip. It is read whole, so it is kept whole; colleagues are added live."""

    __tablename__ = "catalogus"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inhoud: Mapped[dict[str, Any]]
    geladen_op: Mapped[datetime]


class ZaaktypekenmerkRow(Base):
    """What this municipality keeps about a zaaktype beside the standard, by its identificatie: the zaaktype itself may
    stand in another register, and in several versions."""

    __tablename__ = "zaaktypekenmerk"

    identificatie: Mapped[str] = mapped_column(String(50), primary_key=True)
    inhoud: Mapped[dict[str, Any]]
