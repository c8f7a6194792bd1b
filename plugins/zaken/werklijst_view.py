"""The ground of a page with a worklist: the list, and beside it or below it what is chosen in it. Layout only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.sdk import Card, StateList, current_theme

_SMAL = 820  # pixels at 100% text under which what is chosen stands below the list


class Werklijstview(QWidget):
    """Says whether somebody can see it, because a worklist is live only then."""

    came = Signal()
    went = Signal()

    def __init__(self, titel: str, volgorde: str) -> None:
        """`volgorde` says what the list holds and in which order, to who hears it."""
        super().__init__()
        theme = current_theme()
        self.setAccessibleName(titel)
        self.kaart = Card(titel, " ")
        self.lijst = StateList(volgorde)
        self.kaart.body.addWidget(self.lijst, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(theme.space(3))
        self._halves.addWidget(self.kaart, 5)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.space(2))
        self.column.addLayout(self._halves, 1)
        theme.settled.connect(self._turn)

    def put_beside(self, detail: QWidget) -> None:
        """What shows the chosen one."""
        self._halves.addWidget(detail, 4)

    def focus_list(self) -> None:
        self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self) -> None:
        is_narrow = self.width() < current_theme().px(_SMAL)
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went.emit()
