"""/health tells per part whether the backend can work, and is 503 only where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kcs_desktop.backend.db.schrijfstand import Schrijfstand, Schrijven
from kcs_desktop.backend.db.unit import Database
from tests.harness.backend import Backend, running_backend
from tests.harness.klok import Klok

SIZE = 24  # megabytes of the small disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes. Skips where this account may not mount one."""
    folder = tmp_path / "schijf"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@asynccontextmanager
async def _backend_on(folder: Path, template: Path) -> AsyncIterator[Backend]:
    shutil.copy(template, folder / "kcs.db")
    db = Database(f"sqlite:///{folder / 'kcs.db'}")
    try:
        async with running_backend(db, Klok(db.clock())) as backend:
            yield backend
    finally:
        await db.close()


async def _health(backend: Backend) -> httpx.Response:
    return await backend.client().get("/health")


async def _write(db: Database, megabytes: int) -> None:
    async with db.write() as unit:
        await unit.session.execute(text("CREATE TABLE IF NOT EXISTS vulling (inhoud TEXT)"))
        for _ in range(megabytes):
            await unit.session.execute(text("INSERT INTO vulling VALUES (:inhoud)"), {"inhoud": "x" * 1_000_000})


def _fill(disk: Path) -> Path:
    """Leave nothing of the disk."""
    junk = disk / "vol"
    with junk.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    assert shutil.disk_usage(disk).free == 0
    return junk


def _remount(disk: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(disk)], check=True)


async def test_all_is_well_on_both_databases(backend: Backend) -> None:
    answer = await _health(backend)
    assert answer.status_code == 200
    assert answer.json()["delen"]["lezen"] == "ok"
    assert answer.json()["delen"]["schrijven"] in {"ok", "krap"}  # as much room as this machine has
    assert "kcs.db" not in answer.text


async def test_a_small_disk_is_a_warning_and_a_full_one_a_503(small_disk: Path, sqlite_template: Path) -> None:
    async with _backend_on(small_disk, sqlite_template) as backend:
        answer = await _health(backend)
        assert (answer.status_code, answer.json()["status"]) == (200, "let-op")
        assert answer.json()["delen"] == {"lezen": "ok", "schrijven": "krap"}

        junk = _fill(small_disk)
        with pytest.raises(DBAPIError):
            await _write(backend.db, 2)
        for _ in range(2):
            answer = await _health(backend)
            assert (answer.status_code, answer.json()["code"]) == (503, "database-schrijft-niet")
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["delen"] == {"lezen": "ok", "schrijven": "niet"}
        junk.unlink()


async def test_a_full_disk_is_noticed_before_anybody_writes_and_left_when_there_is_room(
    small_disk: Path, sqlite_template: Path
) -> None:
    now = 0.0
    shutil.copy(sqlite_template, small_disk / "kcs.db")
    db = Database(f"sqlite:///{small_disk / 'kcs.db'}")
    try:
        stand = Schrijfstand(db, clock=lambda: now)
        assert await stand.now() is Schrijven.KRAP
        junk = _fill(small_disk)
        assert await stand.now() is Schrijven.NIET
        junk.unlink()
        assert await stand.now() is Schrijven.NIET  # not tried again so soon
        now += 10
        assert await stand.now() is Schrijven.KRAP
        await _write(db, 1)
    finally:
        await db.close()


async def test_a_disk_that_became_read_only_is_a_503_until_it_can_be_written(
    small_disk: Path, sqlite_template: Path
) -> None:
    now = 0.0
    shutil.copy(sqlite_template, small_disk / "kcs.db")
    db = Database(f"sqlite:///{small_disk / 'kcs.db'}")
    try:
        stand = Schrijfstand(db, clock=lambda: now)
        assert await stand.now() is Schrijven.KRAP
        await db.close()  # nothing is open for writing, or the disk could not be made read-only
        _remount(small_disk, "ro")
        assert await stand.now() is Schrijven.NIET
        _remount(small_disk, "rw")
        now += 10
        assert await stand.now() is Schrijven.KRAP
    finally:
        await db.close()


async def test_a_statement_that_is_wrong_says_nothing_about_the_disk(db: Database) -> None:
    stand = Schrijfstand(db)
    with pytest.raises(DBAPIError):
        async with db.write() as unit:
            await unit.session.execute(text("INSERT INTO bestaat_niet VALUES (1)"))
    assert await stand.now() is not Schrijven.NIET


async def test_a_database_that_does_not_answer_is_a_503(sqlite_url: str, tmp_path: Path) -> None:
    db = Database(sqlite_url)
    async with running_backend(db, Klok(db.clock())) as backend:
        await db.close()
        os.truncate(tmp_path / "kcs.db", 100)
        answer = await _health(backend)
        assert (answer.status_code, answer.json()["code"]) == (503, "database-onbereikbaar")
        assert answer.json()["delen"] == {"lezen": "niet", "schrijven": "niet"}
    await db.close()
