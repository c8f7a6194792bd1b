"""Notices that nobody touched keyboard or mouse for a while, so that the window can lock itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_ACTIVITY = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel}


class Stilte(QObject):
    """`fell` after `minuten` without input in any watched window.

    It listens at the native window, which sees each key and mouse event once, and not at the application, where every
    event of every widget would pass through Python.
    """

    fell = Signal()

    def __init__(self, minuten: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.fell)
        self.set_minuten(minuten)

    def watch(self, window: QWidget) -> None:
        """Count input in this window too; it must have been shown."""
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def set_minuten(self, minuten: int) -> None:
        """0 switches the automatic lock off."""
        self._timer.setInterval(max(0, minuten) * 60_000)
        if minuten > 0:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # At most one restart a second: moving the mouse must stay cheap.
        quiet = self._timer.interval() - self._timer.remainingTime()
        if event.type() in _ACTIVITY and self._timer.isActive() and quiet > 1000:
            self._timer.start()
        return super().eventFilter(watched, event)
