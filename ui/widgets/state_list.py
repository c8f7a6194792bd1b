"""A list with five designed states: empty, loading, result, partial and error. Keys, type-ahead and menu included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.focus import holds_focus
from ui.widgets.list_state import Lijstbeeld, Lijststand
from ui.widgets.paint import fill
from ui.widgets.row import Row
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.rows import KEY, RowModel

if TYPE_CHECKING:
    from ui.widgets.state_pages import Message, Notice, Skeleton

LOADING_AFTER = 150  # milliseconds; a faster answer shows no skeleton


class RowView(QListView):
    """Enter and Space open, Shift+F10 and the menu key ask for the menu; arrows and type-ahead are Qt's own."""

    opened = Signal(str)
    menu_asked = Signal(str, QPoint)
    widened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._room = 0
        self._ground = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(lambda index: self.opened.emit(index.data(KEY)))

    def set_ground(self, token: str) -> None:
        """Paint on this colour: for a list that lies over other widgets, which would be painted with every row."""
        self._ground = token
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=bool(token))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground:
            painter = QPainter(self.viewport())
            fill(painter, event.rect(), current_theme().color(self._ground))
            painter.end()
        super().paintEvent(event)

    @property
    def room(self) -> int:
        """The width for rows. Its resize is the viewport's; asking for that widget itself is slow the first time."""
        return self._room or self.contentsRect().width()

    def settle(self) -> None:
        """Place the rows now where Qt would do it a turn later, after painting them where they were."""
        self.executeDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if opens and not event.modifiers() and index.isValid():
            self.opened.emit(index.data(KEY))
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Qt makes the first row current without marking it.
        if self.model() is not None and self.model().rowCount() and not self.selectionModel().hasSelection():
            now = self.currentIndex()
            self.setCurrentIndex(now if now.isValid() else self.model().index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        seen = self._current_in(event.oldSize().height())
        super().resizeEvent(event)
        self._room = event.size().width()
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.widened.emit()
        if seen.isValid() and event.size().height() < event.oldSize().height():
            self.scrollTo(seen)  # what explains the row takes its room from the list, often from that very row

    def _current_in(self, height: int) -> QModelIndex:
        """The current row where any of it stood in sight, in a list of this height."""
        rect = self.visualRect(now := self.currentIndex())
        return now if rect.top() < height and rect.bottom() >= 0 else QModelIndex()

    def _on_menu(self, at: QPoint) -> None:
        index = self.indexAt(at) if self.indexAt(at).isValid() else self.currentIndex()
        if index.isValid():
            self.menu_asked.emit(index.data(KEY), self.viewport().mapToGlobal(self.visualRect(index).center()))


class StateList(QWidget):
    """Call exactly one `show_…`; each replaces the state before it.

    `opened` carries the key of a row that was clicked or entered, `menu_asked` key and place, `retry` the action of
    an error or partial state, `acted` the action of the empty state. With `passend` the list is as high as its rows.
    """

    opened = Signal(str)
    menu_asked = Signal(str, QPoint)
    retry = Signal()
    acted = Signal()

    def __init__(self, naam: str, *, passend: bool = False, lijnen: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = RowModel(self)
        self.view = RowView()
        self.view.setModel(self.model)
        self._delegate = RowDelegate(self.view, lijnen=lijnen, room=lambda: self.view.room)
        self.view.setItemDelegate(self._delegate)
        self.view.setAccessibleName(naam)
        self._fits = self._fits_by_itself = passend
        self._is_rigid = False
        self._notice: Notice | None = None
        self._message: Message | None = None
        self._skeleton: Skeleton | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._pages, 1)
        self.setFocusProxy(self.view)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LOADING_AFTER)
        self._late.timeout.connect(self._show_skeleton)
        self.view.opened.connect(self.opened)
        self.view.menu_asked.connect(self.menu_asked)
        self.view.widened.connect(self._on_widened)
        self._message_retries = False
        current_theme().settled.connect(self._refit)
        if passend:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def selected(self) -> str:
        """The key of the current row; "" when there is none."""
        key = self.view.currentIndex().data(KEY)
        return key if isinstance(key, str) else ""

    def select(self, key: str) -> None:
        """Make a row current and scroll it into sight; an unknown key clears the selection."""
        self.view.setCurrentIndex(self.model.index(self.model.row_of(key)))

    def show_beeld(self, beeld: Lijstbeeld, rows: Sequence[Row], *, icoon: str = "leeg") -> None:
        """Put the list in this state. Rows that stay keep selection and scroll."""
        match beeld.stand:
            case Lijststand.LAADT:
                if not rows:
                    self.show_rows(())  # what stands there is of another: never under a new name
                self.show_loading()
            case Lijststand.LEEG:
                self.show_empty(beeld.melding, beeld.advies, beeld.actie, icoon)
            case Lijststand.FOUT:
                self.show_error(beeld.melding, beeld.advies)
            case Lijststand.GEDEELTELIJK:
                self.show_partial(rows, beeld.melding)
            case Lijststand.RESULTAAT:
                self.show_rows(rows)

    def show_loading(self) -> None:
        """A skeleton, only when nothing else came within 150 ms; rows that are there stay."""
        if not self.model.rows:
            self._late.start()
            self._refit()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._show(rows, "")

    def show_partial(self, rows: Sequence[Row], text: str, action: str = "Opnieuw proberen") -> None:
        """Rows that are not all, or not fresh: `text` says why ("BRP antwoordt niet, dit is van 09:41")."""
        self._made_notice().banner.set_message("let_op", text, action)
        self._show(rows, text)

    def show_empty(self, text: str, advice: str = "", action: str = "", icoon: str = "leeg") -> None:
        """Nothing there: what that means, and what to do."""
        self._message_retries = False
        self._show_message(icoon, "tekst_zacht", text, advice, action)

    def show_error(self, text: str, advice: str = "", action: str = "Opnieuw proberen") -> None:
        """What happened, what is safe, what to do."""
        self._message_retries = True
        self._show_message("fout", "fout", text, advice, action)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._fits:
            return hint
        if (message := self._shown_message) is not None:
            return QSize(hint.width(), message.height_at(self.width()))
        if not self.model.rows:  # the room of a row, so that what stands below does not jump when one comes
            theme = current_theme()
            return QSize(hint.width(), theme.line("gewoon") + theme.line("bij") + theme.space(6))
        width = self.view.room
        height = sum(self._delegate.height(row, width) for row in self.model.rows)
        if self._notice is not None and self._notice.isVisible():
            height += self._notice.sizeHint().height()
        return QSize(hint.width(), height)

    def set_passend(self, passend: bool) -> None:
        """At least as high as its rows, as in a page that scrolls itself; or as it was made."""
        if passend != self._is_rigid:
            self._is_rigid = passend
            self._fits = passend or self._fits_by_itself
            self.setMaximumHeight(16777215)
            self.setMinimumHeight(0)
            self._refit()

    @property
    def _shown_message(self) -> Message | None:
        return self._message if self._pages.currentWidget() is self._message else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits and self._shown_message is not None and event.size().width() != event.oldSize().width():
            self._refit()

    def _on_widened(self) -> None:
        if self._fits:
            self._refit()

    def _show(self, rows: Sequence[Row], warning: str) -> None:
        self._late.stop()
        is_noticed = self._notice is not None and not self._notice.isHidden()
        is_same = self._pages.currentWidget() is self.view and not warning and not is_noticed
        if is_same and self.model.rows == list(rows):
            return  # nothing to lay out: a picture that is read again mostly holds what it held
        kept, had_focus = self.selected, holds_focus(self)
        if self._notice is not None:
            self._notice.setVisible(bool(warning))
        self.model.set_rows(rows)
        if kept and self.selected != kept:
            self.select(kept)
        self._turn_to(self.view, self.view, had_focus=had_focus)
        if rows and self.view.hasFocus() and not self.selected:
            self.view.setCurrentIndex(self.model.index(0))
        self._refit()

    def _show_message(self, icon: str, tone: str, text: str, advice: str, action: str) -> None:
        self._late.stop()
        had_focus = holds_focus(self)
        if self._notice is not None:
            self._notice.hide()
        self.model.set_rows(())
        if self._message is None:
            from ui.widgets.state_pages import Message

            self._message = Message()
            self._message.button.clicked.connect(self._on_message_action)
            self._pages.addWidget(self._message)
        self._message.set_message(icon, tone, text, advice, action)
        self._turn_to(self._message, self._message.button if action else self._message, had_focus=had_focus)
        self._refit()

    def _show_skeleton(self) -> None:
        if self._skeleton is None:
            from ui.widgets.state_pages import Skeleton

            self._skeleton = Skeleton()
            self._pages.addWidget(self._skeleton)
        self._turn_to(self._skeleton, self._skeleton, had_focus=holds_focus(self))

    def _turn_to(self, page: QWidget, focus: QWidget, *, had_focus: bool) -> None:
        """Show a page; who had the focus before any part of the list went keeps it in what the list shows now."""
        self.setFocusProxy(focus)
        self._pages.setCurrentWidget(page)
        if had_focus and not focus.hasFocus():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _made_notice(self) -> Notice:
        if self._notice is None:
            from ui.widgets.state_pages import Notice

            self._notice = Notice()
            self._notice.banner.acted.connect(self.retry)
            self._notice.hide()
            self._column.insertWidget(0, self._notice)
        return self._notice

    def _on_message_action(self) -> None:
        (self.retry if self._message_retries else self.acted).emit()

    def _refit(self) -> None:
        self.view.scheduleDelayedItemsLayout()
        if self._fits:
            height = max(self.sizeHint().height(), 1)
            self.setMaximumHeight(height)
            if self._is_rigid or self._shown_message is not None:  # words are never cut off
                self.setMinimumHeight(height)
            else:
                self.setMinimumHeight(0)
        self.updateGeometry()
