"""Small disks of their own for tests: one that fills up, one that is read-only. Permission bits do not bind root."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Schijf:
    """A mounted tmpfs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def fill(self) -> Path:
        """Take every byte that is left; the file that holds them."""
        vulling = self.path / "vulling"
        with vulling.open("wb", buffering=0) as bestand:
            try:
                while True:
                    bestand.write(b"x" * 4096)
            except OSError:
                return vulling

    def make_read_only(self) -> None:
        _run("mount", "-o", "remount,ro", str(self.path))

    def make_writable(self) -> None:
        _run("mount", "-o", "remount,rw", str(self.path))


@contextmanager
def small_disk(path: Path, kilobytes: int = 2048) -> Iterator[Schijf]:
    """A disk of so many kB on `path` until the block ends; skips where mounting is not permitted."""
    path.mkdir(parents=True, exist_ok=True)
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "kcs-proef", str(path))
    except (OSError, subprocess.CalledProcessError) as fout:
        pytest.skip(f"no small disk on this machine: {fout}")
    try:
        yield Schijf(path)
    finally:
        _run("umount", "--lazy", str(path))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
