"""Where files may be dropped, and the mark that says so while they hang above it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from plugins.zaken.toevoegvak import Toevoegvak
from ui.sdk import current_theme, paint_icon, surface

_WOORDEN = "Laat los om toe te voegen"
_WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class Neerzetplek(QWidget):
    """Makes the whole of `plek` take files for `vak`, which stands somewhere in it: anywhere is close enough."""

    def __init__(self, plek: QWidget, vak: Toevoegvak) -> None:
        super().__init__(plek)
        self._plek, self._vak = plek, vak
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        plek.setAcceptDrops(True)
        plek.installEventFilter(self)
        current_theme().changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if self._vak.may_take(event.mimeData()):
                event.acceptProposedAction()
                self._cover()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.hide()
            if self._vak.take(event.mimeData()):
                event.acceptProposedAction()
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Hide):
            self.hide()
        elif event.type() == QEvent.Type.Resize and not self.isHidden():
            self._cover()
        return False

    def _cover(self) -> None:
        self.setGeometry(self._plek.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring around the place, and in its middle in words what letting go does."""
        theme = current_theme()
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), theme.radius("kaart"), None, theme.color("focus"), width=3)
        side, gap, edge = theme.px(20), theme.space(2), theme.space(4)
        font = theme.font("gewoon", bold=True)
        painter.setFont(font)
        room = QRect(0, 0, max(self.width() - side - gap - 4 * edge, 1), self.height())
        words = painter.boundingRect(room, _WRAPPED, _WOORDEN).size()
        box = QRectF(0, 0, side + gap + words.width() + 2 * edge, max(words.height(), side) + 2 * theme.space(3))
        box.moveCenter(QRectF(self.rect()).center())
        accent = theme.color("accent")
        surface(painter, box, theme.radius("kaart"), theme.color("accent_zacht"), accent)
        middle = box.center().y()
        paint_icon(painter, QRectF(box.left() + edge, middle - side / 2, side, side), "nieuw", accent)
        painter.setPen(accent)
        painter.drawText(box.adjusted(edge + side + gap, 0, -edge, 0), _WRAPPED, _WOORDEN)
        painter.end()
