"""Filling an index with the whole population, in minutes: what is stored is computed on every core."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from multiprocessing.pool import AsyncResult
from typing import Any

import psycopg
from sqlalchemy import Connection

from kcs_desktop.search.index import Index, Ingang, entry
from kcs_desktop.search.sleutels import variants
from kcs_desktop.search.volletekst import stored_on_postgres
from tests.zoekvragen.bevolking import BEDRIJVEN, PERSONEN, bedrijf, persoon

_PIECE = 2_000


def fill(conn: Connection, index: Index, personen: int = PERSONEN, bedrijven: int = BEDRIJVEN) -> int:
    """Add so many persons and companies to an empty index on SQLite; the caller commits. Returns how many."""
    return index.add_new(conn, entries(personen, bedrijven))


def fill_postgres(conninfo: str, personen: int = PERSONEN, bedrijven: int = BEDRIJVEN) -> int:
    """The same on PostgreSQL, by COPY into tables without their indexes, which are made afterwards."""
    words: set[str] = set()
    aantal = 0
    with psycopg.connect(conninfo) as connection:
        for statement in _WITHOUT_INDEXES:
            connection.execute(statement)
        for piece in _batches(entries(personen, bedrijven), 20_000):
            numbered = list(enumerate(piece, aantal + 1))
            _copy(connection, "zoek_document (nr, id, inhoud)", ((nr, een.id, een.inhoud) for nr, een in numbered))
            keys = ((str(soort), waarde, nr) for nr, een in numbered for soort, waarde in een.sleutels)
            _copy(connection, "zoek_sleutel (soort, waarde, nr)", keys)
            # A lexeme in quotes: some of ours are signs to PostgreSQL.
            terms = ((nr, " ".join(f"'{term}'" for term in stored_on_postgres(nr, een.termen))) for nr, een in numbered)
            _copy(connection, "zoek_tekst (nr, woorden)", terms)
            words.update(woord for een in piece for woord in een.woorden)
            aantal += len(piece)
        _copy(connection, "zoek_variant (variant, woord)", ((v, woord) for woord in words for v in variants(woord)))
        for statement in _WITH_INDEXES:
            connection.execute(statement)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM ANALYZE")
    return aantal


def entries(personen: int, bedrijven: int) -> Iterator[Ingang]:
    """What is stored of each, the persons first."""
    pieces = [("p", begin, min(begin + _PIECE, personen)) for begin in range(0, personen, _PIECE)]
    pieces += [("b", begin, min(begin + _PIECE, bedrijven)) for begin in range(0, bedrijven, _PIECE)]
    with ExitStack() as stack:
        processes = os.cpu_count() or 1
        pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(processes))
        # A few pieces ahead and no more: whoever writes them away is slower than we are.
        ahead: deque[AsyncResult[list[Ingang]]] = deque()
        for piece in pieces:
            ahead.append(pool.apply_async(_piece, piece))
            if len(ahead) > 2 * processes:
                yield from ahead.popleft().get()
        while ahead:
            yield from ahead.popleft().get()


def _piece(soort: str, begin: int, end: int) -> list[Ingang]:
    make = persoon if soort == "p" else bedrijf
    return [entry(make(nr)) for nr in range(begin, end)]


def _batches(items: Iterator[Ingang], size: int) -> Iterator[list[Ingang]]:
    batch: list[Ingang] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _copy(connection: psycopg.Connection[Any], target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {target} FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


_WITHOUT_INDEXES: tuple[bytes, ...] = (
    b"ALTER TABLE zoek_sleutel DROP CONSTRAINT pk_zoek_sleutel",
    b"ALTER TABLE zoek_variant DROP CONSTRAINT pk_zoek_variant",
    b"DROP INDEX ix_zoek_tekst_woorden",
)
_WITH_INDEXES: tuple[bytes, ...] = (
    b"SET maintenance_work_mem = '512MB'",
    b"ALTER TABLE zoek_sleutel ADD CONSTRAINT pk_zoek_sleutel PRIMARY KEY (soort, waarde, nr)",
    b"ALTER TABLE zoek_variant ADD CONSTRAINT pk_zoek_variant PRIMARY KEY (variant, woord)",
    b"CREATE INDEX ix_zoek_tekst_woorden ON zoek_tekst USING gin (woorden)",
    b"SELECT setval(pg_get_serial_sequence('zoek_document', 'nr'), (SELECT max(nr) FROM zoek_document))",
)
