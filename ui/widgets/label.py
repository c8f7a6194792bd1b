"""Text on screen: always plain, so that what a customer or register wrote is never rendered as markup."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.theme import Lettermaat, current_theme

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})  # `html` loads a table of 2,000 names for this


def tip(text: str) -> str:
    """A tooltip that shows exactly this text; Qt would guess markup from what it holds."""
    return f"<p style='white-space:pre-wrap'>{text.translate(_MARKUP)}</p>" if text else ""


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip in plain text."""
    widget.setToolTip(tip(text))


class Label(QLabel):
    """A text in one step of the type scale and one colour token; wraps where asked."""

    def __init__(
        self,
        text: str = "",
        size: Lettermaat = "gewoon",
        color: str = "tekst",
        *,
        bold: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size: Lettermaat = size
        self._color = color
        self._bold = bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def set_color(self, token: str) -> None:
        if token != self._color:
            self._color = token
            self._restyle()

    def _restyle(self) -> None:
        theme = current_theme()
        self.setFont(theme.font(self._size, bold=self._bold))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._color))
        self.setPalette(palette)
        self.updateGeometry()


class LineLabel(Label):
    """One line while there is room for it, then more: Qt's guess for a text that may wrap is narrower than its line."""

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())


class ElidedLabel(Label):
    """One line that ends in … where the room ends; the whole text is its tooltip and accessible name."""

    def __init__(
        self,
        text: str = "",
        size: Lettermaat = "gewoon",
        color: str = "tekst",
        *,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, color, bold=bold, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("mag_afkappen", "ja")

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance("…") * 3, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        set_tip(self, self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


class MnemonicLabel(Label):
    """A field's label: Alt and its letter focus the field; the letter is underlined while Alt is held."""

    def __init__(self, text: str, buddy: QWidget) -> None:
        super().__init__(text, "bij", "tekst_zacht")
        self.setBuddy(buddy)
        current_theme().mnemonics_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        flag = Qt.TextFlag.TextShowMnemonic if theme.shows_mnemonics else Qt.TextFlag.TextHideMnemonic
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.color(self._color))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | flag), self.text())
        painter.end()
