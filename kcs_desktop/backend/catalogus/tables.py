"""The catalogue of this municipality, as it was loaded last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kcs_desktop.backend.db.base import Base


class CatalogusRow(Base):
    """The one catalogue: products with their knip. It is read whole, so it is kept whole; colleagues are added live."""

    __tablename__ = "catalogus"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inhoud: Mapped[dict[str, Any]]
    geladen_op: Mapped[datetime]
