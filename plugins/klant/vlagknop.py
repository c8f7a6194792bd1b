"""A flag that can be pressed: it opens the customer it names. Looks as the window's own flag does."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from kcs_desktop.sdk import Klantverwijzing
from plugins.klant.kop import Vlag
from ui.sdk import Toon, current_theme, paint_icon, paint_words, surface, tone_colors


class Vlagknop(QPushButton):
    """Reached with Tab, pressed with Space or Enter; `klant_gekozen` carries the customer it names."""

    klant_gekozen = Signal(object)  # Klantverwijzing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._icon = "", ""
        self._tone: Toon = "neutraal"
        self._klant: Klantverwijzing | None = None
        self.clicked.connect(lambda: self.klant_gekozen.emit(self._klant))
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        current_theme().changed.connect(self.updateGeometry)

    def set_vlag(self, vlag: Vlag) -> None:
        self._text, self._tone, self._icon, self._klant = vlag.tekst, vlag.soort, vlag.icoon, vlag.klant
        self.setAccessibleName(f"{vlag.tekst}, openen")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = theme.metrics("bij", bold=True).horizontalAdvance(self._text) + theme.space(4) + 1
        return QSize(width + theme.px(16) + theme.space(1), theme.line("bij") + theme.space(1.5))

    def heightForWidth(self, width: int) -> int:
        """A sign that must not be missed is never cut off: it takes a second line."""
        theme = current_theme()
        room = QRect(0, 0, max(width - self._left() - theme.space(1), 1), 10_000)
        metrics = theme.metrics("bij", bold=True)
        words = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._text)
        return max(self.sizeHint().height(), words.height() + theme.space(1.5))

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
        left = float(self._left())
        paint_icon(painter, QRectF(theme.space(2), (self.height() - side) / 2, side, side), self._icon, color)
        painter.setFont(theme.font("bij", bold=True))
        painter.setPen(color)
        paint_words(self, painter, QRectF(left, 0, self.width() - left - theme.space(1), self.height()), self._text)
        painter.end()

    def _left(self) -> int:
        theme = current_theme()
        return theme.space(3) + theme.px(16)
