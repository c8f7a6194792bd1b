"""How candidates are read from the index: statements put to the driver as they are, in one trip for each step.

An object per clause and a name per value cost more than the question itself. Each of the two databases is asked in its
own words; both give the same candidates for the same ranges, and any of the candidates where a list was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import Dialect

from kcs_desktop.search.tables import Zoektabellen
from kcs_desktop.search.volletekst import SAMPLE

Bereiken = Sequence[tuple[str, str, str, int]]  # kind, from, up to, at most how many
Groepen = Sequence[Sequence[str]]  # of every group one term
Kandidaat = tuple[int, str]  # number and content of a document
_REMEMBERED = 256  # statements
_COMMON = 40  # customers in the sample that bear the words: the sample is enough


class Verbinding(Protocol):
    """Whatever a statement can be put to: a connection of SQLAlchemy, or of the driver itself."""

    @property
    def dialect(self) -> Dialect: ...

    def exec_driver_sql(self, statement: str, parameters: Any, /) -> Any: ...


class Lezer(Protocol):
    """Reads within the transaction of the caller, if there is one, and holds no state but its statements."""

    def in_ranges(self, conn: Verbinding, ranges: Bereiken) -> Sequence[Kandidaat]:
        """The documents whose keys lie in these ranges, of each range the first so many."""
        ...

    def with_terms(self, conn: Verbinding, groups: Groepen, cut: int) -> Sequence[Kandidaat]:
        """Documents with a term of every group, at most `cut` of them."""
        ...

    def known_words(self, conn: Verbinding, variants: Sequence[str], cut: int) -> Sequence[str]:
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

    def in_ranges(self, conn: Verbinding, ranges: Bereiken) -> Sequence[Kandidaat]:
        values = tuple(value for one in ranges for value in one)
        return _rows(conn, self._in_ranges(len(ranges)), values)

    def with_terms(self, conn: Verbinding, groups: Groepen, cut: int) -> Sequence[Kandidaat]:
        return _rows(conn, self._terms, (_question(groups, '"', " OR ", " AND "), cut))

    def known_words(self, conn: Verbinding, variants: Sequence[str], cut: int) -> Sequence[str]:
        marks = ", ".join("?" * len(variants))
        found = _rows(conn, f"{self._words}({marks}) LIMIT ?", (*variants, cut))
        return [woord for (woord,) in found]

    def _write_ranges(self, aantal: int) -> str:
        return f"{self._documents}({' UNION ALL '.join([self._range] * aantal)})"


class PostgresLezer:
    """For PostgreSQL, which prepares a statement that it sees again: so there are three, whatever is asked.

    It collects every customer of a word before it gives the first. So it is asked in a sample first: what half the
    municipality bears is found there, always the same ones, and the rest is asked whole.
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
        # The question stands apart, so that it is planned without looking at it: PostgreSQL guesses how many customers
        # bear two words together, and where it guesses high it would read the whole table.
        of = f"SELECT nr FROM {tables.tekst.name} WHERE woorden @@"  # noqa: S608
        self._terms = (
            f"WITH vraag AS MATERIALIZED (SELECT %s::tsquery AS alle, %s::tsquery AS deel, %s::int AS cut),"  # noqa: S608
            f" deel AS MATERIALIZED (SELECT t.nr FROM vraag CROSS JOIN LATERAL ({of} vraag.deel LIMIT vraag.cut) AS t),"
            f" genoeg AS MATERIALIZED (SELECT count(*) >= {_COMMON} AS is_genoeg FROM deel)"
            f" {documents}(SELECT deel.nr FROM deel CROSS JOIN genoeg WHERE is_genoeg"
            " UNION ALL SELECT t.nr FROM genoeg CROSS JOIN vraag"
            f" CROSS JOIN LATERAL ({of} vraag.alle LIMIT vraag.cut) AS t WHERE NOT is_genoeg))"
        )
        self._words = (
            f"SELECT DISTINCT woord FROM {tables.variant.name}"  # noqa: S608
            ' WHERE variant = ANY(%s::text[] COLLATE "C") LIMIT %s'
        )

    def in_ranges(self, conn: Verbinding, ranges: Bereiken) -> Sequence[Kandidaat]:
        return _rows(conn, self._ranges, tuple(map(list, zip(*ranges, strict=True))))

    def with_terms(self, conn: Verbinding, groups: Groepen, cut: int) -> Sequence[Kandidaat]:
        question = _question(groups, "'", " | ", " & ")
        return _rows(conn, self._terms, (question, f"{question} & '{SAMPLE}'", cut))

    def known_words(self, conn: Verbinding, variants: Sequence[str], cut: int) -> Sequence[str]:
        return [woord for (woord,) in _rows(conn, self._words, (list(variants), cut))]


def _question(groups: Groepen, quote: str, either: str, both: str) -> str:
    return both.join(f"({either.join(f'{quote}{term}{quote}' for term in group)})" for group in groups)


def _rows(conn: Verbinding, statement: str, values: tuple[Any, ...]) -> Sequence[Any]:
    rows: Sequence[Any] = conn.exec_driver_sql(statement, values).all()
    return rows
