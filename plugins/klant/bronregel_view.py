"""One line that says where data were read and how old they are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from plugins.klant.kop import Bronregel
from ui.sdk import Label, current_theme, paint_icon

_ICONEN = {"brp": "brp", "kvk": "bedrijf"}


class Bronregelview(QWidget):
    """Small and soft; amber where the source failed. The header has the one button for another try."""

    def __init__(self, regel: Bronregel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tone = "let_op" if regel.is_fout else "tekst_zacht"
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._mark = _Mark("let_op" if regel.is_fout else _ICONEN.get(regel.bron, "contact"), tone)
        self._naam = Label(regel.naam, "klein", tone)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._naam, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(regel.tekst, "klein", tone, wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(f"{regel.naam}: {regel.tekst}")
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self._mark.setFixedSize(self._mark.sizeHint())
        self._naam.setFixedWidth(current_theme().px(72) - self._mark.width())


class _Mark(QWidget):
    def __init__(self, icoon: str, tone: str) -> None:
        super().__init__()
        self._icon, self._tone = icoon, tone

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(14) + theme.space(1), theme.line("klein"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(14)
        painter = QPainter(self)
        paint_icon(painter, QRectF(0, (self.height() - side) / 2, side, side), self._icon, theme.color(self._tone))
        painter.end()
