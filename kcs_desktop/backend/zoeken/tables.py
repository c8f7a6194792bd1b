"""The search index's tables among the backend's own."""

from __future__ import annotations

from kcs_desktop.backend.db.base import Base
from kcs_desktop.search.tables import make_tables

ZOEKTABELLEN = make_tables(Base.metadata, "zoek_")
