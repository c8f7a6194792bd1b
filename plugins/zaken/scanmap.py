"""The folder that a scanner writes to: what is new in it is offered once it stands still; nothing goes by itself."""

from __future__ import annotations

import asyncio
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from ui.sdk import TaskScope

STILL = 1_000  # milliseconds that a file must have the same size
AWAY = 30_000  # milliseconds until a folder that is not there is looked for again
RECENT = 15 * 60  # seconds before the tab came into sight that still count as new
MOST = 20  # files that are offered
_NAME = "scanmap"
_HALF = (".half", ".part", ".tmp", ".crdownload")


class Scanmap(QObject):
    """`changed` when the offer changes. A folder that is not there offers nothing, and is looked for again."""

    changed = Signal()

    def __init__(
        self,
        folder: str,
        tasks: TaskScope,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = Path(folder).expanduser() if folder else None
        self._since = clock() - RECENT
        self._sizes: dict[Path, tuple[int, int]] = {}
        self._taken: set[Path] = set()
        self._offer: list[Path] = []
        self._later = QTimer(self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._later.start(STILL))
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._look_soon)
        if self._folder is not None:
            self._look_soon()

    @property
    def aanbod(self) -> list[Path]:
        """New files, oldest first."""
        return list(self._offer)

    def take(self) -> list[Path]:
        """All that is offered; it is not offered again."""
        taken, self._offer = self._offer, []
        self._taken.update(taken)
        self.changed.emit()
        return taken

    async def look(self) -> None:
        """What is there now; a file that still grows is looked at once more."""
        if self._folder is None:
            return
        sizes = await asyncio.to_thread(_files, self._folder, self._since)
        if sizes is None:
            self._later.start(AWAY)
            sizes = {}
        elif str(self._folder) not in self._watcher.directories():
            self._watcher.addPath(str(self._folder))
        still = {path for path, size in sizes.items() if size[0] and self._sizes.get(path) == size}
        if sizes != self._sizes:
            self._later.start(STILL)
        self._sizes = sizes
        offer = sorted(still - self._taken, key=lambda path: sizes[path][1])[-MOST:]
        if offer != self._offer:
            self._offer = offer
            self.changed.emit()

    def _look_soon(self) -> None:
        if self._tasks.is_running(_NAME):  # a network folder may be slow
            self._later.start(STILL)
        else:
            self._tasks.start(_NAME, self.look())


def _files(folder: Path, since: float) -> dict[Path, tuple[int, int]] | None:
    """Size and moment of every plain file that is new; None where the folder cannot be read."""
    found: dict[Path, tuple[int, int]] = {}
    try:
        for path in folder.iterdir():
            if not path.name.startswith(".") and path.suffix.lower() not in _HALF:
                with suppress(OSError):  # taken away meanwhile
                    about = path.stat()
                    if stat.S_ISREG(about.st_mode) and about.st_mtime >= since:
                        found[path] = (about.st_size, about.st_mtime_ns)
    except OSError:
        return None
    return found
