"""Small file systems of their own, because permission bits do not bind root: they get full, or cannot be written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def can_mount() -> bool:
    """Whether this user may mount at all."""
    return os.geteuid() == 0


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """An empty disk of this size, mounted on `folder` until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        # What still has a file open there is being ended; the mount goes with it.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> Path:
    """A file that takes all the room but `leave` bytes."""
    ballast = folder / "ballast"
    room = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize - leave
    # Unbuffered: what a buffer still holds would be refused at the closing.
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while room > 0 and (written := file.write(b"\0" * min(room, 65536))):
            room -= written
    return ballast


def set_read_only(folder: Path, *, read_only: bool) -> None:
    """Nothing may have a file open there for writing."""
    subprocess.run(["mount", "-o", f"remount,{'ro' if read_only else 'rw'}", str(folder)], check=True)
