"""A window of its own for one tab, for a second screen. Closing it gives the tab back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.paint import fill


class TornWindow(QWidget):
    """`returned` is emitted on closing, while the tab's widget is still in it."""

    returned = Signal()

    def __init__(self, titel: str, widget: QWidget) -> None:
        super().__init__()
        self.setWindowTitle(f"{titel} · KCS Desktop")
        self.setAccessibleName(titel)
        self._widget = widget
        column = QVBoxLayout(self)
        side = current_theme().space(4)
        column.setContentsMargins(side, side, side, side)
        column.addWidget(widget)
        widget.show()
        self.resize(1100, 760)

    def give_up(self) -> None:
        """Part with the tab's widget and go."""
        layout = self.layout()
        if layout is not None:
            layout.removeWidget(self._widget)
        self._widget.setParent(None)
        self.hide()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.returned.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), current_theme().color("ondergrond"))
        painter.end()
