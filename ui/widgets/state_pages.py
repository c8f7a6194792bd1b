"""What a list shows instead of rows, or above them. Made when first needed: most lists never need them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.paint import surface


class Notice(QWidget):
    """Room for a banner above the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner("let_op", "", "Opnieuw proberen")
        room = QVBoxLayout(self)
        room.setContentsMargins(12, 8, 12, 8)
        room.addWidget(self.banner)


class Message(QWidget):
    """Icon, sentence, advice and one action, in the upper middle of the room."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._tone = "leeg", "tekst_zacht"
        self._text = Label("", bold=True, wrap=True)
        self._advice = Label("", "bij", "tekst_zacht", wrap=True)
        self.button = Button("")
        column = QVBoxLayout(self)
        column.setSpacing(4)
        self._column = column
        self._restyle()
        current_theme().changed.connect(self._restyle)
        for label in (self._text, self._advice):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_message(self, icon: str, tone: str, text: str, advice: str, action: str) -> None:
        self._icon, self._tone = icon, tone
        self._text.setText(text)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.button.set_text(action)
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{text} {advice}".strip())
        self.update()

    def height_at(self, width: int) -> int:
        """The height of all its words in a list of `width` pixels."""
        return self._column.totalHeightForWidth(width)

    def _restyle(self) -> None:
        self._column.setContentsMargins(24, current_theme().px(28) + 24, 24, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        side = theme.px(28)
        painter = QPainter(self)
        paint_icon(painter, QRectF((self.width() - side) / 2, 16, side, side), self._icon, theme.color(self._tone))
        _paint_focus(self, painter)
        painter.end()


class Skeleton(QWidget):
    """Where rows will stand; still, so that nothing draws the eye."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Laden")

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        step = theme.line("gewoon") + theme.line("bij") + theme.space(5)
        for place in range(min(self.height() // step, 5)):
            top = place * step + theme.space(3.5)
            left = theme.space(4)
            surface(painter, QRectF(left, top, theme.px(18), theme.px(18)), 4, theme.color("ondergrond"))
            left += theme.px(18) + theme.space(4)
            for width, below in ((0.55, 0), (0.35, theme.line("gewoon"))):
                bar = QRectF(left, top + 2 + below, (self.width() - left) * width, theme.px(10))
                surface(painter, bar, 4, theme.color("ondergrond"))
        _paint_focus(self, painter)
        painter.end()


def _paint_focus(page: QWidget, painter: QPainter) -> None:
    if page.hasFocus():
        theme = current_theme()
        surface(painter, QRectF(page.rect()), theme.radius("bediening"), None, theme.color("focus"), width=2)
