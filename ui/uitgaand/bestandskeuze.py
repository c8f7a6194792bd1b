"""Where a file with personal data goes is the employee's choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, titel: str, name: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask where to save a JSON file, with `name` proposed."""
    dialog = QFileDialog(parent, titel)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("json")
    dialog.setNameFilter("JSON (*.json)")
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog
