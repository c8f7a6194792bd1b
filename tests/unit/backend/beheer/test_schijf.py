"""`backup` and `herstel` where the disk or the file is not what it should be: one line says which, no traceback."""

from __future__ import annotations

import io
import os
import sqlite3
import tarfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kcs_desktop.backend.beheer.archief import MANIFEST, Manifest, digest
from kcs_desktop.backend.beheer.backup import backup
from kcs_desktop.backend.cli import run
from tests.harness.kleine_schijf import small_disk

FULL = "De schijf is vol."


def test_a_backup_that_does_not_fit_says_so_and_leaves_nothing(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "klein", 64) as schijf:
        assert run(["backup", "--database", sqlite_url, str(schijf.path / "een.kcsbackup")]) == 1
        assert list(schijf.path.iterdir()) == []
    assert capsys.readouterr().err.startswith(FULL)


def test_a_good_backup_on_a_full_disk_is_not_called_damaged(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "een.kcsbackup"
    backup(sqlite_url, made)
    with small_disk(tmp_path / "klein", 64) as schijf:
        assert run(["herstel", "--database", f"sqlite:///{schijf.path / 'kcs.db'}", str(made)]) == 1
        assert list(schijf.path.iterdir()) == []
    assert capsys.readouterr().err.startswith(FULL)


@pytest.mark.parametrize("command", ["backup", "herstel"])
def test_a_folder_in_the_place_of_a_backup_is_named(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    folder = tmp_path / "map"
    folder.mkdir()
    assert run([command, "--database", sqlite_url, str(folder)]) == 1
    assert capsys.readouterr().err == f"Hier hoort een bestand, en dit is een map: {folder}.\n"


def test_a_backup_that_is_not_there_is_not_called_damaged(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["herstel", "--database", sqlite_url, str(tmp_path / "weg")]) == 1
    assert capsys.readouterr().err == f"Dit bestand of deze map is er niet: {tmp_path / 'weg'}.\n"


def test_a_backup_of_another_program_is_refused_and_changes_nothing(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, made = tmp_path / "kcs.db.ander", tmp_path / "ander.kcsbackup"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE iets (x)")
    manifest = Manifest("sqlite", "0", "", datetime.now(UTC), {"kcs.db": digest(other)})
    content = msgspec.json.encode(manifest)
    with tarfile.open(made, "w:gz") as archive:
        header = tarfile.TarInfo(MANIFEST)
        header.size = len(content)
        archive.addfile(header, io.BytesIO(content))
        archive.add(other, arcname="kcs.db")
    before = Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()
    assert run(["herstel", "--database", sqlite_url, str(made)]) == 1
    assert "geen database van dit programma" in capsys.readouterr().err
    assert Path(sqlite_url.removeprefix("sqlite:///")).read_bytes() == before


def test_what_a_killed_command_left_behind_goes_when_nobody_can_be_at_it(sqlite_url: str, tmp_path: Path) -> None:
    for name, days in (("oud", 2), ("bezig", 0)):
        folder = tmp_path / f".kcs-werk-{name}"
        folder.mkdir()
        (folder / "kcs.db").write_bytes(b"alles")
        then = time.time() - days * 24 * 60 * 60
        os.utime(folder, (then, then))
    backup(sqlite_url, tmp_path / "een.kcsbackup")
    assert [path.name for path in tmp_path.glob(".kcs-werk-*")] == [".kcs-werk-bezig"]
