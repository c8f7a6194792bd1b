"""Erasing the sealed copies of files, also where the disk refuses."""

from __future__ import annotations

from pathlib import Path

from kcs_desktop.cache.bijlagen import erase, sweep


def test_a_copy_that_the_disk_does_not_give_up_is_left_for_later(tmp_path: Path) -> None:
    refuses = tmp_path / "een"
    refuses.mkdir()
    erase(refuses)
    assert refuses.exists()


def test_one_that_is_refused_does_not_keep_the_others(tmp_path: Path) -> None:
    for naam in ("a", "c", "blijft"):
        (tmp_path / naam).write_bytes(b"verzegeld")
    (tmp_path / "b").mkdir()
    sweep(tmp_path, {"blijft"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "blijft"]
