"""A label and its value: one row of facts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import Lettermaat, current_theme
from ui.widgets.label import Label, set_tip
from ui.widgets.long_label import LongLabel


class Term(QWidget):
    """ "Telefoon  06 12 34 56 78  voorkeur". The value can be selected and copied; `width` aligns several rows.

    `teken` is an icon with its words for something that passes: its place is kept while `show_teken` hides it.
    """

    def __init__(
        self,
        label: str,
        waarde: str = "",
        bijschrift: str = "",
        *,
        breedte: int = 80,
        maat: Lettermaat = "gewoon",
        teken: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._width = breedte
        self._is_below = False
        self._label = Label(label, maat, "tekst_zacht")
        self._value = LongLabel(waarde, maat, selectable=True)
        self._note = Label(bijschrift, maat, "tekst_zacht")
        self._sign = _Sign(*teken, maat) if teken is not None else None
        self._value.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._value, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._note, 0, 2, Qt.AlignmentFlag.AlignTop)
        if self._sign is not None:
            self._grid.addWidget(self._sign, 0, 3, Qt.AlignmentFlag.AlignTop)
        self.set_waarde(waarde, bijschrift)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    @property
    def has_teken(self) -> bool:
        return self._sign is not None

    def set_label(self, label: str) -> None:
        """For a row that is used again for another fact; `set_waarde` follows."""
        self._label.setText(label)

    def set_waarde(self, waarde: str, bijschrift: str = "") -> None:
        self._value.setText(waarde)
        self._note.setText(bijschrift)
        self._note.setVisible(bool(bijschrift))
        self._place_note()
        self._name()

    def show_teken(self, is_shown: bool) -> None:
        if self._sign is not None:
            self._sign.setVisible(is_shown)
            self._name()

    def _name(self) -> None:
        sign = self._sign.words if self._sign is not None and not self._sign.isHidden() else ""
        words = (f"{self._label.text()}: {self._value.text()}", self._note.text(), sign)
        name = " ".join(word for word in words if word).strip()
        self._value.setAccessibleName(name)
        self.setAccessibleName(name)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a line of the value, for the note can go below it."""
        needed = max(self._value.minimumSizeHint().width(), self._note.minimumSizeHint().width())
        width = current_theme().px(self._width) + needed + self._sign_width()
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
        needed += theme.px(self._width) + theme.space(2) + self._sign_width()
        beside = has_note and needed <= max(self.width(), 1)
        # A value with a note beside it stays on one line; a lone value may wrap.
        if self._value.wordWrap() is beside:
            self._value.setWordWrap(not beside)
        self._grid.setColumnStretch(1, 0 if beside else 1)
        self._grid.setColumnStretch(4, 1 if beside else 0)
        is_below = has_note and not beside
        if is_below != self._is_below:
            self._is_below = is_below
            row, column = (1, 1) if is_below else (0, 2)
            self._grid.removeWidget(self._note)
            self._grid.addWidget(self._note, row, column, Qt.AlignmentFlag.AlignTop)
            self.updateGeometry()

    def _sign_width(self) -> int:
        return self._sign.sizeHint().width() + current_theme().space(2) if self._sign is not None else 0

    def _restyle(self) -> None:
        theme = current_theme()
        self._grid.setHorizontalSpacing(theme.space(2))
        self._grid.setColumnMinimumWidth(0, theme.px(self._width) - theme.space(2))
        self._grid.setVerticalSpacing(0)
        self._place_note()


class _Sign(QWidget):
    """An icon on the line of the value; its words are its tooltip, and part of the term's name."""

    def __init__(self, icoon: str, words: str, maat: Lettermaat) -> None:
        super().__init__()
        self.words = words
        self._icon, self._size = icoon, maat
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(words)
        set_tip(self, words.capitalize())
        self.hide()
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = min(current_theme().px(16), current_theme().metrics(self._size).height())
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), self._icon, current_theme().color("let_op"))
        painter.end()
