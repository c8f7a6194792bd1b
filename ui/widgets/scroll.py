"""A column that scrolls when its content is higher than its room; never sideways."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


class ScrollColumn(QScrollArea):
    """Add to `column`; what has the focus is scrolled into sight."""

    def __init__(self, naam: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(naam)
        inner = QWidget()
        inner.setProperty("kaal", "true")
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(inner)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 -- Qt's own signature
        moved = super().focusNextPrevChild(next)
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused, 8, 24)
        return moved
