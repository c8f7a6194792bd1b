"""The one place where the window, and its plugins, open the system's browser."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_browser(url: str) -> bool:
    """False where the desktop has no browser."""
    return QDesktopServices.openUrl(QUrl(url))
