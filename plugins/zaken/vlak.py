"""The ground of a page with a list and beside it what was chosen; on a narrow one they take turns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.sdk import current_theme


class Vlak(QWidget):
    """Says when its room or the text size changed, when Esc came to it, when it came into sight, and when it made
    way for something else."""

    resized = Signal()
    came = Signal()
    went = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        current_theme().settled.connect(self.resized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # and the window was not minimised
            self.went.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.accept()
            return
        super().keyPressEvent(event)
