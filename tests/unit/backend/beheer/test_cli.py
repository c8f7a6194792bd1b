"""The commands of an administrator as they are typed: an exit code and Dutch lines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.harness.backend import ROOT, backend_process


def kcs_backend(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kcs_desktop.backend", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)


def test_migrate_backup_restore_and_doctor(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "een.kcsbackup"
    assert kcs_backend("migrate", "--database", database_url).returncode == 0
    made = kcs_backend("backup", "--database", database_url, str(path))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == f"De back-up staat in {path}.\n"
    with backend_process(database_url, log=tmp_path / "log"):
        refused = kcs_backend("herstel", "--database", database_url, str(path))
        assert refused.returncode == 1
        assert "draait nog een server" in refused.stderr
        assert "Er is niets gewijzigd." in refused.stderr
    restored = kcs_backend("herstel", "--database", database_url, str(path))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert restored.stdout.startswith("De database is teruggezet naar ")
    healthy = kcs_backend("doctor", "--database", database_url)
    assert (healthy.returncode, healthy.stderr) == (0, ""), healthy.stdout
    assert "[in orde] Auditspoor:" in healthy.stdout
    assert "[in orde] Zoekindex: bij." in healthy.stdout


def test_doctor_names_what_is_wrong_and_what_to_do(tmp_path: Path) -> None:
    found = kcs_backend("doctor", "--database", f"sqlite:///{tmp_path / 'leeg.db'}")
    assert found.returncode == 1
    assert "[LET OP] Database:" in found.stdout
    assert "kcs-backend migrate" in found.stdout


def test_a_file_that_is_no_backup_changes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    path = tmp_path / "niets"
    path.write_text("geen back-up")
    refused = kcs_backend("herstel", "--database", sqlite_url, str(path))
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "Traceback" not in refused.stderr


def test_the_catalogue_is_loaded_from_two_files(sqlite_url: str, tmp_path: Path) -> None:
    shipped = ROOT / "resources" / "proefgemeente"
    files = ["--producten", str(shipped / "producten.csv"), "--knip", str(shipped / "knip.csv")]
    loaded = kcs_backend("laad", "catalogus", *files, "--database", sqlite_url)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert loaded.stdout.endswith(" producten staan in de catalogus.\n")
    refused = kcs_backend("laad", "catalogus", *files[:3], str(tmp_path / "weg.csv"), "--database", sqlite_url)
    assert refused.returncode == 1
    assert "weg.csv kan niet worden gelezen" in refused.stderr
