"""The window: places for rail, top bar, contact strip, tabs and contact panel. It lays out and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.frame.rail import Rail
from ui.frame.toast import Toasts
from ui.frame.topbar import TopBar
from ui.theme.theme import current_theme
from ui.widgets.focus import give_back
from ui.widgets.paint import fill

if TYPE_CHECKING:
    from ui.widgets.banner import Banner

MINIMUM = QSize(1280, 720)
WANTED = QSize(1440, 900)
# The window manager's own frame is known only when the window is on screen: this much is kept for it.
_FRAME = QSize(4, 40)


def opening_size(available: QSize) -> QSize:
    """As large as wanted, with the title bar inside what the screen has left; never under the minimum."""
    return WANTED.boundedTo(available - _FRAME).expandedTo(MINIMUM)


class MainWindow(QWidget):
    """`closing` is emitted instead of closing: who runs the loop ends the tasks first, then calls `let_go`."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("KCS Desktop")
        self.setAccessibleName("KCS Desktop")
        self.setMinimumSize(MINIMUM)
        self.resize(opening_size(self.screen().availableGeometry().size()))
        self._may_close = False
        self._before_cover: QWidget | None = None
        self._cover: QWidget | None = None
        self.rail = Rail()
        self.topbar = TopBar()
        self.strip = Slot("Contactstrook")
        self._notice: Banner | None = None
        self.pages = QStackedWidget()
        self.panel = Slot("Contactpaneel")
        self._frame = QWidget(self)
        row = QHBoxLayout(self._frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        self._right = QVBoxLayout()
        self._right.setSpacing(0)
        row.addLayout(self._right, 1)
        self._right.addWidget(self.topbar)
        self._body = QVBoxLayout()
        self._right.addLayout(self._body, 1)
        self._body.addWidget(self.strip)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.pages, 1)
        self._middle.addWidget(self.panel)
        self._body.addLayout(self._middle, 1)
        self.toasts = Toasts(self)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    @property
    def notice(self) -> Banner:
        """The message above the tabs; made when there is something to say, so that the first frame need not."""
        if self._notice is None:
            from ui.widgets.banner import Banner

            self._notice = Banner()
            self._notice.hide()
            self._body.insertWidget(1, self._notice)
        return self._notice

    def show_cover(self, widget: QWidget) -> None:
        """Lay a page over the whole frame; what is under it cannot be reached until `hide_cover`."""
        if self._cover is None:
            self._before_cover = self.focusWidget()
        self._cover = widget
        widget.setParent(self)
        widget.setGeometry(self.rect())
        widget.show()
        widget.raise_()
        self._frame.setEnabled(False)
        self._frame.hide()

    def hide_cover(self, is_same_work: bool = True) -> None:
        """Show the frame again; the cursor goes back to where it was when it is the same person's work."""
        if self._cover is not None:
            self._cover.hide()
        self._cover = None
        self._frame.show()
        self._frame.setEnabled(True)
        self._place_focus(is_same_work)

    def _place_focus(self, is_same_work: bool) -> None:
        """Where the cursor was, else where every task begins: never on a page that is gone."""
        before, self._before_cover = self._before_cover, None
        give_back(before if is_same_work else None, self.topbar.search)

    @property
    def is_covered(self) -> bool:
        return self._cover is not None

    def let_go(self) -> None:
        """Close for real."""
        self._may_close = True
        self.close()

    def body_rect(self) -> QRect:
        """Where tabs and panel are, in the window's coordinates: the room for what comes over them."""
        top = self.topbar.height()
        return QRect(self.rail.width(), top, self.width() - self.rail.width(), self.height() - top)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frame.setGeometry(self.rect())
        if self._cover is not None:
            self._cover.setGeometry(self.rect())
        self._size_panel()
        self.toasts.place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), current_theme().color("ondergrond"))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            current_theme().show_mnemonics(shown=True)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            current_theme().show_mnemonics(shown=False)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            current_theme().show_mnemonics(shown=False)
        super().changeEvent(event)

    def _size_panel(self) -> None:
        theme = current_theme()
        wanted = round(theme.tokens.maat.contactpaneel * (1 + (theme.scale - 1) * 0.5))
        self.panel.setFixedWidth(min(wanted, max(round(self.width() * 0.4), theme.tokens.maat.contactpaneel)))

    def _restyle(self) -> None:
        theme = current_theme()
        side = theme.space(4)
        self._body.setContentsMargins(side, theme.space(2), side, side)
        self._body.setSpacing(theme.space(2))
        self._middle.setSpacing(side)
        self.strip.setFixedHeight(theme.control_height + 4)
        self._size_panel()
        self.update()


class Slot(QWidget):
    """A place that always has its size, filled or not: nothing jumps when its content comes."""

    def __init__(self, naam: str) -> None:
        super().__init__()
        self.setAccessibleName(naam)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._content: QWidget | None = None

    def put(self, widget: QWidget) -> None:
        """Show this in the place of what was there."""
        self.clear()
        self._content = widget
        self._column.addWidget(widget)
        widget.show()

    def clear(self) -> None:
        """What was there is deleted."""
        content, self._content = self._content, None
        if content is not None:
            self._column.removeWidget(content)
            content.hide()
            content.deleteLater()

    @property
    def content(self) -> QWidget | None:
        return self._content
