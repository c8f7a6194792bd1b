"""A list of any length: every row equally high, only those in sight are asked for. A million rows scroll like ten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.theme.theme import current_theme
from ui.widgets.row import Row
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_words import fits, is_narrow, is_stacked, room_of
from ui.widgets.rows import KEY, ROW

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_REMEMBERED = 500  # rows as they are shown; Qt asks for each several times a paint
_CUT = Qt.TextElideMode.ElideRight
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)


class LongModel(QAbstractTableModel):
    """Knows how many rows there are, and asks `row_at` for one when it is to be shown."""

    def __init__(self, row_at: Callable[[int], Row], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row_at = row_at
        self._count = 0

    def set_count(self, count: int) -> None:
        """Begin again with so many rows."""
        self.beginResetModel()
        self._count = count
        self.endResetModel()

    def become(self, count: int) -> None:
        """There are more or fewer rows after all; what stands before them stays."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def came(self, first: int, last: int) -> None:
        """These rows are other ones now."""
        if self._count and first < self._count:
            self.dataChanged.emit(self.index(first, 0), self.index(min(last, self._count - 1), 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role not in {ROW, KEY, _DISPLAY, _ACCESSIBLE}:
            return None
        row = self._row_at(index.row())
        if role == ROW:
            return row
        if role == KEY:
            return row.key
        return row.title if role == _DISPLAY else row.spoken


class LongList(QTableView):
    """Arrows, Home, End and the page keys move; Enter and a click open."""

    opened = Signal(str)

    def __init__(self, naam: str, row_at: Callable[[int], Row]) -> None:
        super().__init__()
        self.setAccessibleName(naam)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.delegate = RowDelegate(self)
        self.setItemDelegate(self.delegate)
        self._cuts: dict[int, tuple[Row, int, Row]] = {}  # by place: as it came, in what width, and as it is shown
        self.rows = LongModel(lambda place: self._cut(place, row_at(place)), self)
        self.setModel(self.rows)
        self.clicked.connect(lambda index: self._open(index.data(KEY)))
        self._restyle()
        current_theme().settled.connect(self._restyle)

    @property
    def row_height(self) -> int:
        return self.verticalHeader().defaultSectionSize()

    def show_count(self, count: int) -> None:
        """So many rows, from the first one on."""
        self.rows.set_count(count)
        if count and self.hasFocus():
            self.setCurrentIndex(self.rows.index(0, 0))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.rows.rowCount() and not self.selectionModel().hasSelection():  # Qt makes it current without the mark
            now = self.currentIndex()
            self.setCurrentIndex(now if now.isValid() else self.rows.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex().data(KEY))
            event.accept()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.rows.rowCount():
            place = 0 if key == Qt.Key.Key_Home else self.rows.rowCount() - 1
            self.setCurrentIndex(self.rows.index(place, 0))
            event.accept()
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self, key: object) -> None:
        if isinstance(key, str) and key:
            self.opened.emit(key)

    def _cut(self, place: int, row: Row) -> Row:
        """One second line, ending in … where it goes on, and numbers all beside the title or all under it: every row
        has the same height."""
        width = self.viewport().width()
        known = self._cuts.get(place)
        if known is not None and known[0] is row and known[1] == width:
            return known[2]
        if len(self._cuts) > _REMEMBERED:
            self._cuts.clear()
        shown = self._fitting(row, width)
        self._cuts[place] = (row, width, shown)
        return shown

    def _fitting(self, row: Row, width: int) -> Row:
        theme = current_theme()
        room = room_of(row, width)
        subtitle, title = row.subtitle, row.title
        if not fits(subtitle, "bij", room):
            subtitle = theme.metrics("bij").elidedText(subtitle, _CUT, room)
        if not is_narrow(width) and is_stacked(row, width):
            metrics = theme.metrics("gewoon")
            title = metrics.elidedText(title, _CUT, room - metrics.horizontalAdvance(f" {row.suffix}") - 1)
        if (title, subtitle) == (row.title, row.subtitle):
            return row
        return msgspec.structs.replace(row, title=title, subtitle=subtitle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """The height of every row in the width of now."""
        sample = Row("", "x", subtitle="x", suffix="1", keeps_suffix=True, progress=(1, 2))
        self.verticalHeader().setDefaultSectionSize(self.delegate.height(sample, self.viewport().width()))

    def _restyle(self) -> None:
        self._cuts.clear()
        self._measure()
        self.viewport().update()
