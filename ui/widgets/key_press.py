"""Ctrl+Enter does one thing per press. Hands that press twice for one act, or hold the key, do not also act on what
has the cursor by then."""

from __future__ import annotations

from weakref import ReferenceType, ref

from PySide6.QtCore import QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class _Press:
    """The last one that a place acted on."""

    def __init__(self) -> None:
        self._since = QElapsedTimer()
        self._place: ReferenceType[QWidget] | None = None

    def take(self, place: QWidget) -> None:
        self._place = ref(place)
        self._since.start()

    def forget(self) -> None:
        self._since.invalidate()

    def is_of_another(self, place: QWidget | None) -> bool:
        """Whether what comes now still belongs to it: within the rhythm of a double press, as it is set for who works
        here. Where nothing was done the cursor stayed, and there the next press counts."""
        if not self._since.isValid() or self._since.hasExpired(QApplication.doubleClickInterval()):
            return False
        return place is None or self._place is None or self._place() is not place


_last = _Press()


def is_ctrl_enter(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def take_press(place: QWidget, event: QKeyEvent) -> bool:
    """Whether `place` may act on this Ctrl+Enter: it is a press of its own."""
    if event.isAutoRepeat() or _last.is_of_another(place):
        return False
    _last.take(place)
    return True


def forget_press() -> None:
    """Who works here from now on has pressed nothing yet."""
    _last.forget()


def is_same_press() -> bool:
    """Whether a Ctrl+Enter that comes now, to no place in particular, is the press that a place acted on."""
    return _last.is_of_another(None)
