"""How candidates are read from the index: statements put to the driver as they are, in one trip for each step.

An object per clause and a name per value cost more than the question itself. Each of the two databases is asked in its
own words; both give the same candidates for the same ranges, and any of the candidates where a list was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Connection

from kcs_desktop.search.tables import Zoektabellen

Bereiken = Sequence[tuple[str, str, str, int]]  # kind, from, up to, at most how many
Groepen = Sequence[Sequence[str]]  # of every group one term
Kandidaat = tuple[int, str]  # number and content of a document
_REMEMBERED = 256  # statements
_SOME = 5_000  # customers of a word that is asked alone and borne by more: any of them


class Lezer(Protocol):
    """Reads within the transaction of the caller, and holds no state but its statements."""

    def begin(self, conn: Connection, *, is_single: bool) -> None:
        """Once before the first question for terms. `is_single`: each of them asks for one group only."""
        ...

    def end(self, conn: Connection) -> None:
        """After the last question, where one was begun."""
        ...

    def in_ranges(self, conn: Connection, ranges: Bereiken) -> Sequence[Kandidaat]:
        """The documents whose keys lie in these ranges, of each range the first so many."""
        ...

    def with_terms(self, conn: Connection, groups: Groepen, cut: int) -> Sequence[Kandidaat]:
        """Documents with a term of every group, at most `cut` of them."""
        ...

    def known_words(self, conn: Connection, variants: Sequence[str], cut: int) -> Sequence[str]:
        """Words with one of these variants, at most `cut` of them."""
        ...


class SqliteLezer:
    """For SQLite and SQLCipher."""

    def __init__(self, tables: Zoektabellen) -> None:
        sleutel, tekst = tables.sleutel.name, tables.tekst.name
        self._range = (
            f"SELECT nr FROM (SELECT nr FROM {sleutel} WHERE soort = ? AND waarde >= ? AND waarde < ?"  # noqa: S608 -- our own names
            " ORDER BY soort, waarde, nr LIMIT ?)"
        )
        self._documents = f"SELECT nr, inhoud FROM {tables.document.name} WHERE nr IN "  # noqa: S608
        self._terms = f"{self._documents}(SELECT rowid FROM {tekst} WHERE {tekst} MATCH ? LIMIT ?)"  # noqa: S608
        self._words = f"SELECT DISTINCT woord FROM {tables.variant.name} WHERE variant IN "  # noqa: S608
        self._in_ranges = lru_cache(_REMEMBERED)(self._write_ranges)

    def begin(self, conn: Connection, *, is_single: bool) -> None:
        """SQLite needs nothing: it stops reading where enough was found."""

    def end(self, conn: Connection) -> None:
        """Nothing was begun."""

    def in_ranges(self, conn: Connection, ranges: Bereiken) -> Sequence[Kandidaat]:
        values = tuple(value for one in ranges for value in one)
        return _rows(conn, self._in_ranges(len(ranges)), values)

    def with_terms(self, conn: Connection, groups: Groepen, cut: int) -> Sequence[Kandidaat]:
        return _rows(conn, self._terms, (_question(groups, '"', " OR ", " AND "), cut))

    def known_words(self, conn: Connection, variants: Sequence[str], cut: int) -> Sequence[str]:
        marks = ", ".join("?" * len(variants))
        found = _rows(conn, f"{self._words}({marks}) LIMIT ?", (*variants, cut))
        return [woord for (woord,) in found]

    def _write_ranges(self, aantal: int) -> str:
        return f"{self._documents}({' UNION ALL '.join([self._range] * aantal)})"


class PostgresLezer:
    """For PostgreSQL, which prepares a statement that it sees again: so there are three, whatever is asked.

    The driver forgets them at a rollback. So a transaction is begun only where settings must hold in it, and committed.
    """

    def __init__(self, tables: Zoektabellen) -> None:
        sleutel, documents = tables.sleutel.name, f"SELECT nr, inhoud FROM {tables.document.name} WHERE nr = ANY(ARRAY"  # noqa: S608
        # One range after another, each as if it stood alone.
        one = (
            f'SELECT nr FROM {sleutel} WHERE soort = r.soort AND waarde >= r.van COLLATE "C"'  # noqa: S608
            ' AND waarde < r.tot COLLATE "C" ORDER BY soort, waarde, nr LIMIT r.hoogstens'
        )
        asked = "unnest(%s::text[], %s::text[], %s::text[], %s::int[]) AS r(soort, van, tot, hoogstens)"
        self._ranges = f"{documents}(SELECT k.nr FROM {asked} CROSS JOIN LATERAL ({one}) AS k))"  # noqa: S608
        self._terms = f"{documents}(SELECT nr FROM {tables.tekst.name} WHERE woorden @@ %s::tsquery LIMIT %s))"  # noqa: S608
        self._words = (
            f"SELECT DISTINCT woord FROM {tables.variant.name}"  # noqa: S608
            ' WHERE variant = ANY(%s::text[] COLLATE "C") LIMIT %s'
        )

    def begin(self, conn: Connection, *, is_single: bool) -> None:
        # It guesses how many customers bear two words together; where it guesses high it reads the whole table. Of a
        # word alone it collects every customer before it gives the first, unless it may leave some out.
        limit = _SOME if is_single else 0
        own = "BEGIN; " if _stands_alone(conn) else ""
        conn.exec_driver_sql(
            f"{own}SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SET LOCAL gin_fuzzy_search_limit = {limit}"
        )

    def end(self, conn: Connection) -> None:
        if _stands_alone(conn):
            conn.exec_driver_sql("COMMIT")

    def in_ranges(self, conn: Connection, ranges: Bereiken) -> Sequence[Kandidaat]:
        return _rows(conn, self._ranges, tuple(map(list, zip(*ranges, strict=True))))

    def with_terms(self, conn: Connection, groups: Groepen, cut: int) -> Sequence[Kandidaat]:
        return _rows(conn, self._terms, (_question(groups, "'", " | ", " & "), cut))

    def known_words(self, conn: Connection, variants: Sequence[str], cut: int) -> Sequence[str]:
        return [woord for (woord,) in _rows(conn, self._words, (list(variants), cut))]


def _question(groups: Groepen, quote: str, either: str, both: str) -> str:
    return both.join(f"({either.join(f'{quote}{term}{quote}' for term in group)})" for group in groups)


def _stands_alone(conn: Connection) -> bool:
    """Whether the caller began no transaction, so that each statement is one by itself."""
    return conn.get_execution_options().get("isolation_level") == "AUTOCOMMIT"


def _rows(conn: Connection, statement: str, values: tuple[Any, ...]) -> Sequence[Any]:
    return conn.exec_driver_sql(statement, values).all()
