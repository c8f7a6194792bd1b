"""Which file, and where to: asked in the dialog of the desktop, beginning at the employee's documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from ui.widgets.suggestions import dressed

# Qt's own translation lacks these two.
_LABELS = {QFileDialog.DialogLabel.LookIn: "&Zoeken in:", QFileDialog.DialogLabel.FileType: "Bestands&type:"}


def ask_files(parent: QWidget, titel: str, chosen: Callable[[Sequence[Path]], object]) -> QFileDialog:
    """Ask for one file or more; returns at once, `chosen` is called for a choice only."""
    dialog = _dialog(parent, titel)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: chosen([Path(path) for path in paths]))
    dialog.open()
    return dialog


def ask_save(
    parent: QWidget, titel: str, name: str, chosen: Callable[[Path], object], *, is_json: bool = False
) -> QFileDialog:
    """Ask where to save, with `name` proposed: a file with personal data goes where the employee says."""
    dialog = _dialog(parent, titel)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if is_json:
        dialog.setDefaultSuffix("json")
        dialog.setNameFilter("JSON (*.json)")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, titel: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    # Where a desktop was never set up that folder is not there, and Qt would show the one the program runs in.
    start = documents if Path(documents).is_dir() else str(Path.home())
    dialog = QFileDialog(parent, titel, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for label, words in _LABELS.items():
        dialog.setLabelText(label, words)
    # Qt's own dialog has lines that complete names; the one of a desktop has none of these.
    for line in dialog.findChildren(QLineEdit):
        if (completer := line.completer()) is not None:
            dressed(completer)
    return dialog
