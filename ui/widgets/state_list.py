"""A list with five designed states: empty, loading, result, partial and error. Keys, type-ahead and menu included."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.paint import surface
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.rows import KEY, Row, RowModel

LOADING_AFTER = 150  # milliseconds; a faster answer shows no skeleton


class RowView(QListView):
    """Enter opens, Shift+F10 and the menu key ask for the menu; arrows and type-ahead are Qt's own."""

    opened = Signal(str)
    menu_asked = Signal(str, QPoint)
    widened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._room = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.clicked.connect(lambda index: self.opened.emit(index.data(KEY)))

    @property
    def room(self) -> int:
        """The width for rows. Its resize is the viewport's; asking for that widget itself is slow the first time."""
        return self._room or self.contentsRect().width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            self.opened.emit(index.data(KEY))
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size().width()
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.widened.emit()

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
        self._fits = passend
        self._banner = Banner("let_op", "", "Opnieuw proberen")
        self._banner_room = QWidget()
        room = QVBoxLayout(self._banner_room)
        room.setContentsMargins(12, 8, 12, 8)
        room.addWidget(self._banner)
        self._banner_room.hide()
        self._message = _Message()
        self._skeleton = _Skeleton()
        self._pages = QStackedWidget()
        for page in (self.view, self._message, self._skeleton):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner_room)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.view)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(LOADING_AFTER)
        self._late.timeout.connect(lambda: self._pages.setCurrentWidget(self._skeleton))
        self.view.opened.connect(self.opened)
        self.view.menu_asked.connect(self.menu_asked)
        self._banner.acted.connect(self.retry)
        self.view.widened.connect(self._on_widened)
        self._message.button.clicked.connect(self._on_message_action)
        self._message_retries = False
        current_theme().changed.connect(self._refit)
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

    def show_loading(self) -> None:
        """A skeleton, only when nothing else came within 150 ms; rows that are there stay."""
        if not self.model.rows:
            self._late.start()
            self._refit()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._show(rows, "")

    def show_partial(self, rows: Sequence[Row], text: str, action: str = "Opnieuw proberen") -> None:
        """Rows that are not all, or not fresh: `text` says why ("BRP antwoordt niet, dit is van 09:41")."""
        self._banner.set_message("let_op", text, action)
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
        if not self._fits or self._pages.currentWidget() is self._message:
            return hint
        if not self.model.rows:  # the room of a row, so that what stands below does not jump when one comes
            theme = current_theme()
            return QSize(hint.width(), theme.line("gewoon") + theme.line("bij") + theme.space(6))
        width = self.view.room
        height = sum(self._delegate.height(row, width) for row in self.model.rows)
        return QSize(
            hint.width(), height + (self._banner_room.sizeHint().height() if self._banner_room.isVisible() else 0)
        )

    def set_passend(self, passend: bool) -> None:
        """As high as its rows, or as high as its room; in a page that scrolls itself the list must not."""
        if passend != self._fits:
            self._fits = passend
            self.setMaximumHeight(16777215)
            self.setMinimumHeight(0)
            self._refit()

    def _on_widened(self) -> None:
        if self._fits:
            self._refit()

    def _show(self, rows: Sequence[Row], warning: str) -> None:
        self._late.stop()
        kept = self.selected
        self._banner_room.setVisible(bool(warning))
        self.model.set_rows(rows)
        if kept and self.selected != kept:
            self.select(kept)
        self._pages.setCurrentWidget(self.view)
        self._refit()

    def _show_message(self, icon: str, tone: str, text: str, advice: str, action: str) -> None:
        self._late.stop()
        self._banner_room.hide()
        self.model.set_rows(())
        self._message.set_message(icon, tone, text, advice, action)
        self._pages.setCurrentWidget(self._message)
        self._refit()

    def _on_message_action(self) -> None:
        (self.retry if self._message_retries else self.acted).emit()

    def _refit(self) -> None:
        self.view.scheduleDelayedItemsLayout()
        if self._fits:
            self.setMaximumHeight(max(self.sizeHint().height(), 1))
        self.updateGeometry()


class _Message(QWidget):
    """Icon, sentence, advice and one action, in the upper middle of the room."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "leeg", "tekst_zacht"
        self._text = Label("", bold=True, wrap=True)
        self._advice = Label("", "bij", "tekst_zacht", wrap=True)
        self.button = Button("")
        column = QVBoxLayout(self)
        column.setSpacing(4)
        self._column = column
        self._restyle()
        current_theme().changed.connect(self._restyle)
        for label in (self._text, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_message(self, icon: str, tone: str, text: str, advice: str, action: str) -> None:
        self._icon, self._tone = icon, tone
        self._text.setText(text)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.button.set_text(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{text} {advice}".strip())
        self.update()

    def _restyle(self) -> None:
        self._column.setContentsMargins(24, current_theme().px(28) + 24, 24, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(28)
        painter = QPainter(self)
        paint_icon(painter, QRectF((self.width() - side) / 2, 16, side, side), self._icon, theme.color(self._tone))
        painter.end()


class _Skeleton(QWidget):
    """Where rows will stand; still, so that nothing draws the eye."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Laden")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        step = theme.line("gewoon") + theme.line("bij") + theme.space(5)
        for place in range(min(self.height() // step, 5)):
            top = place * step + theme.space(3.5)
            left = theme.space(4)
            surface(painter, QRectF(left, top, theme.px(18), theme.px(18)), 4, theme.color("ondergrond"))
            left += theme.px(18) + theme.space(4)
            for width, below in ((0.55, 0), (0.35, theme.line("gewoon"))):
                bar = QRectF(left, top + 2 + below, (self.width() - left) * width, theme.px(10))
                surface(painter, bar, 4, theme.color("ondergrond"))
        painter.end()
