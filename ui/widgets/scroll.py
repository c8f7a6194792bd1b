"""A column that scrolls when its content is higher than its room; never sideways."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget


class _Page(QWidget):
    """Scrolls from its least height on: Qt takes the height it would like, so lists would never use their own bar."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def heightForWidth(self, width: int) -> int:
        return self.column.totalMinimumHeightForWidth(width)


class ScrollColumn(QScrollArea):
    """Add to `column`; what has the focus is scrolled into sight.

    With `vaste_breedte` the room of the scroll bar is kept while there is none: nothing moves aside when it comes.
    """

    def __init__(self, naam: str = "", *, vaste_breedte: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edge = 24  # pixels kept free above and below what is brought into sight
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What is wider than the column is brought into sight from its left edge: nobody could scroll back.
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.horizontalScrollBar().setValue(0))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(naam)
        inner = _Page()
        inner.setProperty("kaal", "true")
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.column = inner.column
        self.column.setContentsMargins(0, 0, 0, 0)
        self.setWidget(inner)
        if vaste_breedte:
            self._keep_room(0, 0)
            self.verticalScrollBar().rangeChanged.connect(self._keep_room)

    def _keep_room(self, _least: int, most: int) -> None:
        self.setViewportMargins(0, 0, 0 if most else self.verticalScrollBar().sizeHint().width(), 0)

    def reveal(self, *parts: QWidget) -> None:
        """Bring them into sight, the last one before all. After the layout, which knows where they stand."""
        QTimer.singleShot(0, self, lambda: self._reveal(parts))

    def _reveal(self, parts: Sequence[QWidget]) -> None:
        for part in parts:
            self.ensureWidgetVisible(part, 8, self.edge)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 -- Qt's own signature
        moved = super().focusNextPrevChild(next)
        focused = self.focusWidget()
        if focused is not None:
            self.ensureWidgetVisible(focused, 8, self.edge)
        return moved


class FormColumn(ScrollColumn):
    """As high as its fields while there is room, so that the buttons of a form stand under its last field."""

    def __init__(self, naam: str) -> None:
        super().__init__(naam)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        inner = self.widget()
        if inner is None:
            return super().sizeHint()
        if inner.hasHeightForWidth() and self.viewport().width() > 0:
            return QSize(inner.sizeHint().width(), inner.heightForWidth(self.viewport().width()))
        return inner.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
