"""The model of a list of rows."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.label import tip
from ui.widgets.row import Row

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
KEY = ROW + 1
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_HEADER = Qt.ItemFlag.NoItemFlags
_CHOOSABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class RowModel(QAbstractListModel):
    """Holds the shown rows; `set_rows` changes in place where keys stay, so selection and scrolling stay too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def row_of(self, key: str) -> int:
        """The place of a row; -1 when it is not shown."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), -1)

    def key_near(self, place: int, rather: Container[str] = ()) -> str:
        """What stands now where a row went: the one that came in its place, else the one above; `rather` one of these.

        "" where nothing can be chosen.
        """
        start = max(place, 0)
        keys = [row.key for row in (*self._rows[start:], *reversed(self._rows[:start])) if not row.is_kop]
        return next((key for key in keys if key in rather), keys[0] if keys else "")

    def set_rows(self, rows: Sequence[Row]) -> None:
        new = list(rows)
        old_keys = [r.key for r in self._rows]
        new_keys = [r.key for r in new]
        if new_keys[: len(old_keys)] == old_keys:
            self._change(new[: len(old_keys)])
            if len(new) > len(old_keys):
                self.beginInsertRows(QModelIndex(), len(old_keys), len(new) - 1)
                self._rows = new
                self.endInsertRows()
            return
        if new_keys == old_keys[: len(new_keys)]:
            self.beginRemoveRows(QModelIndex(), len(new_keys), len(old_keys) - 1)
            self._rows = self._rows[: len(new_keys)]
            self.endRemoveRows()
            self._change(new)
            return
        self.beginResetModel()
        self._rows = new
        self.endResetModel()

    def _change(self, rows: list[Row]) -> None:
        for place, row in enumerate(rows):
            if self._rows[place] != row:
                self._rows[place] = row
                index = self.index(place)
                self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self._row_at(index)
        if row is None or role == ROW:
            return row
        if role == _DISPLAY:
            return row.title
        if role == KEY:
            return row.key
        if role == _ACCESSIBLE:
            return row.spoken
        return tip(row.tip) if role == _TIP and row.tip else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self._row_at(index)
        return _CHOOSABLE if row is not None and not row.is_kop else _HEADER

    def _row_at(self, index: Index) -> Row | None:
        """None for a row that is gone: Qt still asks after it while it deals with what took it away, and after no row
        where the list is empty."""
        place = index.row()
        return self._rows[place] if 0 <= place < len(self._rows) else None
