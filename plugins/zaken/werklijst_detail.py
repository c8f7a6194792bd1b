"""What is chosen in a worklist, as a card beside it, below it or in its place. Layout only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.sdk import Button, Card, ScrollColumn


class Werklijstdetail(Card):
    """What it says scrolls in `scroll_column`; in place of the list it has a way back to it."""

    teruggestapt = Signal()

    def __init__(self, titel: str) -> None:
        super().__init__(titel, " ")
        self.terug = Button("Terug naar de lijst", "stil", "terug", "Esc")
        self.terug.clicked.connect(self.teruggestapt)
        self.terug.hide()
        self.add_to_head(self.terug)
        self.scroll_column = ScrollColumn(titel)

    @property
    def acts(self) -> list[Button]:
        """What can be done with it, first things first; those that are hidden cannot."""
        return []

    def set_room(self, *, is_alone: bool, is_low: bool) -> None:
        """`is_alone`: the list is not in sight. `is_low`: there is no room for both."""
        self.terug.setVisible(is_alone)

    def take_focus(self) -> None:
        """The first thing that can be done here."""
        first: QWidget = next((act for act in self.acts if not act.isHidden()), self.terug)
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.scroll_column.isAncestorOf(first):
            self.scroll_column.reveal(first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.teruggestapt.emit()
            event.accept()
        elif event.matches(QKeySequence.StandardKey.MoveToNextPage) or event.matches(
            QKeySequence.StandardKey.MoveToPreviousPage
        ):
            self.scroll_column.keyPressEvent(event)  # also from the buttons, which may stand outside it
        else:
            super().keyPressEvent(event)
