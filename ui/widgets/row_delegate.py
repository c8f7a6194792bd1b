"""The rows of Qt's lists, drawn by the row painter. Must not know where rows come from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets.row import Row
from ui.widgets.row_painter import RowPainter, RowState
from ui.widgets.rows import ROW, Index, RowModel

_SELECTED = QStyle.StateFlag.State_Selected.value
_HOT = QStyle.StateFlag.State_MouseOver.value


class RowDelegate(QStyledItemDelegate):
    """Measures and draws the rows of one view."""

    def __init__(self, view: QAbstractItemView, *, lijnen: bool = True, room: Callable[[], int] | None = None) -> None:
        """`room` answers how wide rows are, where the view knows it without its viewport."""
        super().__init__(view)
        self._room = room or (lambda: view.viewport().width())
        self._view = view
        self._has_lines = lijnen
        self._rows = RowPainter(lijnen=lijnen)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # Asked for every row at every change: without a trip through Qt for what the model has at hand.
        width = self._room()
        model = index.model()
        row = model.rows[index.row()] if isinstance(model, RowModel) else index.data(ROW)
        return QSize(width, self._rows.height(row, width))

    def height(self, row: Row, width: int) -> int:
        """The height of a row in a list of `width` pixels."""
        return self._rows.height(row, width)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        flags = option.state.value
        is_selected = bool(flags & _SELECTED)
        place, model = index.row(), index.model()
        row = model.rows[place] if isinstance(model, RowModel) else index.data(ROW)
        state = RowState(
            is_selected,
            bool(flags & _HOT),
            is_selected and self._view.hasFocus(),
            self._has_lines and place == model.rowCount() - 1,
        )
        self._rows.paint(painter, row, option.rect, state)
