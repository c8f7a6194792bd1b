"""The ground of a page with a list and beside it what was chosen; on a narrow one they take turns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.sdk import current_theme


class Vlak(QWidget):
    """Says when its room or the text size changed, and when Esc came to it."""

    resized = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        current_theme().settled.connect(self.resized)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.accept()
            return
        super().keyPressEvent(event)
