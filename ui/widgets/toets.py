"""A key name in a small frame, as it stands beside what the key does."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import current_theme
from ui.widgets.paint import key_height, key_hint, key_width, shown_keys


class KeyHint(QWidget):
    """Shows a shortcut; binds nothing."""

    def __init__(self, toets: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = shown_keys(toets)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"Toets {self._keys}")
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(key_width(theme, self._keys) + 1, key_height(theme) + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        right = QPointF(self.width(), self.height() / 2)
        key_hint(painter, right, self._keys, theme.color("tekst_zacht"), theme.color("lijn"))
        painter.end()
