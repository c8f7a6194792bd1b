"""The folder that a scanner writes to: what is new in it is offered once it stands still; nothing goes by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

STILL = 1_000  # milliseconds that a file must have the same size
RECENT = 15 * 60  # seconds before the tab came into sight that still count as new
MOST = 20  # files that are offered
_HALF = (".half", ".part", ".tmp", ".crdownload")


class Scanmap(QObject):
    """`changed` when the offer changes. A folder that is not there offers nothing, and is looked for again."""

    changed = Signal()

    def __init__(self, folder: str, parent: QObject | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._folder = Path(folder).expanduser() if folder else None
        self._since = clock() - RECENT
        self._sizes: dict[Path, tuple[int, int]] = {}
        self._taken: set[Path] = set()
        self._offer: list[Path] = []
        self._later = QTimer(self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._later.start())
        self._later.setSingleShot(True)
        self._later.setInterval(STILL)
        self._later.timeout.connect(self.look)
        self.look()

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

    def look(self) -> None:
        """What is there now; a file that still grows is looked at once more."""
        folder = self._folder
        if folder is None:
            return
        sizes = _files(folder, self._since)
        if str(folder) not in self._watcher.directories() and folder.is_dir():
            self._watcher.addPath(str(folder))
        still = {path for path, size in sizes.items() if size[0] and self._sizes.get(path) == size}
        if sizes != self._sizes:
            self._later.start()
        self._sizes = sizes
        offer = sorted(still - self._taken, key=lambda path: sizes[path][1])[-MOST:]
        if offer != self._offer:
            self._offer = offer
            self.changed.emit()


def _files(folder: Path, since: float) -> dict[Path, tuple[int, int]]:
    """Size and moment of every plain file that is new."""
    found: dict[Path, tuple[int, int]] = {}
    try:
        for path in folder.iterdir():
            if path.name.startswith(".") or path.suffix.lower() in _HALF or not path.is_file():
                continue
            stat = path.stat()
            if stat.st_mtime >= since:
                found[path] = (stat.st_size, stat.st_mtime_ns)
    except OSError:
        return {}
    return found
