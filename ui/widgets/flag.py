"""A short coloured sign with icon and words: never colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.label import set_tip
from ui.widgets.paint import surface

Toon = Literal["fout", "let_op", "goed", "accent", "neutraal"]


def tone_colors(soort: Toon) -> tuple[QColor, QColor]:
    """(text, ground) of a tone."""
    theme = current_theme()
    if soort == "neutraal":
        return theme.color("tekst_zacht"), theme.color("ondergrond")
    return theme.color(soort), theme.color(f"{soort}_zacht")


def paint_words(widget: QWidget, painter: QPainter, room: QRectF, text: str) -> None:
    """The words of a flag in the painter's font: over more lines where they have the height, else with … and a tip."""
    metrics = QFontMetrics(painter.font())
    wrapped = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextWordWrap)
    if metrics.boundingRect(room.toRect(), wrapped, text).height() <= room.height():
        set_tip(widget, "")
        painter.drawText(room, wrapped, text)
        return
    set_tip(widget, text)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class Flag(QWidget):
    """ "Geheimhouding: niet verstrekken aan derden", "1 open, nog 3 uur". Takes more lines where the room ends."""

    def __init__(self, text: str, soort: Toon = "neutraal", icoon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone: Toon = soort
        self._icon = icoon
        self._heights: dict[int, int] = {}  # by width; Qt asks often while it lays a page out
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(text)
        current_theme().changed.connect(self._on_theme)

    @property
    def text(self) -> str:
        return self._text

    def set_flag(self, text: str, soort: Toon, icoon: str = "") -> None:
        self._text, self._tone, self._icon = text, soort, icoon
        self.setAccessibleName(text)
        self._on_theme()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = theme.metrics("bij", bold=True).horizontalAdvance(self._text) + theme.space(4) + 1
        if self._icon:
            width += theme.px(16) + theme.space(1)
        return QSize(width, theme.line("bij") + theme.space(1.5))

    def heightForWidth(self, width: int) -> int:
        """A sign that must not be missed is never cut off: it takes a second line."""
        known = self._heights.get(width)
        if known is None:
            theme = current_theme()
            room = QRect(0, 0, max(width - self._left() - theme.space(1), 1), 10_000)
            words = theme.metrics("bij", bold=True).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._text)
            known = self._heights[width] = max(self.sizeHint().height(), words.height() + theme.space(1.5))
        return known

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current_theme().px(72)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        text_color, ground = tone_colors(self._tone)
        painter = QPainter(self)
        border = theme.color("lijn") if self._tone == "neutraal" or theme.name == "contrast" else None
        surface(painter, QRectF(self.rect()), theme.radius("vlag"), ground, border)
        left = float(self._left())
        if self._icon:
            side = theme.px(16)
            place = QRectF(theme.space(2), (self.height() - side) / 2, side, side)
            paint_icon(painter, place, self._icon, text_color)
        font = theme.font("bij", bold=True)
        painter.setFont(font)
        painter.setPen(text_color)
        paint_words(self, painter, QRectF(left, 0, self.width() - left - theme.space(1), self.height()), self._text)
        painter.end()

    def _left(self) -> int:
        theme = current_theme()
        return theme.space(2) + (theme.px(16) + theme.space(1) if self._icon else 0)

    def _on_theme(self) -> None:
        self._heights.clear()
        self.updateGeometry()
        self.update()
