"""The files of a SQLite database, and who may read them. The whole register is in them, unencrypted."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def sqlite_file(url: str) -> Path | None:
    """The file of this database; None for PostgreSQL and for one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def tighten(url: str) -> None:
    """Leave the files to their owner alone: an earlier version, a copy or a loose umask may have opened them.

    Where that is not ours to change it stays as it is; `doctor` says so.
    """
    for path in readable_by_others(url):
        with suppress(OSError):
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)


def readable_by_others(url: str) -> tuple[Path, ...]:
    """Which of the files somebody else may open. On Windows the folder decides, and this says nothing."""
    path = sqlite_file(url)
    if path is None or os.name == "nt":
        return ()
    parts = (path, Path(f"{path}-wal"), Path(f"{path}-shm"))
    return tuple(part for part in parts if part.is_file() and part.stat().st_mode & _OTHERS)
