"""One card in the middle of a page that covers the window: the shape of everything that comes before the work."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.card import Card
from ui.widgets.label import Label

CARD = 440  # pixels wide at 100%


def put_card(page: QWidget, content: QWidget) -> Card:
    """Lay out `page` with the name of the program and a card around `content`; it scrolls where room lacks."""
    theme = current_theme()
    card = Card()
    card.body.addWidget(content)
    middle = QWidget()
    middle.setSizePolicy(page.sizePolicy())
    column = QVBoxLayout(middle)
    column.setContentsMargins(theme.space(4), theme.space(6), theme.space(4), theme.space(6))
    column.setSpacing(theme.space(4))
    column.addStretch(1)
    for widget in (Label("KCS Desktop", "titel", "accent", bold=True), card):
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    column.addStretch(2)
    scroll = QScrollArea()
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
