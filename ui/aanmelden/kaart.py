"""One card in the middle of a page that covers the window: the shape of everything that comes before the work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.card import Card
from ui.widgets.label import Label

CARD = 440  # pixels wide at 100%
TOP = 12  # the card begins at this part of the page's height, however high it becomes itself


class _Scroll(QScrollArea):
    """Keeps the top of its column in one place: a card that grows while somebody reads it must not move."""

    def __init__(self, column: QVBoxLayout) -> None:
        super().__init__()
        self._column = column

    def resizeEvent(self, event: QResizeEvent) -> None:
        theme = current_theme()
        side = theme.space(4)
        self._column.setContentsMargins(side, max(side, event.size().height() // TOP), side, side)
        super().resizeEvent(event)


def put_card(page: QWidget, content: QWidget) -> Card:
    """Lay out `page` with the name of the program and a card around `content`; it scrolls where room lacks."""
    theme = current_theme()
    card = Card()
    card.body.addWidget(content)
    middle = QWidget()
    middle.setSizePolicy(page.sizePolicy())
    column = QVBoxLayout(middle)
    column.setSpacing(theme.space(4))
    for widget in (Label("KCS Desktop", "titel", "accent", bold=True), card):
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(1)
    scroll = _Scroll(column)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setAccessibleName(page.accessibleName())
    scroll.setWidget(middle)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)
    return card


def size_card(card: Card) -> None:
    """As wide as the text size asks."""
    card.setFixedWidth(current_theme().px(CARD))
