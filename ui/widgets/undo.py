"""Whose the key of undo is: the field's while there is typing to undo, else the window's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit


def is_idle_undo(editor: QObject, event: QEvent) -> bool:
    """Whether this is the key of undo where no typing is left to undo: then it is the window's."""
    if not isinstance(event, QKeyEvent) or not event.matches(QKeySequence.StandardKey.Undo):
        return False
    line = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    if isinstance(line, QLineEdit):
        return not line.isUndoAvailable()
    return isinstance(line, QPlainTextEdit) and not line.document().isUndoAvailable()
