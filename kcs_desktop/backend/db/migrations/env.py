"""Alembic's environment: runs on the connection that `migratie` locked and handed over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from kcs_desktop.backend.db.base import UtcDateTime
from kcs_desktop.backend.db.models import METADATA


def _render_item(kind: str, item: Any, autogen_context: AutogenContext) -> str | Literal[False]:
    """A migration stands on its own: our column type is written as what the database has."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _run() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=True,
        render_item=_render_item,
        compare_type=True,
        transactional_ddl=True,
    )
    context.run_migrations()


_run()
