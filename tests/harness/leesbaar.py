"""What stands in sight in a window, as text: labels, buttons, fields and rows."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)


def visible_texts(window: QWidget) -> Iterator[str]:
    """In the order of the widget tree; rows as a screen reader says them, and every space a plain one."""
    for text in _texts(window):
        yield text.replace("\u00a0", " ")


def _texts(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        match widget:
            case QLabel():
                yield widget.text()
            case QAbstractButton():
                yield widget.text() or widget.accessibleName()
            case QComboBox():
                yield widget.currentText()
            case QLineEdit():
                yield widget.text()
            case QPlainTextEdit():
                yield widget.toPlainText()
            case QAbstractItemView():
                yield from _rows(widget)
            case _:
                if widget.accessibleName():
                    yield widget.accessibleName()


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for place in range(model.rowCount()):
        index = model.index(place, 0)
        said = index.data(int(Qt.ItemDataRole.AccessibleTextRole)) or index.data(int(Qt.ItemDataRole.DisplayRole))
        if isinstance(said, str):
            yield said
