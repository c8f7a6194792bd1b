"""A push button in three weights, with an icon and the key that does the same."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme.glyphs import glyph
from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.label import set_tip
from ui.widgets.paint import blend, dashed, key_hint, key_width, shown_keys, surface

Gewicht = Literal["primair", "gewoon", "stil"]


class Button(QPushButton):
    """`toets` is shown, not bound: the command registry binds. Enter presses it as Space does.

    A button without text needs `naam`: its accessible name and tooltip.
    """

    def __init__(
        self,
        text: str = "",
        soort: Gewicht = "gewoon",
        icoon: str = "",
        toets: str = "",
        *,
        naam: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._weight: Gewicht = soort
        self._icon = icoon
        self._keys = shown_keys(toets)
        self._is_resting = False
        self._hides_key = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # Qt paints anew when the pointer comes and goes
        self._refusal = ""
        self._tip = ""
        self._may = True
        if icoon:
            glyph(icoon)
        self.setAccessibleName(naam or text.replace("&", ""))
        if naam and not text:
            set_tip(self, f"{naam} ({self._keys})" if self._keys else naam)
        self.setSizePolicy(QSizePolicy.Policy.Minimum if text else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._on_theme()
        current_theme().changed.connect(self._on_theme)
        current_theme().mnemonics_changed.connect(self.update)

    def set_refusal(self, reden: str) -> None:
        """Switch off because of `reden`, which becomes tooltip and description; "" switches on again."""
        if reden == self._refusal:
            return
        if not self._refusal:
            self._tip = self.toolTip()
        self._refusal = reden
        self.setEnabled(self._may)
        self.setAccessibleDescription(reden)
        if reden:
            set_tip(self, reden)
        else:
            self.setToolTip(self._tip)

    def setEnabled(self, enabled: bool) -> None:
        """What is refused stays off until the refusal ends."""
        self._may = enabled
        super().setEnabled(enabled and not self._refusal)

    def set_text(self, text: str) -> None:
        """Change the words and the accessible name with them."""
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()

    def set_toets(self, toets: str) -> None:
        """Show another key, as a shortcut is written ("Ctrl+Return"); empty for none."""
        keys = shown_keys(toets)
        if keys != self._keys:
            self._keys = keys
            self.updateGeometry()
            self.update()

    def set_resting(self, *, is_resting: bool, hides_key: bool = False) -> None:
        """A primary button while another one leads: it looks like any other, and is as large as it was.

        `hides_key`: its key presses another one now.
        """
        if (is_resting, hides_key) != (self._is_resting, self._hides_key):
            self._is_resting, self._hides_key = is_resting, hides_key
            self.update()

    @property
    def is_resting(self) -> bool:
        return self._is_resting

    @property
    def shows_key(self) -> bool:
        return bool(self._keys) and not self._hides_key

    def set_icoon(self, icoon: str) -> None:
        if icoon != self._icon:
            self._icon = icoon
            self.update()

    def set_soort(self, soort: Gewicht) -> None:
        self._weight = soort
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        height = theme.control_height + (4 if self._weight == "primair" else 0)
        if self._weight == "stil":
            height = theme.control_height - 4
        if not self.text():
            return QSize(height, height)
        width = self._content_width(self._keys) + 2 * theme.space(3 if self._weight != "primair" else 4)
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def _look(self) -> Gewicht:
        return "gewoon" if self._is_resting else self._weight

    def _content_width(self, keys: str) -> int:
        theme = current_theme()
        metrics = theme.metrics("gewoon", bold=self._weight == "primair")
        width = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width() + 2
        if self._icon:
            width += theme.px(18) + theme.space(2)
        if keys:
            width += key_width(theme, keys) + theme.space(2.5)
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        text_color = self._paint_ground(painter)
        side = theme.px(18)
        keys = self._keys if self.shows_key else ""
        content = self._content_width(keys)
        left = (self.width() - content) / 2 if self.text() else (self.width() - side) / 2
        if self._icon:
            paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), self._icon, text_color)
            left += side + theme.space(2)
        if self.text():
            painter.setFont(theme.font("gewoon", bold=self._weight == "primair"))
            painter.setPen(text_color)
            letter = Qt.TextFlag.TextShowMnemonic if theme.shows_mnemonics else Qt.TextFlag.TextHideMnemonic
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | letter
            painter.drawText(QRectF(left, 0, self.width() - left, self.height()), int(flags), self.text())
        if keys and self.text():
            right = QPointF((self.width() + content) / 2, self.height() / 2)
            line = text_color if self._look == "primair" else theme.color("lijn")
            key_hint(painter, right, keys, text_color, line)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> QColor:
        """Background, border and focus; returns the colour of what stands on it."""
        theme = current_theme()
        rect = QRectF(self.rect())
        accent, vlak = theme.color("accent"), theme.color("vlak")
        hot = 0.16 if self.isDown() else 0.08 if self.underMouse() else 0.0
        radius = theme.radius("bediening")
        if not self.isEnabled():
            ground, line, text = theme.color("ondergrond"), theme.color("lijn"), theme.color("tekst_zacht")
        elif self._look == "primair":
            ground, line, text = blend(accent, theme.color("tekst"), hot), None, theme.color("op_accent")
        else:
            ground = theme.color("accent_zacht") if self.isChecked() else blend(vlak, accent, hot)
            line = theme.color("lijn_bediening") if theme.name == "contrast" else theme.color("lijn")
            text = theme.color("accent") if self.isChecked() else theme.color("tekst")
        if self._weight == "stil":
            text = theme.color("tekst_zacht") if not self.isEnabled() else theme.color("accent")
            if self.isChecked():
                surface(painter, rect, radius, ground, line)
            else:
                surface(painter, rect, radius, blend(vlak, accent, hot) if hot else None)
        else:
            # Without colours that differ only the line can say that a button is off.
            is_dashed = not self.isEnabled() and theme.name == "contrast"
            surface(painter, rect, radius, ground, None if is_dashed else line)
            if is_dashed:
                dashed(painter, rect, radius, theme.color("lijn"))
        if self.hasFocus():
            surface(painter, rect, radius, None, theme.color("focus"), width=2)
            surface(painter, rect.adjusted(2, 2, -2, -2), radius - 2, None, theme.color("accent_zacht"), width=2)
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_theme(self) -> None:
        self.setFont(current_theme().font("gewoon", bold=self._weight == "primair"))
        self.updateGeometry()
        self.update()
