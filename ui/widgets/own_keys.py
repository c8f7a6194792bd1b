"""The keys that a place acts on itself: Ctrl+Enter, once per press, and Esc."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.key_press import is_ctrl_enter, take_press


def own_keys(
    place: QWidget,
    act: Callable[[], object],
    leave: Callable[[], object] | None = None,
    *,
    may_act: Callable[[], object] = lambda: True,
) -> None:
    """Within `place` Ctrl+Enter does `act` and Esc does `leave`, also where the window has the same key for the
    contact. While it may not act, and without a `leave`, that key is of the place around it."""
    _OwnKeys(place, act, leave, may_act)


class _OwnKeys(QObject):
    """Lives as long as its place."""

    def __init__(
        self,
        place: QWidget,
        act: Callable[[], object],
        leave: Callable[[], object] | None,
        may_act: Callable[[], object],
    ) -> None:
        super().__init__(place)
        self._place, self._act, self._leave, self._may_act = place, act, leave, may_act
        place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or not self._is_own(event):
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride:
                pass  # the press of the key follows
            case QEvent.Type.KeyPress:
                self._do(event)
            case _:
                return False
        event.accept()
        return True

    def _is_own(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            return self._leave is not None
        return is_ctrl_enter(event) and bool(self._may_act())

    def _do(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._leave is not None:
                self._leave()
        elif take_press(self._place, event):
            self._act()
