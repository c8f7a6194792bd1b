"""The full text of the index: words of a customer anywhere, asked together in any order.

Which words there are and how a question is put is ours and the same for every database; FTS5 and PostgreSQL only
intersect the lists. Of a word its beginning may be asked ("kerks"), its sound, or one of several spellings.

Beginnings of some lengths are terms themselves: a database would have to merge the lists of every word that begins
so, and of a place that is half the municipality. A beginning in between asks the one below it; the judge sifts.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table, delete, text

BEGINS = (3, 4, 5, 7, 10)  # letters
SHORT = BEGINS[0]
SAMPLE = "#"  # a term of its own, of one in so many documents: see `PostgresLezer`
_ONE_IN = 512
Woorden = tuple[int, Sequence[str]]  # number of the document and its terms


def begin_terms(woord: str) -> list[str]:
    """What is stored of a word: its beginnings, and the word itself where it is shorter than those."""
    return [f"^{woord[:lengte]}" for lengte in BEGINS if lengte <= len(woord)] or [woord]


def begin_term(woord: str) -> str:
    """What is asked for whatever begins with this: the longest beginning that is stored."""
    return begin_terms(woord)[-1]


def sound_term(klank: str) -> str:
    """What is stored for how a word sounds. A capital is a sound of its own, which a tokenizer would make small."""
    return "~" + "".join(f"{teken.lower()}0" if teken.isupper() else teken for teken in klank)


def stored_on_postgres(nr: int, termen: Sequence[str]) -> list[str]:
    """The terms of a document as PostgreSQL keeps them: some stand in the sample as well."""
    return list(termen) if nr % _ONE_IN else [*termen, SAMPLE]


class Volletekst:
    """The full text in one table. Holds no state but its statements."""

    def __init__(self, table: Table) -> None:
        naam = table.name
        self._table = table
        self._fts_add = f"INSERT INTO {naam} (rowid, woorden) VALUES (?, ?)"  # noqa: S608 -- our own name
        self._fts_remove = f"INSERT INTO {naam} ({naam}, rowid, woorden) VALUES ('delete', ?, ?)"  # noqa: S608
        self._fts_clear = text(f"INSERT INTO {naam} ({naam}) VALUES ('delete-all')")  # noqa: S608
        self._pg_add = (
            f"INSERT INTO {naam} (nr, woorden) VALUES (%s, array_to_tsvector(%s::text[]))"  # noqa: S608
            " ON CONFLICT (nr) DO UPDATE SET woorden = excluded.woorden"
        )

    def add(self, conn: Connection, rows: Sequence[Woorden]) -> None:
        """Add documents that are not in it."""
        if rows and _is_postgres(conn):
            conn.exec_driver_sql(self._pg_add, [(nr, stored_on_postgres(nr, woorden)) for nr, woorden in rows])
        elif rows:
            conn.exec_driver_sql(self._fts_add, [(nr, " ".join(woorden)) for nr, woorden in rows])

    def remove(self, conn: Connection, rows: Sequence[Woorden]) -> None:
        """Remove documents, each with exactly the terms it was added with."""
        if rows and _is_postgres(conn):
            conn.execute(delete(self._table).where(self._table.c.nr.in_([nr for nr, _ in rows])))
        elif rows:
            conn.exec_driver_sql(self._fts_remove, [(nr, " ".join(woorden)) for nr, woorden in rows])

    def clear(self, conn: Connection) -> None:
        conn.execute(delete(self._table) if _is_postgres(conn) else self._fts_clear)


def _is_postgres(conn: Connection) -> bool:
    return conn.dialect.name == "postgresql"
