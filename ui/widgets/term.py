"""A label and its value: one row of facts."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme.theme import Lettermaat, current_theme
from ui.widgets.label import Label

_LONGEST_WORD = 200  # pixels at 100% text; a longer word may end outside its room


class Term(QWidget):
    """ "Telefoon  06 12 34 56 78  voorkeur". The value can be selected and copied; `width` aligns several rows."""

    def __init__(
        self,
        label: str,
        waarde: str = "",
        bijschrift: str = "",
        *,
        breedte: int = 80,
        maat: Lettermaat = "gewoon",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._width = breedte
        self._is_below = False
        self._label = Label(label, maat, "tekst_zacht")
        self._value = Label(waarde, maat, wrap=True)
        self._note = Label(bijschrift, maat, "tekst_zacht")
        self._value.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._value, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._note, 0, 2, Qt.AlignmentFlag.AlignTop)
        self.set_waarde(waarde, bijschrift)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def set_waarde(self, waarde: str, bijschrift: str = "") -> None:
        self._value.setText(waarde)
        self._note.setText(bijschrift)
        self._note.setVisible(bool(bijschrift))
        self._place_note()
        name = f"{self._label.text()}: {waarde} {bijschrift}".strip()
        self._value.setAccessibleName(name)
        self.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        """As wide as its longest words, for the note can go below the value."""
        theme = current_theme()
        metrics = QFontMetrics(self._value.font())
        words = (*self._value.text().split(), *self._note.text().split())
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        width = theme.px(self._width) + min(longest, theme.px(_LONGEST_WORD)) + 2
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_note()

    def _place_note(self) -> None:
        """A note follows its value on the line, and stands below it where the line is too short for both."""
        theme = current_theme()
        has_note = bool(self._note.text())
        metrics = QFontMetrics(self._value.font())
        needed = metrics.horizontalAdvance(self._value.text()) + metrics.horizontalAdvance(self._note.text()) + 4
        beside = has_note and needed + theme.px(self._width) + theme.space(2) <= max(self.width(), 1)
        # A value with a note beside it stays on one line; a lone value may wrap.
        self._value.setWordWrap(not beside)
        self._grid.setColumnStretch(1, 0 if beside else 1)
        self._grid.setColumnStretch(3, 1 if beside else 0)
        is_below = has_note and not beside
        if is_below != self._is_below:
            self._is_below = is_below
            row, column = (1, 1) if is_below else (0, 2)
            self._grid.removeWidget(self._note)
            self._grid.addWidget(self._note, row, column, Qt.AlignmentFlag.AlignTop)
            self.updateGeometry()

    def _restyle(self) -> None:
        theme = current_theme()
        self._grid.setHorizontalSpacing(theme.space(2))
        self._grid.setColumnMinimumWidth(0, theme.px(self._width) - theme.space(2))
        self._grid.setVerticalSpacing(0)
        self._place_note()
