"""A flag that can be pressed: it opens the customer it names. Looks as the window's own flag does."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.sdk import Toon, current_theme, paint_icon, set_tip, surface, tone_colors


class Vlagknop(QPushButton):
    """Reached with Tab, pressed with Space or Enter."""

    def __init__(self, tekst: str, soort: Toon, icoon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = tekst, soort, icoon
        self.setAccessibleName(f"{tekst}, openen")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = QFontMetrics(theme.font("bij", bold=True)).horizontalAdvance(self._text) + theme.space(4) + 1
        return QSize(width + theme.px(16) + theme.space(1), theme.line("bij") + theme.space(1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current_theme().px(72)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        color, ground = tone_colors(self._tone)
        is_focused = self.hasFocus()
        line = theme.color("focus") if is_focused else color if self.underMouse() else None
        if line is None and theme.name == "contrast":
            line = theme.color("lijn")
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), theme.radius("vlag"), ground, line, width=2 if is_focused else 1)
        side = theme.px(16)
        left = float(theme.space(2))
        paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), self._icon, color)
        left += side + theme.space(1)
        font = theme.font("bij", bold=True)
        room = self.width() - left - theme.space(1)
        shown = QFontMetrics(font).elidedText(self._text, Qt.TextElideMode.ElideRight, round(room))
        set_tip(self, self._text if shown != self._text else "")
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(QRectF(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()
