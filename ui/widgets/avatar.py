"""Initials in a circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.theme import current_theme


def initials(naam: str) -> str:
    """At most two letters: first and last word that starts with a letter; prefixes (van, de) do not count."""
    words = [w for w in naam.replace("-", " ").split() if w[:1].isalpha()]
    strong = [w for w in words if w[:1].isupper()] or words
    if not strong:
        return "?"
    return (strong[0][0] + (strong[-1][0] if len(strong) > 1 else "")).upper()


class Avatar(QWidget):
    """`zijde` is its size in pixels at 100% text."""

    def __init__(self, initialen: str, zijde: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = initialen
        self._side = zijde
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self.updateGeometry)

    def set_initialen(self, initialen: str) -> None:
        self._initials = initialen
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._side)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_zacht"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(theme.font("titel" if self._side > 40 else "bij", bold=True))
        painter.setPen(theme.color("accent"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
        painter.end()
