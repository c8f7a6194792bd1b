"""Which button is the primary one, and which one Ctrl+Enter presses: those of the place that the focus is in.

Often one button is both. A form that Enter sends leaves Ctrl+Enter to the place around it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.widgets.button import Button


class _KeyPlaces(QObject):
    """Places within places: the innermost one whose button is there leads, and the innermost one that has the key is
    pressed by it; without one, the place of last resort (the contact, for which the whole window has the key)."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._leads: dict[QWidget, Button] = {}
        self._pressed: dict[QWidget, Button] = {}
        self._last_resort: Button | None = None
        app.focusChanged.connect(lambda _old, now: self._follow(now))

    def add(self, place: QWidget, button: Button, *, has_key: bool, is_last_resort: bool) -> None:
        self._leads[place] = button
        if has_key:
            self._pressed[place] = button
        if is_last_resort:
            self._last_resort = button
        button.installEventFilter(self)
        self._follow(QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow(QApplication.focusWidget())
        return False

    def _follow(self, focused: QWidget | None) -> None:
        self._leads, self._pressed = _alive(self._leads), _alive(self._pressed)
        if focused is None and QApplication.activeWindow() is None:
            return  # another program has the focus: ours comes back where it was
        leading, pressed = self._innermost(self._leads, focused), self._innermost(self._pressed, focused)
        for place, button in self._leads.items():
            has_lost_key = place in self._pressed and button is not pressed
            button.set_resting(is_resting=button is not leading, hides_key=has_lost_key)

    def _innermost(self, places: dict[QWidget, Button], widget: QWidget | None) -> Button | None:
        while widget is not None:
            button = places.get(widget)
            if button is not None and not button.isHidden():
                return button
            widget = widget.parentWidget()
        return self._last_resort


def _alive(places: dict[QWidget, Button]) -> dict[QWidget, Button]:
    return {place: button for place, button in places.items() if isValid(place) and isValid(button)}


_NAME = "toetsplaatsen"


def give_key(place: QWidget, button: Button, *, is_last_resort: bool = False) -> None:
    """Within `place` Ctrl+Enter presses `button`: it looks so while the focus is there, and only then."""
    _add(place, button, has_key=True, is_last_resort=is_last_resort)


def give_lead(place: QWidget, button: Button) -> None:
    """`button` is the primary one while the focus is in `place`, and only then; what Ctrl+Enter does stays as it is."""
    _add(place, button, has_key=False, is_last_resort=False)


def _add(place: QWidget, button: Button, *, has_key: bool, is_last_resort: bool) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        places = app.findChild(_KeyPlaces, _NAME) or _KeyPlaces(app)
        places.add(place, button, has_key=has_key, is_last_resort=is_last_resort)
