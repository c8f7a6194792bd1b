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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._mark = _Mark()
        self._naam = Label("", "klein", "tekst_zacht")
        self._tekst = Label("", "klein", "tekst_zacht", wrap=True)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._naam, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._tekst, 1, Qt.AlignmentFlag.AlignTop)
        self.show_regel(regel)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def show_regel(self, regel: Bronregel) -> None:
        tone = "let_op" if regel.is_fout else "tekst_zacht"
        self._mark.show_icoon("let_op" if regel.is_fout else _ICONEN.get(regel.bron, "contact"), tone)
        for label, words in ((self._naam, regel.naam), (self._tekst, regel.tekst)):
            label.set_color(tone)
            label.setText(words)
        self.setAccessibleName(f"{regel.naam}: {regel.tekst}")

    def _restyle(self) -> None:
        self._mark.setFixedSize(self._mark.sizeHint())
        self._naam.setFixedWidth(current_theme().px(72) - self._mark.width())


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "contact", "tekst_zacht"

    def show_icoon(self, icoon: str, tone: str) -> None:
        if (icoon, tone) != (self._icon, self._tone):
            self._icon, self._tone = icoon, tone
            self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(14) + theme.space(1), theme.line("klein"))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(14)
        painter = QPainter(self)
        paint_icon(painter, QRectF(0, (self.height() - side) / 2, side, side), self._icon, theme.color(self._tone))
        painter.end()
