"""Which button Ctrl+Enter presses: the one of the place that the focus is in. Only that one is the primary one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.widgets.button import Button


class _KeyPlaces(QObject):
    """Places within places: the innermost one whose button is there has the key; without one, the place of last
    resort (the contact, for which the whole window has the key)."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._buttons: dict[QWidget, Button] = {}
        self._last_resort: Button | None = None
        app.focusChanged.connect(lambda _old, now: self._follow(now))

    def add(self, place: QWidget, button: Button, *, is_last_resort: bool) -> None:
        self._buttons[place] = button
        if is_last_resort:
            self._last_resort = button
        button.installEventFilter(self)
        self._follow(QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow(QApplication.focusWidget())
        return False

    def _follow(self, focused: QWidget | None) -> None:
        self._buttons = {place: button for place, button in self._buttons.items() if isValid(place) and isValid(button)}
        if focused is None and QApplication.activeWindow() is None:
            return  # another program has the focus: ours comes back where it was
        chosen = self._of(focused)
        for button in self._buttons.values():
            button.set_resting(is_resting=button is not chosen)

    def _of(self, widget: QWidget | None) -> Button | None:
        while widget is not None:
            button = self._buttons.get(widget)
            if button is not None and not button.isHidden():
                return button
            widget = widget.parentWidget()
        return self._last_resort


_NAME = "toetsplaatsen"


def give_key(place: QWidget, button: Button, *, is_last_resort: bool = False) -> None:
    """Within `place` Ctrl+Enter presses `button`: it looks so while the focus is there, and only then."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        places = app.findChild(_KeyPlaces, _NAME) or _KeyPlaces(app)
        places.add(place, button, is_last_resort=is_last_resort)
