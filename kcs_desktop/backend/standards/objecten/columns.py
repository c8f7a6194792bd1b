"""The columns that registers of objects are made of.

Empty text is an empty string, never NULL, as in the standards; NULL means "not known" where a standard has null.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

Uuid = String(36)
NullableJson = JSON(none_as_null=True)


def key() -> Mapped[str]:
    return mapped_column(Uuid, primary_key=True)


def part_of(table: str, *, nullable: bool = False, index: bool = True) -> Mapped[Any]:
    """Deleted with its parent."""
    return mapped_column(Uuid, ForeignKey(f"{table}.uuid", ondelete="CASCADE"), nullable=nullable, index=index)


def refers_to(table: str, *, index: bool = True) -> Mapped[Any]:
    """Outlives what it refers to."""
    return mapped_column(Uuid, ForeignKey(f"{table}.uuid", ondelete="SET NULL"), index=index)


def text_of(length: int, *, index: bool = False) -> Mapped[str]:
    return mapped_column(String(length), default="", server_default="", index=index)
