"""A short coloured sign with icon and words: never colour alone."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
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


class Flag(QWidget):
    """ "Geheimhouding: niet verstrekken aan derden", "1 open, nog 3 uur". Ends in … where the room ends."""

    def __init__(self, text: str, soort: Toon = "neutraal", icoon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone: Toon = soort
        self._icon = icoon
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
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
        width = QFontMetrics(theme.font("bij", bold=True)).horizontalAdvance(self._text) + theme.space(4) + 1
        if self._icon:
            width += theme.px(16) + theme.space(1)
        return QSize(width, theme.line("bij") + theme.space(1.5))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current_theme().px(72)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        text_color, ground = tone_colors(self._tone)
        painter = QPainter(self)
        border = theme.color("lijn") if self._tone == "neutraal" or theme.name == "contrast" else None
        surface(painter, QRectF(self.rect()), theme.radius("vlag"), ground, border)
        left = float(theme.space(2))
        if self._icon:
            side = theme.px(16)
            paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), self._icon, text_color)
            left += side + theme.space(1)
        font = theme.font("bij", bold=True)
        painter.setFont(font)
        painter.setPen(text_color)
        room = self.width() - left - theme.space(1)
        shown = QFontMetrics(font).elidedText(self._text, Qt.TextElideMode.ElideRight, round(room))
        set_tip(self, self._text if shown != self._text else "")
        painter.drawText(QRectF(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _on_theme(self) -> None:
        self.updateGeometry()
        self.update()
