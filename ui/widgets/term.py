"""A label and its value: one row of facts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme.theme import Lettermaat, current_theme
from ui.widgets.label import Label


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
        # A value with a note stays on one line, so that the note follows it; a lone value may wrap.
        self._value.setWordWrap(not bijschrift)
        self._grid.setColumnStretch(1, 0 if bijschrift else 1)
        self._grid.setColumnStretch(3, 1 if bijschrift else 0)
        self._note.setText(bijschrift)
        self._note.setVisible(bool(bijschrift))
        name = f"{self._label.text()}: {waarde} {bijschrift}".strip()
        self._value.setAccessibleName(name)
        self.setAccessibleName(name)

    def _restyle(self) -> None:
        theme = current_theme()
        self._grid.setHorizontalSpacing(theme.space(2))
        self._grid.setColumnMinimumWidth(0, theme.px(self._width) - theme.space(2))
