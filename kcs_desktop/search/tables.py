"""The index as tables, made once for the backend's metadata and once for the seat's store."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateTable

# Words only, no places and no lengths: the judge reads the customer itself. The signs set our own terms apart.
_TOKENS = "unicode61 remove_diacritics 0 tokenchars '^~'"
FTS5 = f"fts5(woorden, content='', columnsize=0, detail=none, tokenize=\"{_TOKENS}\")"


class Zoektabellen(msgspec.Struct, frozen=True):
    """`document`: what is shown; `sleutel`: the B-tree of keys; `variant`: words with a letter left out.

    `tekst` is the full text: a column of words with a GIN index on PostgreSQL, an FTS5 table on SQLite. There `nr` is
    its rowid, and it keeps no words, so whoever removes a row must name the words it was added with.
    """

    document: Table
    sleutel: Table
    variant: Table
    tekst: Table


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
    volle_tekst = Table(
        f"{prefix}tekst",
        metadata,
        Column("nr", nummer, primary_key=True, autoincrement=False),
        Column("woorden", Text().with_variant(TSVECTOR, "postgresql"), nullable=False),
        info={"sqlite": FTS5},
    )
    Index(f"ix_{prefix}tekst_woorden", volle_tekst.c.woorden, postgresql_using="gin").ddl_if(dialect="postgresql")
    return Zoektabellen(document, sleutel, variant, volle_tekst)


@compiles(CreateTable, "sqlite")
def _create_on_sqlite(create: CreateTable, compiler: Any, **options: Any) -> str:
    """A table that says what it is on SQLite becomes that."""
    virtual = create.element.info.get("sqlite")
    if virtual is None:
        made: str = compiler.visit_create_table(create, **options)
        return made
    return f"CREATE VIRTUAL TABLE {compiler.preparer.format_table(create.element)} USING {virtual}"
