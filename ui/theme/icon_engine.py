"""A glyph as an icon of Qt, for menus and lists. `ui.theme.icons` makes them. Must not know any widget."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme


class GlyphEngine(QIconEngine):
    def __init__(self, name: str, token: str, active: str) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._active = active

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, self._color(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # `size` counts device pixels already; Qt sets the device pixel ratio on what is returned.
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return result

    def clone(self) -> QIconEngine:
        return GlyphEngine(self._name, self._token, self._active)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        theme = current_theme()
        if mode == QIcon.Mode.Disabled:
            color = QColor(theme.color("tekst_zacht"))
            color.setAlphaF(0.6)
            return color
        is_active = state == QIcon.State.On or mode == QIcon.Mode.Selected
        return theme.color(self._active if is_active else self._token)


def made_icon(name: str, color: str, active: str) -> QIcon:
    return QIcon(GlyphEngine(name, color, active))
