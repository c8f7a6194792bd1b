"""The ground of a page with a worklist: the list, and beside it or below it what is chosen in it. Layout only.

Where they stand below each other, what is chosen gets all the room while it is worked on; where there is no room for
both, list and chosen one take turns.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from plugins.zaken.werklijst_detail import Werklijstdetail
from ui.sdk import Card, StateList, current_theme

_SMAL = 820  # pixels at 100% text under which what is chosen stands below the list
_LAAG = 420  # pixels at 100% text under which there is no room for both below each other


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
        self._chosen: Werklijstdetail | None = None
        self._is_entered = False
        self.is_low = self.is_alone = False  # there is no room for both; the chosen one has it all
        theme.settled.connect(self._turn)

    def put_beside(self, detail: Werklijstdetail) -> None:
        """What shows the chosen one; back from it is the list."""
        self._chosen = detail
        detail.teruggestapt.connect(self.focus_list)
        self._halves.addWidget(detail, 4)
        self._turn()

    def focus_list(self) -> None:
        self._is_entered = False
        self._turn()
        self.lijst.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter_chosen(self) -> None:
        """It is worked on, or read where it stands out of sight until then."""
        self._is_entered = True
        self._turn()

    def read_chosen(self) -> None:
        """What is chosen, out of sight until now, with the cursor on what can be done with it."""
        self.enter_chosen()
        if self._chosen is not None:
            self._chosen.take_focus()

    def _turn(self) -> None:
        theme = current_theme()
        is_narrow = self.width() < theme.px(_SMAL)
        self._halves.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        if self._chosen is None:
            return
        self.is_low = is_narrow and self.height() < theme.px(_LAAG)
        self.is_alone = is_narrow and self._is_entered
        self.kaart.setHidden(self.is_alone)
        self._chosen.setHidden(self.is_low and not self.is_alone)
        self._chosen.set_room(is_alone=self.is_alone, is_low=self.is_low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.went.emit()
