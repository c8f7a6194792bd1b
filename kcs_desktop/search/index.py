"""Keeping the index: documents in and out, in the transaction of whoever calls.

A key that outlives its document's change costs a wasted look and nothing else, because ranking compares with the
document itself. So keys need no index of their own on the document, which would double the size of the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, bindparam, delete, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from kcs_desktop.search.document import Document
from kcs_desktop.search.sleutels import Sleutel, keys, variants, vocabulary
from kcs_desktop.search.tables import Zoektabellen

CHUNK = 500
T = TypeVar("T")
_decoder = msgspec.json.Decoder(Document)


class Index:
    """The index in one set of tables. Holds no state, so threads may share it."""

    def __init__(self, tables: Zoektabellen) -> None:
        self._tables = tables

    def upsert(self, conn: Connection, documents: Iterable[Document]) -> int:
        """Add or replace documents by their id, in pieces of 500. Returns how many."""
        aantal = 0
        for piece in _pieces(documents):
            # The last one wins, and a fixed order keeps two writers from waiting for each other.
            unique = dict(sorted({document.id: document for document in piece}.items()))
            self._replace(conn, unique)
            aantal += len(unique)
        return aantal

    def delete(self, conn: Connection, ids: Iterable[str]) -> None:
        """Remove documents; ids that are not there are passed over."""
        table = self._tables.document
        for piece in _pieces(ids):
            for nr, old in self._stored(conn, piece).values():
                self._remove_keys(conn, nr, keys(old))
            conn.execute(delete(table).where(table.c.id.in_(piece)))

    def clear(self, conn: Connection) -> None:
        """Empty the index."""
        for table in (self._tables.sleutel, self._tables.variant, self._tables.document):
            conn.execute(delete(table))

    def _replace(self, conn: Connection, documents: dict[str, Document]) -> None:
        table = self._tables.document
        before = self._stored(conn, list(documents))
        rows = [{"id": d.id, "inhoud": msgspec.json.encode(d).decode()} for d in documents.values()]
        _insert(conn, table, rows, update="inhoud")
        stored = conn.execute(select(table.c.id, table.c.nr).where(table.c.id.in_(list(documents))))
        numbers: dict[str, int] = {row.id: row.nr for row in stored}
        new_keys: list[dict[str, Any]] = []
        new_words: set[str] = set()
        for id_, document in documents.items():
            current = keys(document)
            if id_ in before:
                earlier = keys(before[id_][1])
                self._remove_keys(conn, before[id_][0], earlier - current)
                current -= earlier
            new_keys += [{"soort": soort, "waarde": waarde, "nr": numbers[id_]} for soort, waarde in sorted(current)]
            new_words |= vocabulary(document)
        _insert(conn, self._tables.sleutel, new_keys)
        self._add_words(conn, new_words)

    def _add_words(self, conn: Connection, new_words: set[str]) -> None:
        table = self._tables.variant
        known: set[str] = set()
        for piece in _pieces(sorted(new_words)):
            pairs = tuple_(table.c.variant, table.c.woord).in_([(woord[:14], woord) for woord in piece])
            known |= set(conn.execute(select(table.c.woord).where(pairs)).scalars())
        rows = [{"variant": v, "woord": woord} for woord in sorted(new_words - known) for v in variants(woord)]
        _insert(conn, table, rows)

    def _stored(self, conn: Connection, ids: Sequence[str]) -> dict[str, tuple[int, Document]]:
        table = self._tables.document
        rows = conn.execute(select(table.c.id, table.c.nr, table.c.inhoud).where(table.c.id.in_(ids)))
        return {id_: (nr, _decoder.decode(inhoud)) for id_, nr, inhoud in rows}

    def _remove_keys(self, conn: Connection, nr: int, old: set[Sleutel]) -> None:
        table = self._tables.sleutel
        if old:
            statement = delete(table).where(
                table.c.soort == bindparam("s"), table.c.waarde == bindparam("w"), table.c.nr == bindparam("n")
            )
            conn.execute(statement, [{"s": soort, "w": waarde, "n": nr} for soort, waarde in sorted(old)])


def _insert(conn: Connection, table: Table, rows: list[dict[str, Any]], update: str = "") -> None:
    """Insert; a row whose key is there is left, or gets the new value of `update`."""
    if not rows:
        return
    if conn.dialect.name == "postgresql":
        on_postgresql = postgresql.insert(table)
        statement: Any = (
            on_postgresql.on_conflict_do_update(index_elements=["id"], set_={update: on_postgresql.excluded[update]})
            if update
            else on_postgresql.on_conflict_do_nothing()
        )
    else:
        on_sqlite = sqlite.insert(table)
        statement = (
            on_sqlite.on_conflict_do_update(index_elements=["id"], set_={update: on_sqlite.excluded[update]})
            if update
            else on_sqlite.on_conflict_do_nothing()
        )
    conn.execute(statement, rows)


def _pieces(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while piece := list(islice(iterator, CHUNK)):
        yield piece
