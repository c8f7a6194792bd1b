"""On PostgreSQL a word that very many bear is looked up in a fixed sample first; any other in all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, MetaData, create_engine, insert

from kcs_desktop.search.lezer import PostgresLezer
from kcs_desktop.search.tables import Zoektabellen, make_tables
from kcs_desktop.search.volletekst import Volletekst

COMMON = 40
ONE_IN = 512
Bank = tuple[Connection, Zoektabellen]


@pytest.fixture
def bank(search_postgres: str) -> Iterator[Bank]:
    engine = create_engine(search_postgres)
    metadata = MetaData()
    tables = make_tables(metadata, "proef_")
    with engine.connect() as conn:
        metadata.create_all(conn)
        yield conn, tables
        conn.rollback()
    engine.dispose()


def _add(bank: Bank, woord: str, nummers: list[int]) -> None:
    conn, tables = bank
    conn.execute(insert(tables.document), [{"nr": nr, "id": f"{woord}{nr}", "inhoud": woord} for nr in nummers])
    Volletekst(tables.tekst).add(conn, [(nr, [f"^{woord}"]) for nr in nummers])


def _found(bank: Bank, woord: str, cut: int) -> set[int]:
    conn, tables = bank
    return {nr for nr, _inhoud in PostgresLezer(tables).with_terms(conn, [[f"^{woord}"]], cut)}


def test_a_common_word_gives_those_of_the_sample(bank: Bank) -> None:
    sample = [ONE_IN * number for number in range(1, COMMON + 1)]
    _add(bank, "veel", [1, 2, 3, *sample])
    assert _found(bank, "veel", 200) == set(sample)


def test_one_fewer_in_the_sample_and_everybody_is_looked_at(bank: Bank) -> None:
    sample = [ONE_IN * number for number in range(1, COMMON)]
    _add(bank, "minder", [1, 2, 3, *sample])
    assert _found(bank, "minder", 200) == {1, 2, 3, *sample}
    assert len(_found(bank, "minder", 5)) == 5
