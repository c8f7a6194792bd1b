"""An export that cannot be written leaves nothing behind: what it would hold is plain text about customers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kcs_desktop.domain.errors import UserError
from kcs_desktop.services.uitvoer import write_private
from tests.harness.kleine_schijf import small_disk


def test_an_export_that_does_not_fit_leaves_no_half_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "schijf") as schijf:
        (schijf.path / "uitvoer.json").write_bytes(b"van gisteren")
        schijf.fill()
        with pytest.raises(UserError, match="kon niet worden gemaakt"):
            write_private(schijf.path / "uitvoer.json", os.urandom(500_000))
        assert not [bestand for bestand in schijf.path.iterdir() if bestand.name.endswith(".half")]
        assert (schijf.path / "uitvoer.json").read_bytes() == b"van gisteren"
