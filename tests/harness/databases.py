"""An empty database with the schema for each test, on SQLite and on PostgreSQL alike.

The schema is made once per session, by the migrations of the product; each test gets a copy (a copied file,
`CREATE DATABASE … TEMPLATE`).
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kcs_desktop.backend.db.migratie import migrate
from kcs_desktop.backend.db.unit import Database
from tests.harness.klok import Klok
from tests.harness.postgres import Cluster, running_cluster
from tests.harness.proefdam import filled

TEMPLATE = "kcs_sjabloon"
PROEFDAM = "kcs_proefdam"
BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """The session's PostgreSQL, with the schema as a template database."""
    with running_cluster() as cluster:
        cluster.admin(f"CREATE DATABASE {TEMPLATE}")
        migrate(cluster.url(TEMPLATE))
        yield cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the schema, to copy."""
    path = tmp_path_factory.mktemp("sjabloon") / "kcs.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_proefdam(postgres: Cluster) -> str:
    """The name of a template with the proefgemeente as of today."""
    postgres.create(PROEFDAM, TEMPLATE)
    filled(postgres.url(PROEFDAM))
    return PROEFDAM


@pytest.fixture
def postgres_proefdam_url(postgres: Cluster, postgres_proefdam: str) -> Iterator[str]:
    """A PostgreSQL database with the proefgemeente, for this test alone."""
    with _own(postgres, postgres_proefdam) as url:
        yield url


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """A PostgreSQL database of its own for this test."""
    with _own(postgres, TEMPLATE) as url:
        yield url


@contextmanager
def _own(postgres: Cluster, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    postgres.create(name, template)
    yield postgres.url(name)
    postgres.admin(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite file of its own for this test."""
    path = tmp_path / "kcs.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs twice: on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
def klok() -> Klok:
    """The clock of `db` and `backend`: stands still until `klok.advance(...)`."""
    return Klok()


@pytest.fixture
async def db(database_url: str, klok: Klok) -> AsyncIterator[Database]:
    """An open database with the schema and no rows. Hooks are added by `create_app` (see the `backend` fixture)."""
    database = Database(database_url, clock=klok)
    try:
        yield database
    finally:
        await database.close()
