"""The one search field in the top bar. What is found is the overlay's; this is only where it is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.alt_letter import is_alt_letter
from ui.widgets.paint import key_hint, key_width, shown_keys, surface
from ui.widgets.undo import is_idle_undo

HINT = "Zoek op BSN, naam, adres, telefoon, KvK, product of opdracht"
_TO_OVERLAY = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TO_FRAME = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_F4)
_WIDEST_LEAST = 380  # pixels, which the smallest window has beside the rest of its bar


class _Line(QLineEdit):
    """Keys that steer the results go to the frame, everything else is typing."""

    steered = Signal(int)
    entered = Signal(bool)  # with Ctrl
    escaped = Signal()
    asked_why = Signal()
    focused = Signal(bool)
    pressed = Signal()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_ours = event.key() in (*_TO_OVERLAY, *_TO_FRAME)
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if is_ours:
                event.accept()
                return True
            if (with_control and event.key() == Qt.Key.Key_K) or is_idle_undo(self, event):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TO_OVERLAY:
            self.steered.emit(event.key())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_F4:
            self.asked_why.emit()
        elif not is_alt_letter(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.text():
            self.pressed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.hasFocus())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(self.hasFocus())


class SearchField(QFrame):
    """Signals of the line, for the overlay's presenter."""

    def __init__(self) -> None:
        super().__init__()
        self.line = _Line()
        self.line.setFrame(False)
        self.line.setPlaceholderText(HINT)
        self.line.setAccessibleName("Zoeken of opdracht geven")
        self.line.setAccessibleDescription("Resultaten staan eronder; kies met de pijltjes en Enter.")
        self.line.setMaxLength(10_000)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(lambda _text: self.update())
        self._restyle()
        current_theme().changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.tokens.maat.regel * 20, theme.control_height)

    def minimumSizeHint(self) -> QSize:
        """Room for a name also with large letters; the words beside it make way before this does."""
        theme = current_theme()
        return QSize(min(theme.px(240), _WIDEST_LEAST), theme.control_height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        rect, radius = QRectF(self.rect()), theme.radius("bediening")
        has_focus = self.line.hasFocus()
        ground = theme.color("vlak" if has_focus else "ondergrond")
        surface(painter, rect, radius, ground, theme.color("lijn_bediening"))
        if has_focus:
            surface(painter, rect, radius, None, theme.color("focus"), width=2)
        side = theme.px(18)
        place = QRectF(theme.space(2.5), (self.height() - side) / 2, side, side)
        paint_icon(painter, place, "zoeken", theme.color("tekst_zacht"))
        right = QPointF(self.width() - theme.space(2.5), self.height() / 2)
        key_hint(painter, right, self._keys(), theme.color("tekst_zacht"), theme.color("lijn_bediening"))
        painter.end()

    def _keys(self) -> str:
        return "Esc" if self.line.hasFocus() else shown_keys("Ctrl+K")

    def _restyle(self) -> None:
        theme = current_theme()
        left = theme.px(18) + theme.space(4.5)
        self._row.setContentsMargins(left, 0, key_width(theme, shown_keys("Ctrl+K")) + theme.space(4.5), 0)
        self.line.setFont(theme.font("gewoon"))
        self.setMaximumWidth(theme.px(720))
        self.updateGeometry()
        self.update()
