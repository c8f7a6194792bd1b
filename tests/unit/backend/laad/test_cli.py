"""`laad brp` and `laad kvk` as they are run: a wrong file gives a Dutch line, an exit code, nothing half-loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from kcs_desktop.backend.cli import run
from tests.harness.backend import ROOT

GOED = {"burgerservicenummer": "999990019", "naam": {"geslachtsnaam": "Proef"}}
BEDRIJF = {"kvkNummer": "90000001", "naam": "Proef", "rechtsvorm": "Eenmanszaak", "vestigingen": []}


def _process(register: str, bestand: Path, url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kcs_desktop.backend", "laad", register, str(bestand), "--database", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, cwd=ROOT, check=False)


def _aantal(url: str, tabel: str) -> int:
    with closing(connect(url.removeprefix("sqlite:///"))) as verbinding:
        return int(verbinding.execute(f"SELECT count(*) FROM {tabel}").fetchone()[0])


@pytest.mark.parametrize(
    ("register", "tabel", "inhoud", "zin"),
    [
        ("brp", "brp_persoon", b"", "geen JSON-lijst"),
        ("brp", "brp_persoon", json.dumps([GOED])[:-1].encode(), "geen geldige JSON"),
        ("brp", "brp_persoon", b'{"a": 1}', "geen JSON-lijst"),
        ("brp", "brp_persoon", b"\xff\xfe\x00", "geen UTF-8"),
        ("brp", "brp_persoon", json.dumps([GOED]).encode() + b"x", "nog iets anders"),
        ("brp", "brp_persoon", json.dumps([GOED, 7]).encode(), "record 2"),
        ("brp", "brp_persoon", json.dumps([GOED, GOED]).encode(), "hetzelfde BSN"),
        ("brp", "brp_persoon", json.dumps([GOED, {"naam": 7}]).encode(), "Record 2"),
        ("brp", "brp_persoon", json.dumps([GOED, {**GOED, "aNummer": "a\x00"}]).encode(), "Record 2"),
        ("brp", "brp_persoon", json.dumps([GOED, {**GOED, "aNummer": "\ud800"}]).encode(), "Record 2"),
        ("brp", "brp_persoon", json.dumps([GOED, {**GOED, "aNummer": "x" * 5_000_000}]).encode(), "Record 2"),
        ("kvk", "kvk_bedrijf", json.dumps([BEDRIJF, {**BEDRIJF, "kvkNummer": "1"}]).encode(), "Record 2"),
        ("kvk", "kvk_bedrijf", json.dumps([BEDRIJF, BEDRIJF]).encode(), "Record 2"),
    ],
)
def test_a_wrong_file_is_told_in_dutch_and_leaves_nothing(
    sqlite_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    register: str,
    tabel: str,
    inhoud: bytes,
    zin: str,
) -> None:
    bestand = tmp_path / "bestand.json"
    bestand.write_bytes(inhoud)
    assert run(["laad", register, str(bestand), "--database", sqlite_url]) == 1
    gezegd = capsys.readouterr()
    assert zin in gezegd.err
    assert gezegd.out == ""
    assert _aantal(sqlite_url, tabel) == 0


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"[" + json.dumps(GOED).encode() + b',{"a":' + b"[" * 200_000, "Record 2 is te diep genest"),
        (b"[" + json.dumps(GOED).encode() + b',{"a":"' + b"x" * 6_000_000, "Record 2 is te groot"),
    ],
    ids=["deep", "huge"],
)
def test_the_process_itself_ends_with_a_line_and_no_trace(
    sqlite_url: str, tmp_path: Path, inhoud: bytes, zin: str
) -> None:
    bestand = tmp_path / "bestand.json"
    bestand.write_bytes(inhoud)
    klaar = _process("brp", bestand, sqlite_url)
    assert klaar.returncode == 1
    assert zin in klaar.stderr
    assert klaar.stderr.count("\n") == 1
    assert _aantal(sqlite_url, "brp_persoon") == 0


def test_a_good_file_is_loaded_and_reported(sqlite_url: str, tmp_path: Path) -> None:
    bestand = tmp_path / "bestand.json"
    bestand.write_text(json.dumps([GOED, {**GOED, "burgerservicenummer": "999999245"}]), "utf-8")
    klaar = _process("brp", bestand, sqlite_url)
    assert klaar.returncode == 0, klaar.stderr
    assert "1 personen geladen, 1 niet geladen." in klaar.stdout
    assert "999999245: niet geladen" in klaar.stdout
    assert _aantal(sqlite_url, "brp_persoon") == 1
