"""Short confirmations in the corner, with undo. Never an error: those stay where they happened."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.button import Button
from ui.widgets.label import LineLabel
from ui.widgets.paint import surface

SHOWN = 6000  # milliseconds; as long again after the pointer leaves
UNDO_SHOWN = 12_000  # milliseconds, where there is something to undo
UNDO_KEY = "Ctrl+Z"
_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)


class Toast(QWidget):
    """One confirmation; pointer or focus on it keeps it."""

    def __init__(self, text: str, undo: Callable[[], object] | None, parent: QWidget, *, is_done: bool) -> None:
        super().__init__(parent)
        self._undo = undo
        self._sign = ("geslaagd", "goed") if is_done else ("info", "tekst_zacht")
        self._row = row = QHBoxLayout(self)
        row.addWidget(LineLabel(text, wrap=True), 1)
        self.undo_button = Button("Ongedaan maken", "stil", toets=UNDO_KEY)
        self.undo_button.clicked.connect(self._on_undo)
        row.addWidget(self.undo_button)
        self.undo_button.setVisible(undo is not None)  # shown before it has a parent it would be a window of its own
        close = Button("", "stil", "dicht", naam="Melding sluiten")
        close.clicked.connect(self.close)
        row.addWidget(close)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN if undo is None else UNDO_SHOWN)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def size_within(self, width: int) -> QSize:
        """On one line where that fits in `width`, else as high as its words need."""
        needed = min(self._row.sizeHint().width(), width)
        return QSize(needed, self._row.totalHeightForWidth(needed))

    def _restyle(self) -> None:
        theme = current_theme()
        left = theme.space(4) + theme.px(18) + theme.space(2)
        self._row.setContentsMargins(left, theme.space(2), theme.space(2), theme.space(2))
        self._row.setSpacing(theme.space(2))
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        line = theme.color("lijn_bediening")
        surface(painter, QRectF(self.rect()), theme.radius("bediening"), theme.color("verhoogd"), line)
        side = theme.px(18)
        place = QRectF(theme.space(4), (self.height() - side) / 2, side, side)
        icon, color = self._sign
        paint_icon(painter, place, icon, theme.color(color))
        painter.end()

    def _on_timeout(self) -> None:
        focused = QApplication.focusWidget()  # its own focusWidget() is also who had it once
        if focused is not None and self.isAncestorOf(focused):
            self._timer.start()
            return
        self.close()

    def _on_undo(self) -> None:
        if self._undo is not None:
            self._undo()
        self.close()


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0


class Toasts:
    """At most one at a time, low in the window where it covers no field or button; a new one replaces the last.

    What the last one said can be undone until it was, or until there is another.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._shown: Toast | None = None
        self._undo: Callable[[], object] | None = None
        self._waiting = ""
        current_theme().settled.connect(self.place)

    def show(self, text: str, undo: Callable[[], object] | None = None, *, is_done: bool = True) -> Toast:
        """`is_done`: a confirmation; otherwise a word about what did not happen."""
        self._close_shown()
        self._undo = undo
        return self._put(Toast(text, self.undo if undo is not None else None, self._window, is_done=is_done))

    def tell(self, text: str) -> None:
        """A word that nobody asked for: it waits for what is shown, and takes no undo away."""
        if self._shown is not None:
            self._waiting = text
        else:
            self._put(Toast(text, None, self._window, is_done=False))

    def undo(self) -> bool:
        """Take back what the last one said; False when there is nothing to take back."""
        undo, self._undo = self._undo, None
        if undo is None:
            return False
        if self._shown is not None:
            self._shown.close()
        undo()
        return True

    def clear(self) -> None:
        self._waiting = ""
        self._close_shown()

    def _put(self, toast: Toast) -> Toast:
        self._shown = toast
        toast.destroyed.connect(lambda _o=None, gone=toast: self._on_gone(gone))
        self.place()  # before it shows: where it stood first the pointer may be, and that would keep it
        toast.show()
        return toast

    def _close_shown(self) -> None:
        self._undo = None
        if self._shown is not None:
            shown, self._shown = self._shown, None
            shown.close()

    def place(self) -> None:
        if self._shown is not None:
            theme = current_theme()
            size = self._shown.size_within(self._window.width() - 2 * theme.space(4))
            least = self._window.height() - size.height() - theme.control_height - theme.space(12)
            left = (self._window.width() - size.width()) // 2
            self._shown.setGeometry(QRect(self._free(QPoint(left, least), size), size))
            self._shown.raise_()

    def _free(self, usual: QPoint, size: QSize) -> QPoint:
        """Its usual place, or the nearest above, beside or under it where it covers the least of what can be used."""
        theme = current_theme()
        edge, step = theme.space(4), theme.space(4)
        lowest, rightmost = self._window.height() - size.height(), self._window.width() - size.width() - edge
        rows = sorted(range(edge, max(lowest, edge) + 1, step), key=lambda top: abs(top - usual.y()))
        columns = sorted(range(edge, max(rightmost, edge) + 1, step), key=lambda left: abs(left - usual.x()))
        places = [usual, *(QPoint(left, top) for top in (usual.y(), *rows) for left in (usual.x(), *columns))]
        controls = self._controls()
        best, least = usual, sys.maxsize
        for place in places:
            covered = sum(_area(control & QRect(place, size)) for control in controls)
            if covered < least:
                best, least = place, covered
            if not covered:
                break
        return best

    def _controls(self) -> list[QRect]:
        """Where in the window something can be pressed or typed in."""
        shown = self._shown
        found: list[QRect] = []
        for widget in self._window.findChildren(QWidget):
            is_control = isinstance(widget, _CONTROLS) and widget.isVisible()
            if is_control and widget.window() is self._window and not (shown and shown.isAncestorOf(widget)):
                region = widget.visibleRegion().boundingRect()
                found.append(region.translated(widget.mapTo(self._window, QPoint(0, 0))))
        return [rect for rect in found if not rect.isEmpty()]

    @property
    def shown(self) -> Toast | None:
        return self._shown

    def _on_gone(self, toast: Toast) -> None:
        if self._shown is toast:
            self._shown = None
            text, self._waiting = self._waiting, ""
            if text:
                self.tell(text)
