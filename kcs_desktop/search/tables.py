"""The index as tables, made once for the backend's metadata and once for the seat's store."""

from __future__ import annotations

import msgspec
from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text


class Zoektabellen(msgspec.Struct, frozen=True):
    """`document`: what is shown; `sleutel`: the B-tree of keys; `variant`: words with a letter left out."""

    document: Table
    sleutel: Table
    variant: Table


def make_tables(metadata: MetaData, prefix: str = "") -> Zoektabellen:
    """Define the tables in `metadata`. Keys compare byte by byte, so that a prefix is a range on every database."""
    tekst = String(96).with_variant(String(96, collation="C"), "postgresql")
    nummer = BigInteger().with_variant(Integer, "sqlite")
    document = Table(
        f"{prefix}document",
        metadata,
        Column("nr", nummer, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("inhoud", Text, nullable=False),
    )
    sleutel = Table(
        f"{prefix}sleutel",
        metadata,
        Column("soort", String(1), primary_key=True),
        Column("waarde", tekst, primary_key=True),
        Column("nr", nummer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    variant = Table(
        f"{prefix}variant",
        metadata,
        Column("variant", tekst, primary_key=True),
        Column("woord", tekst, primary_key=True),
        sqlite_with_rowid=False,
    )
    return Zoektabellen(document, sleutel, variant)
