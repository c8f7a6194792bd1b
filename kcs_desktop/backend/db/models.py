"""Every table of the backend in one metadata. Each folder with tables is imported here, and nowhere for that effect."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from sqlalchemy import MetaData

from kcs_desktop.backend.accounts import tables as accounts_tables
from kcs_desktop.backend.db.base import Base
from kcs_desktop.backend.db.unit import Database

_FOLDERS = (
    "audit",
    "feed",
    "opdrachten",
    "beheer",
    "catalogus",
    "zoeken",
    "standards.klantinteracties",
    "standards.brp",
    "standards.kvk",
)


def _import_tables() -> None:
    for folder in _FOLDERS:
        with suppress(ImportError):  # a part that is not there yet is left out
            import_module(f"kcs_desktop.backend.{folder}.tables")


_import_tables()

METADATA: MetaData = Base.metadata
TABLES = (accounts_tables,)


async def create_schema(db: Database) -> None:
    """Create every table that is missing; for tests and tools, the product migrates."""
    async with db.engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
