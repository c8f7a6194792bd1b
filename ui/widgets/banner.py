"""A message in the flow of the page: what happened, and what to do about it. Errors live here, never in a toast."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.button import Button
from ui.widgets.flag import Toon, tone_colors
from ui.widgets.label import Label
from ui.widgets.paint import surface

_ICONS: dict[str, str] = {"fout": "fout", "let_op": "let_op", "goed": "goed", "accent": "info", "neutraal": "info"}
_READABLE = 160  # pixels at 100% text that the words need beside an action


class Banner(QWidget):
    """`text` in bold where `uitleg` follows it; `acted` is emitted by the action's button."""

    acted = Signal()

    def __init__(
        self,
        soort: Toon = "let_op",
        text: str = "",
        action: str = "",
        *,
        uitleg: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: Toon = soort
        self._text = Label("", "gewoon", soort if soort != "neutraal" else "tekst", bold=bool(uitleg), wrap=True)
        self._more = Label("", "gewoon", soort if soort != "neutraal" else "tekst", wrap=True)
        self._button = Button("", "stil")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._text)
        words.addWidget(self._more)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._button.clicked.connect(self.acted)
        self.set_message(soort, text, action, uitleg=uitleg)
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def set_message(self, soort: Toon, text: str, action: str = "", *, uitleg: str = "") -> None:
        self._tone = soort
        color = soort if soort != "neutraal" else "tekst"
        self._text.set_color(color)
        self._more.set_color(color)
        self._text.setText(text)
        self._more.setText(uitleg)
        self._more.setVisible(bool(uitleg))
        self._button.set_text(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{text} {uitleg}".strip())
        self._turn()
        self.update()

    def focus_action(self) -> None:
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def has_focus(self) -> bool:
        """Whether the action is what the next key press is for."""
        return self._button.hasFocus()

    @property
    def text(self) -> str:
        return self._text.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        """The action stands under the text where beside it no readable line would be left."""
        theme = current_theme()
        room = self.width() - theme.px(18) - theme.space(9) - self._button.sizeHint().width()
        is_narrow = not self._button.isHidden() and room < theme.px(_READABLE)
        wanted = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        text, ground = tone_colors(self._tone)
        painter = QPainter(self)
        border = text if theme.name == "contrast" else theme.color("lijn") if self._tone == "neutraal" else None
        surface(painter, QRectF(self.rect()), theme.radius("bediening"), ground, border)
        side = theme.px(18)
        top = (self.height() - side) / 2 if self.height() < 3 * side else theme.space(2.5)
        paint_icon(painter, QRectF(theme.space(3), top, side, side), _ICONS[self._tone], text)
        if self.hasFocus():
            surface(painter, QRectF(self.rect()), theme.radius("bediening"), None, theme.color("focus"), width=2)
        painter.end()

    def _restyle(self) -> None:
        theme = current_theme()
        self._row.setContentsMargins(theme.space(5) + theme.px(18), theme.space(2), theme.space(2), theme.space(2))
        self._row.setSpacing(theme.space(2))
        self._turn()
