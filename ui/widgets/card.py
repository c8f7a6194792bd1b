"""A surface with a header: the frame of every list and form."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.label import Label
from ui.widgets.paint import fill, surface


class Card(QFrame):
    """Header (title, note or any widget at the right) over a body; without a title it is a bare surface.

    Put content in `body`, a layout without margins: rows run to the edge, padding is the content's own. `foot()`
    gives a bar under the body with a line above it.
    """

    def __init__(self, titel: str = "", bijschrift: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self._head: _Bar | None = None
        self._title = _Words(titel, "gewoon", bold=True, wrap=True, parent=self)
        self._note = _Words(bijschrift, "bij", "tekst_zacht", wrap=True, parent=self)
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._title.setVisible(bool(titel))
        self._note.setVisible(bool(bijschrift))
        if titel or bijschrift:
            self._head = _Bar(below=True)
            self._head.row.addWidget(self._title, 1)
            self._head.row.addWidget(self._note)
            self._outer.addWidget(self._head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._outer.addLayout(self.body, 1)
        self._outer.addStretch(0)  # room that the body does not take stays under it, not in the header
        self._foot: _Bar | None = None
        self.setAccessibleName(titel)
        theme.changed.connect(self.update)

    @property
    def titel(self) -> str:
        return self._title.text()

    def set_titel(self, text: str) -> None:
        self._title.setText(text)
        self._title.setVisible(bool(text))
        self.setAccessibleName(text)

    def set_bijschrift(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def add_to_head(self, widget: QWidget) -> None:
        """At the right of the header: a flag, a button."""
        if self._head is None:
            self._head = _Bar(below=True)
            self._head.row.addWidget(self._title, 1)
            self._head.row.addWidget(self._note)
            self._outer.insertWidget(0, self._head)
        self._head.row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def foot(self) -> QHBoxLayout:
        """The row under the body, for the actions of this card."""
        if self._foot is None:
            self._foot = _Bar(below=False)
            self._outer.addWidget(self._foot)
        return self._foot.row

    def show_foot(self, is_shown: bool) -> None:
        """Take the bar under the body away while it has nothing to say."""
        if self._foot is not None:
            self._foot.setVisible(is_shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        surface(painter, QRectF(self.rect()), theme.radius("kaart"), theme.color("vlak"), theme.color("lijn"))
        painter.end()


class _Words(Label):
    """One line while there is room for it: Qt's guess for a text that may wrap is narrower than its line."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())


class _Bar(QWidget):
    """Header or footer of a card, with its line."""

    def __init__(self, *, below: bool) -> None:
        super().__init__()
        self._below = below
        self.row = QHBoxLayout(self)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        theme = current_theme()
        upright = theme.space(1.5 if theme.is_compact else 2) if self._below else theme.space(2.5)
        self.row.setContentsMargins(theme.space(4), upright, theme.space(4), upright)
        self.row.setSpacing(theme.space(2))
        if self._below:
            self.setMinimumHeight(theme.line("gewoon") + theme.space(4 if theme.is_compact else 5))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(current_theme().color("lijn"))
        y = self.height() - 1 if self._below else 0
        painter.drawLine(0, y, self.width(), y)
        painter.end()


class Hairline(QWidget):
    """A line between parts of a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), current_theme().color("lijn"))
        painter.end()
