"""A surface with a header: the frame of every list and form."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.theme import current_theme
from ui.widgets.label import LineLabel
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
        self._head: _Head | None = None
        self._title = LineLabel(titel, "gewoon", bold=True, wrap=True, parent=self)
        self._note = LineLabel(bijschrift, "bij", "tekst_zacht", wrap=True, parent=self)
        self._title.setVisible(bool(titel))
        self._note.setVisible(bool(bijschrift))
        if titel or bijschrift:
            self._outer.addWidget(self._made_head())
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
            self._outer.insertWidget(0, self._made_head())
        self._made_head().row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def _made_head(self) -> _Head:
        if self._head is None:
            self._head = _Head(self._title, self._note)
        return self._head

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


class _Head(_Bar):
    """The note at the right of the title, and under it where the two do not fit on one line."""

    def __init__(self, title: LineLabel, note: LineLabel) -> None:
        super().__init__(below=True)
        self._title, self._note = title, note
        self._is_below = False
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.addWidget(title, 1)
        self._words.addWidget(note)
        self.row.insertLayout(0, self._words, 1)
        self._place()
        current_theme().settled.connect(self._turn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a text changed, or something came beside it
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        theme = current_theme()
        sides = self.row.contentsMargins()
        room = self.width() - sides.left() - sides.right()
        for place in range(1, self.row.count()):
            item = self.row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and not widget.isHidden():
                room -= widget.sizeHint().width() + self.row.spacing()
        needed = self._title.sizeHint().width() + theme.space(2) + self._note.sizeHint().width()
        is_below = not self._note.isHidden() and needed > room
        if is_below != self._is_below:
            self._is_below = is_below
            self._place()

    def _place(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        side = Qt.AlignmentFlag.AlignLeft if self._is_below else Qt.AlignmentFlag.AlignRight
        self._note.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._words.setDirection(down if self._is_below else across)
        self._words.setStretchFactor(self._title, 0 if self._is_below else 1)
        self._words.setSpacing(0 if self._is_below else current_theme().space(2))


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
