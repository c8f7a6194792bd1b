"""Keeping the index: documents in and out, in the transaction of whoever calls.

A key that outlives its document's change costs a wasted look and nothing else, because ranking compares with the
document itself. So keys need no index of their own on the document, which would double the size of the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, delete, func, select

from kcs_desktop.search.document import Document
from kcs_desktop.search.sleutels import Sleutel, keys, terms, variants, vocabulary
from kcs_desktop.search.tables import Zoektabellen
from kcs_desktop.search.volletekst import Volletekst

CHUNK = 500
T = TypeVar("T")
_decoder = msgspec.json.Decoder(Document)
_encoder = msgspec.json.Encoder()


class Ingang(msgspec.Struct, frozen=True):
    """Everything that is stored of one document. Computing it needs no database, so another process may."""

    id: str
    inhoud: str
    sleutels: frozenset[Sleutel]
    termen: tuple[str, ...]
    woorden: frozenset[str]


def entry(document: Document) -> Ingang:
    """What is stored of a document."""
    inhoud = _encoder.encode(document).decode()
    return Ingang(
        document.id, inhoud, frozenset(keys(document)), tuple(terms(document)), frozenset(vocabulary(document))
    )


class Index:
    """The index in one set of tables. Holds no state, so threads may share it."""

    def __init__(self, tables: Zoektabellen) -> None:
        self._tables = tables
        self._tekst = Volletekst(tables.tekst)

    def upsert(self, conn: Connection, documents: Iterable[Document]) -> int:
        """Add or replace documents by their id, in pieces of 500. Returns how many."""
        aantal = 0
        for piece in _pieces(documents):
            # The last one wins, and a fixed order keeps two writers from waiting for each other.
            unique = dict(sorted({document.id: document for document in piece}.items()))
            self._replace(conn, [entry(document) for document in unique.values()])
            aantal += len(unique)
        return aantal

    def add_new(self, conn: Connection, entries: Iterable[Ingang]) -> int:
        """Add documents of which none is in the index yet, nor comes twice. Returns how many.

        For filling an empty index: nothing is looked up first, and nobody else may write meanwhile.
        """
        document, laatste = self._tables.document, 0
        laatste = conn.execute(select(func.coalesce(func.max(document.c.nr), 0))).scalar_one()
        known: set[str] = set()
        aantal = 0
        for piece in _pieces(entries):
            numbered = list(enumerate(piece, laatste + 1))
            rows = [(nr, ingang.id, ingang.inhoud) for nr, ingang in numbered]
            _insert(conn, document, ("nr", "id", "inhoud"), rows)
            self._add_keys(conn, ((nr, ingang.sleutels) for nr, ingang in numbered))
            self._tekst.add(conn, [(nr, ingang.termen) for nr, ingang in numbered])
            words = {woord for ingang in piece for woord in ingang.woorden} - known
            self._add_words(conn, words)
            known |= words
            laatste, aantal = laatste + len(piece), aantal + len(piece)
        if conn.dialect.name == "postgresql" and aantal:
            conn.execute(select(func.setval(func.pg_get_serial_sequence(document.name, "nr"), laatste)))
        return aantal

    def delete(self, conn: Connection, ids: Iterable[str]) -> None:
        """Remove documents; ids that are not there are passed over."""
        table = self._tables.document
        for piece in _pieces(ids):
            stored = list(self._stored(conn, piece).values())
            self._remove_keys(conn, ((nr, old.sleutels) for nr, old in stored))
            self._tekst.remove(conn, [(nr, old.termen) for nr, old in stored])
            conn.execute(delete(table).where(table.c.id.in_(piece)))

    def clear(self, conn: Connection) -> None:
        """Empty the index."""
        for table in (self._tables.sleutel, self._tables.variant, self._tables.document):
            conn.execute(delete(table))
        self._tekst.clear(conn)

    def _replace(self, conn: Connection, entries: Sequence[Ingang]) -> None:
        table = self._tables.document
        ids = [ingang.id for ingang in entries]
        before = self._stored(conn, ids)
        _insert(conn, table, ("id", "inhoud"), [(ingang.id, ingang.inhoud) for ingang in entries], update="inhoud")
        stored = conn.execute(select(table.c.id, table.c.nr).where(table.c.id.in_(ids)))
        numbers: dict[str, int] = {row.id: row.nr for row in stored}
        changed = [
            (numbers[ingang.id], before[ingang.id][1] if ingang.id in before else None, ingang) for ingang in entries
        ]
        self._remove_keys(conn, ((nr, old.sleutels - new.sleutels) for nr, old, new in changed if old is not None))
        self._add_keys(conn, ((nr, new.sleutels - old.sleutels if old else new.sleutels) for nr, old, new in changed))
        other = [(nr, old, new) for nr, old, new in changed if old is None or old.termen != new.termen]
        self._tekst.remove(conn, [(nr, old.termen) for nr, old, _ in other if old is not None])
        self._tekst.add(conn, [(nr, new.termen) for nr, _, new in other])
        self._add_words(conn, {woord for ingang in entries for woord in ingang.woorden})

    def _stored(self, conn: Connection, ids: Sequence[str]) -> dict[str, tuple[int, Ingang]]:
        table = self._tables.document
        rows = conn.execute(select(table.c.id, table.c.nr, table.c.inhoud).where(table.c.id.in_(ids)))
        return {id_: (nr, entry(_decoder.decode(inhoud))) for id_, nr, inhoud in rows}

    def _add_words(self, conn: Connection, new_words: set[str]) -> None:
        table = self._tables.variant
        known: set[str] = set()
        for piece in _pieces(sorted(new_words)):
            # A word is its own first variant.
            own = [variants(woord)[0] for woord in piece]
            known.update(conn.execute(select(table.c.woord).where(table.c.variant.in_(own))).scalars())
        rows = [(variant, woord) for woord in sorted(new_words - known) for variant in variants(woord)]
        _insert(conn, table, ("variant", "woord"), rows)

    def _add_keys(self, conn: Connection, keys: Iterable[tuple[int, Iterable[Sleutel]]]) -> None:
        rows = sorted((str(soort), waarde, nr) for nr, sleutels in keys for soort, waarde in sleutels)
        _insert(conn, self._tables.sleutel, ("soort", "waarde", "nr"), rows)

    def _remove_keys(self, conn: Connection, keys: Iterable[tuple[int, Iterable[Sleutel]]]) -> None:
        rows = sorted((str(soort), waarde, nr) for nr, sleutels in keys for soort, waarde in sleutels)
        if rows:
            sign = _sign(conn)
            where = " AND ".join(f"{column} = {sign}" for column in ("soort", "waarde", "nr"))
            conn.exec_driver_sql(f"DELETE FROM {self._tables.sleutel.name} WHERE {where}", rows)  # noqa: S608 -- our own name


def _insert(
    conn: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], update: str = ""
) -> None:
    """Insert; a row whose key is there is left, or gets the new value of `update`.

    Straight to the driver, in words that both databases know: naming every parameter costs more than the insert.
    """
    if rows:
        signs = ", ".join(_sign(conn) for _ in columns)
        conflict = f"(id) DO UPDATE SET {update} = excluded.{update}" if update else "DO NOTHING"
        conn.exec_driver_sql(
            f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({signs}) ON CONFLICT {conflict}",  # noqa: S608 -- our own names
            list(rows),
        )


def _sign(conn: Connection) -> str:
    return "%s" if conn.dialect.name == "postgresql" else "?"


def _pieces(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while piece := list(islice(iterator, CHUNK)):
        yield piece
