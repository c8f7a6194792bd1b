"""A text with words that may be longer than their room: an e-mail address, a web address."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from ui.theme.theme import Lettermaat, current_theme
from ui.widgets.label import Label

_BREAK = "\u200b"  # no width: a place where a line may end
_LINE = "\u2028"  # how a layout of text takes a line end
_PARTS = re.compile(r"(?<=@)(?=.)|(?<=.)(?=\.)")
_LEAST = 96  # pixels at 100% text; a part longer than this may break anywhere
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class LongLabel(Label):
    """Wraps between words; a word without room for its line breaks after "@" and before ".", never off the edge.

    The places to break are painted only: `text` is what was set. Where nothing is broken a selectable text can be
    selected; where something is, the lines are not Qt's and the mouse could not find them.
    """

    def __init__(
        self,
        text: str = "",
        size: Lettermaat = "gewoon",
        color: str = "tekst",
        *,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._selectable = selectable
        self._measured: tuple[str, str, int, int] = ("", "", 0, 0)
        super().__init__(text, size, color, wrap=True, parent=parent)
        self._let_select()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._let_select()

    def heightForWidth(self, width: int) -> int:
        if not self._is_broken(width):
            return super().heightForWidth(width)
        return self._laid_out(width)[1]

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._widest()[1], current_theme().px(_LEAST)) + 2, QFontMetrics(self.font()).height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._let_select()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_broken(self.width()):
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()

    def _is_broken(self, width: int) -> bool:
        return self._widest()[0] > width

    def _widest(self) -> tuple[int, int]:
        """Of its words and of the parts of those, in pixels; measured once for a text, which may be of pages."""
        text, font = self.text(), self.font().key()
        if self._measured[:2] != (text, font):
            metrics = QFontMetrics(self.font())
            words = set(text.split())
            parts = {part for word in words for part in _PARTS.split(word)}
            word, part = (max(map(metrics.horizontalAdvance, al), default=0) for al in (words, parts))
            self._measured = (text, font, word, part)
        return self._measured[2:]

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """The lines, and how high they are together."""
        layout = QTextLayout(_PARTS.sub(_BREAK, self.text()).replace("\n", _LINE), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, round(height + 0.5)

    def _let_select(self) -> None:
        may = self._selectable and not self._is_broken(self.width())
        self.setTextInteractionFlags(_SELECTABLE if may else Qt.TextInteractionFlag.NoTextInteraction)
        if self._selectable:
            self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
