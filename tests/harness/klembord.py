"""Files as a file manager hands them over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication


def mime_of(*paths: Path) -> QMimeData:
    """What is dragged of these files, or copied."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def copy_files(*paths: Path) -> None:
    """To the clipboard."""
    QGuiApplication.clipboard().setMimeData(mime_of(*paths))
