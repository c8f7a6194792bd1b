"""A check box that is seen in every theme: a box with a line of its own, and a mark that does not lean on colour."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import Lettermaat, current_theme
from ui.widgets.paint import surface

_RING = 4  # pixels around the box for the ring of the focus


class Check(QCheckBox):
    """A QCheckBox with our own box; the whole width takes the click. A text without room ends in ….

    Space ticks; `entered` is Enter, which is for the form that it stands in.
    """

    entered = Signal()

    def __init__(self, text: str = "", font: Lettermaat = "gewoon", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._font: Lettermaat = font
        # Qt's own policy would make room for the whole text, and push what stands above it out of sight.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        width = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        return QSize(self._left() + width + 1, max(theme.line(self._font), theme.px(16) + _RING) + theme.space(1))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), current_theme().px(72)), self.sizeHint().height())

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered.emit()
            event.ignore()  # where nobody listens it is the page's
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(16)
        painter = QPainter(self)
        box = QRectF(_RING, (self.height() - side) / 2, side, side)
        line = theme.color("lijn_bediening")
        ground, mark = theme.color("vlak"), theme.color("op_accent")
        if self.isChecked():
            ground = theme.color("accent") if self.isEnabled() else line
            line = ground
        elif self.underMouse() and self.isEnabled():
            line = theme.color("accent")
        surface(painter, box, 4, ground, line)
        if self.isChecked():
            paint_icon(
                painter, box.adjusted(1, 1, -1, -1), "check-bold", mark if self.isEnabled() else theme.color("vlak")
            )
        if self.hasFocus():
            # With room between the two: a ticked box has the colour of the ring.
            surface(painter, box.adjusted(-_RING, -_RING, _RING, _RING), 4 + _RING, None, theme.color("focus"), width=2)
        painter.setFont(self.font())
        painter.setPen(theme.color("tekst" if self.isEnabled() else "tekst_zacht"))
        room = QRect(self._left(), 0, self.width() - self._left(), self.height())
        shown = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width(), int(Qt.TextFlag.TextShowMnemonic)
        )
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextShowMnemonic)
        painter.drawText(room, flags, shown)
        painter.end()

    def _left(self) -> int:
        theme = current_theme()
        return int(theme.px(16) + _RING + theme.space(2))

    def _restyle(self) -> None:
        self.setFont(current_theme().font(self._font))
        self.updateGeometry()
        self.update()
