"""The files of a SQLite database are for their owner alone, whoever opened them up before."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kcs_desktop.backend.beheer.doctor import examine
from kcs_desktop.backend.db.bestand import readable_by_others
from kcs_desktop.backend.db.migratie import migrate, stand
from kcs_desktop.backend.settings import load_settings
from tests.harness.backend import backend_process

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes; the folder decides")


def _modes(path: Path) -> dict[str, int]:
    return {part.name: stat.S_IMODE(part.stat().st_mode) for part in sorted(path.parent.glob(f"{path.name}*"))}


@contextmanager
def _in_use(path: Path) -> Iterator[None]:
    """Somebody else has it open, so its log and index are there, all of it readable for everybody."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("UPDATE alembic_version SET version_num = version_num")
        db.commit()
        parts = sorted(path.parent.glob(f"{path.name}*"))
        assert len(parts) == 3
        for part in parts:
            part.chmod(0o644)
        yield


def test_an_open_file_with_its_log_is_closed_to_others(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "kcs.db"
    with _in_use(path):
        assert stand(sqlite_url).is_current
        assert _modes(path) == {"kcs.db": 0o600, "kcs.db-shm": 0o600, "kcs.db-wal": 0o600}


def test_a_new_file_is_closed_to_others_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        migrate(f"sqlite:///{tmp_path / 'nieuw.db'}")
    finally:
        os.umask(before)
    assert set(_modes(tmp_path / "nieuw.db").values()) == {0o600}


def test_a_server_closes_the_file_it_is_given(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "kcs.db"
    path.chmod(0o664)
    with backend_process(sqlite_url, log=tmp_path / "backend.log"):
        assert set(_modes(path).values()) == {0o600}


async def test_doctor_looks_at_who_may_read_the_files(sqlite_url: str, tmp_path: Path) -> None:
    settings = load_settings({}, {"database_url": sqlite_url})
    (before,) = [line for line in await examine(settings) if line.onderwerp == "Bestanden"]
    assert before.in_orde
    assert readable_by_others("sqlite://") == readable_by_others("postgresql://localhost/kcs") == ()
    (tmp_path / "kcs.db").chmod(0o640)
    assert readable_by_others(sqlite_url) == (tmp_path / "kcs.db",)
