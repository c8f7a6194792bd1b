"""Notices that nobody touched keyboard or mouse for a while, so that the window can lock itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_ACTIVITY = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}
_NOTICE = 60.0  # seconds between two tellings that somebody is busy


class Stilte(QObject):
    """`fell` after `minuten` without input in any watched window; `busy` at most once a minute while there is input.

    It listens at the native window, which sees each key and mouse event once, and not at the application, where every
    event of every widget would pass through Python.
    """

    fell = Signal()
    busy = Signal()

    def __init__(self, minuten: int, parent: QObject | None = None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._last = self._told = clock()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.fell)
        self.set_minuten(minuten)

    def watch(self, window: QWidget) -> None:
        """Count input in this window too; it must have been shown."""
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    @property
    def last(self) -> datetime:
        """When somebody last touched a watched window, to the second."""
        return datetime.fromtimestamp(self._last, UTC)

    def set_minuten(self, minuten: int) -> None:
        """0 switches the automatic lock off."""
        self._timer.setInterval(max(0, minuten) * 60_000)
        self.begin()

    def begin(self) -> None:
        """Count from now: somebody signed in or unlocked."""
        self._last = self._told = self._clock()
        if self._timer.interval() > 0:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # At most one restart a second: moving the mouse must stay cheap.
        if event.type() in _ACTIVITY and self._timer.isActive():
            now = self._clock()
            if abs(now - self._last) > 1 and self._has_fallen(now):
                return True
        return super().eventFilter(watched, event)

    def _has_fallen(self, now: float) -> bool:
        """Count this input; True where it comes too late, as the first after a sleep in which the timer stood still."""
        if now - self._last > self._timer.interval() / 1000:
            self._timer.stop()
            self.fell.emit()
            return True
        self._last = now
        self._timer.start()
        if abs(now - self._told) >= _NOTICE:
            self._told = now
            self.busy.emit()
        return False
