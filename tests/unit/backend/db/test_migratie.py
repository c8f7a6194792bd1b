"""The history of the schema: complete, alone, with a backup first, all or nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from kcs_desktop.backend.beheer.archief import read_archive
from kcs_desktop.backend.db.migratie import config, head, migrate, stand, sync_engine
from kcs_desktop.backend.db.models import METADATA
from kcs_desktop.domain.errors import KcsError
from tests.harness.postgres import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without anything in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'leeg.db'}"
    cluster: Cluster = request.getfixturevalue("postgres")
    name = f"leeg_{tmp_path.name.replace('-', '_').lower()[:40]}"
    cluster.admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    cluster.admin(f'CREATE DATABASE "{name}"')
    return cluster.url(name)


def test_the_history_ends_in_exactly_the_tables_of_the_program(empty_url: str) -> None:
    migrate(empty_url)
    engine = sync_engine(empty_url)
    try:
        with engine.connect() as connection:
            # SQLite's full text is a table that it manages itself, with some of its own beside it.
            own = None if connection.dialect.name == "postgresql" else _no_full_text
            context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": own})
            assert "zoek_tekst" in inspect(connection).get_table_names()
            assert compare_metadata(context, METADATA) == []
    finally:
        engine.dispose()


def _no_full_text(_found: object, name: str | None, kind: str, _is_there: object, _other: object) -> bool:
    return kind != "table" or not (name or "").startswith("zoek_tekst")


def test_migrating_twice_changes_nothing_and_makes_no_backup(empty_url: str, tmp_path: Path) -> None:
    assert not stand(empty_url).is_current
    assert migrate(empty_url, tmp_path) is None
    assert stand(empty_url).is_current
    assert migrate(empty_url, tmp_path) is None


def test_a_database_with_content_is_kept_in_a_backup_first(empty_url: str, tmp_path: Path) -> None:
    migrate(empty_url)
    _pretend_older(empty_url)
    backups = tmp_path / "backups"
    backups.mkdir()
    # The pretended history cannot be applied again, so it fails after the backup, and nothing is changed.
    with pytest.raises(Exception, match="already exists"):
        migrate(empty_url, backups)
    assert len(list(backups.iterdir())) == 1
    assert stand(empty_url).revision == "0005"


EARLIER = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][1:]


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_of_each_earlier_version_is_kept_and_brought_up_to_date(
    empty_url: str, tmp_path: Path, revision: str
) -> None:
    engine = sync_engine(empty_url)
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        connection.execute(text("INSERT INTO werkplek (id, naam, soort) VALUES ('balie-1', 'Balie 1', 'balie')"))
    engine.dispose()
    backup = migrate(empty_url, tmp_path)
    assert stand(empty_url).revision == head()
    assert backup is not None
    (tmp_path / "uitgepakt").mkdir()
    manifest = read_archive(backup, tmp_path / "uitgepakt")
    assert manifest.revisie == revision
    with engine.connect() as connection:
        assert connection.execute(text("SELECT naam FROM werkplek")).scalar_one() == "Balie 1"
        if connection.dialect.name == "postgresql":
            assert manifest.tables["werkplek"] == 1
    engine.dispose()


def test_tables_that_are_not_ours_are_left_alone(empty_url: str) -> None:
    engine = sync_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE van_een_ander (id INTEGER)"))
    with pytest.raises(KcsError) as refused:
        migrate(empty_url)
    assert refused.value.code == "vreemde-database"
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["van_een_ander"]
    engine.dispose()


def test_a_newer_database_is_left_alone(empty_url: str) -> None:
    migrate(empty_url)
    _set_revision(empty_url, "9999")
    with pytest.raises(KcsError) as refused:
        migrate(empty_url)
    assert refused.value.code == "nieuwere-database"


def test_of_migrations_at_the_same_moment_one_works_and_the_others_wait(empty_url: str) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            migrate(empty_url)
        except BaseException as error:  # noqa: BLE001 -- a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert stand(empty_url).revision == head()


def _pretend_older(url: str) -> None:
    _set_revision(url, "0005")


def _set_revision(url: str, revision: str) -> None:
    engine = sync_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()
