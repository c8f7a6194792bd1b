"""What a scanner lays in its folder is offered as soon as all of it is there."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from plugins.zaken.scanmap import Scanmap
from tests.plugins.zaken.proef import Proef
from ui.sdk import TaskScope


async def test_new_files_of_the_scanner_are_offered_once_they_stand_still(
    proef: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.zaken.scanmap.STILL", 1)
    oud = tmp_path / "oud.pdf"
    oud.write_bytes(b"%PDF-")
    os.utime(oud, (time.time() - 90_000, time.time() - 90_000))
    tasks = TaskScope(proef.frame.report)
    tasks.cancel()  # looked at by hand
    scanmap = Scanmap(str(tmp_path), tasks)
    (tmp_path / "scan1.pdf").write_bytes(b"%PDF-")
    (tmp_path / "scan2.pdf.part").write_bytes(b"%PDF-")
    await scanmap.look()
    assert scanmap.aanbod == []
    (tmp_path / "scan1.pdf").write_bytes(b"%PDF-1.7")
    await scanmap.look()
    assert scanmap.aanbod == []
    await scanmap.look()
    assert scanmap.aanbod == [tmp_path / "scan1.pdf"]
    assert scanmap.take() == [tmp_path / "scan1.pdf"]
    await scanmap.look()
    assert scanmap.aanbod == []
    scanmap.deleteLater()


async def test_a_folder_of_the_scanner_that_is_not_there_is_looked_for_again(
    proef: Proef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.zaken.scanmap.STILL", 1)
    monkeypatch.setattr("plugins.zaken.scanmap.AWAY", 1)
    tasks = TaskScope(proef.frame.report)
    scanmap = Scanmap(str(tmp_path / "scan"), tasks)
    await scanmap.look()
    (tmp_path / "scan").mkdir()
    (tmp_path / "scan" / "brief.pdf").write_bytes(b"%PDF-")
    await proef.until(lambda: bool(scanmap.aanbod), "the file of the scanner")
    assert scanmap.aanbod == [tmp_path / "scan" / "brief.pdf"]
    tasks.cancel()
    scanmap.deleteLater()
