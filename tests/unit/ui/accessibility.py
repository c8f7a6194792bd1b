"""Walk a window and list what a screen reader, a keyboard or an eye would miss. For every place's tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def defects(root: QWidget) -> list[str]:
    """Every defect in what is visible under `root`: no name, no role, out of reach of Tab, cut-off words."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget, CONTROLS) and not _is_part(widget):
            found += _control(widget)
        if isinstance(widget, QLabel) and widget.text() and _is_cut(widget):
            found.append(f"afgekapt: {widget.text()!r} {widget.width()} < {widget.sizeHint().width()}")
    return found


def _control(widget: QWidget) -> list[str]:
    found: list[str] = []
    if not widget.accessibleName():
        found.append(f"geen naam: {_path(widget)}")
    face = QAccessible.queryAccessibleInterface(widget)
    if face is None or face.role() == QAccessible.Role.NoRole:
        found.append(f"geen rol: {_path(widget)}")
    is_reached = widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not isinstance(widget, QAbstractButton)
    if not is_reached:
        found.append(f"niet met Tab te bereiken: {_path(widget)}")
    if isinstance(widget, QAbstractButton) and widget.text() and widget.width() < widget.minimumSizeHint().width():
        found.append(f"afgekapt: {widget.text()!r}")
    return found


def _is_part(widget: QWidget) -> bool:
    """The line inside an editable combo box, and the list behind it, speak through their owner."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox):
            return True
        parent = parent.parentWidget()
    return False


def _is_cut(label: QLabel) -> bool:
    if label.property("mag_afkappen") or label.wordWrap():
        return False
    return label.width() + 1 < label.minimumSizeHint().width()


def _path(widget: QWidget) -> str:
    names: list[str] = []
    current: QWidget | None = widget
    while current is not None and len(names) < 4:
        names.append(type(current).__name__)
        current = current.parentWidget()
    return " < ".join(names)
