"""One filled index per database: plain SQLite, the encrypted store, and PostgreSQL where it is installed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, text

from kcs_desktop.search.index import Index
from kcs_desktop.search.tables import Zoektabellen, make_tables
from kcs_desktop.search.zoeker import Zoeker
from tests.harness.postgres import Cluster
from tests.unit.search.population import population

SIZE = 2000
KEY = "0f" * 32


class Zoekbank(msgspec.Struct, frozen=True):
    """An open connection with a filled index."""

    conn: Connection
    tables: Zoektabellen
    index: Index
    zoeker: Zoeker


def encrypted_engine(path: Path) -> Engine:
    """SQLCipher with a raw key, as the seat opens its store."""
    from sqlcipher3 import dbapi2

    engine = create_engine(f"sqlite:///{path}", module=dbapi2)

    @event.listens_for(engine, "connect")
    def _key(connection: dbapi2.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA key = \"x'{KEY}'\"")

    return engine


@pytest.fixture(scope="module")
def search_postgres(postgres: Cluster) -> Iterator[str]:
    """An empty PostgreSQL database."""
    name = f"zoeken_{uuid.uuid4().hex}"
    postgres.admin(f"CREATE DATABASE {name}")
    yield postgres.url(name).replace("postgresql:", "postgresql+psycopg:", 1)
    postgres.admin(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module", params=["sqlite", "sqlcipher", "postgresql"])
def bank(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zoekbank]:
    path = tmp_path_factory.mktemp("zoeken") / "index.db"
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{path}")
    elif request.param == "sqlcipher":
        engine = encrypted_engine(path)
    else:
        engine = create_engine(request.getfixturevalue("search_postgres"))
    metadata = MetaData()
    tables = make_tables(metadata, "zoek_")
    index = Index(tables)
    with engine.connect() as conn:
        metadata.create_all(conn)
        index.upsert(conn, population(SIZE))
        if conn.dialect.name == "postgresql":
            conn.execute(text("ANALYZE"))
        conn.commit()
        yield Zoekbank(conn, tables, index, Zoeker(tables))
    engine.dispose()
