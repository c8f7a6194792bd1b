"""A toast follows the size of the text: it holds its words and buttons, and stays inside the window."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.frame.toast import Toast, Toasts
from ui.theme.theme import Look, Theme, install_theme
from ui.widgets.button import Button

LONG = "De klanten op deze werkplek zijn gewist. Uw contacten en opdrachten zijn bewaard."


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = install_theme(qapp, look=Look(thema="licht"))
    yield made
    made.apply(Look())


def _parts(toast: Toast) -> list[QWidget]:
    return [part for kind in (QLabel, Button) for part in toast.findChildren(kind) if part.isVisible()]


@pytest.mark.parametrize("text", ["Niet geregistreerd", LONG])
@pytest.mark.parametrize("tekst", [100, 150, 200])
def test_a_toast_on_screen_holds_its_words_after_another_size_of_text(
    qtbot: QtBot, theme: Theme, text: str, tekst: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    toasts = Toasts(window)
    toasts.show(text, lambda: None)
    theme.apply(Look(thema="licht", tekst=tekst))
    QApplication.processEvents()
    toast = toasts.shown
    assert toast is not None
    assert window.rect().contains(toast.geometry())
    parts = _parts(toast)
    assert len(parts) == 3
    for part in parts:
        assert toast.rect().contains(part.geometry()), part
        assert part.width() >= part.minimumSizeHint().width()
        if isinstance(part, QLabel):
            assert part.height() >= part.heightForWidth(part.width())
    assert not any(one.geometry().intersects(other.geometry()) for one, other in combinations(parts, 2))


def test_a_word_that_nobody_asked_for_waits_and_takes_no_undo_away(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toasts, undone = Toasts(window), list[str]()
    toasts.show("Gewist", lambda: undone.append("gewist"))
    toasts.tell("Vandaag terugbellen: A. Jansen.")
    first = toasts.shown
    assert first is not None
    assert first.accessibleName() == "Gewist"
    first.close()
    qtbot.waitUntil(lambda: toasts.shown is not None and toasts.shown is not first)
    assert toasts.shown is not None
    assert toasts.shown.accessibleName() == "Vandaag terugbellen: A. Jansen."
    assert toasts.undo()
    assert undone == ["gewist"]


def test_a_toast_goes_by_itself_from_who_works_on(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.frame.toast.SHOWN", 50)
    window = QWidget()
    field = QLineEdit(window)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    toasts = Toasts(window)
    toasts.show("Contact met Johanna wordt geregistreerd", is_done=False)
    toasts.show("Contact met Johanna is geregistreerd")  # in the place of the one before
    qtbot.waitUntil(lambda: toasts.shown is None)
    shown = toasts.show("Zaaknummer gekopieerd")
    shown.findChildren(Button)[-1].setFocus()  # passed by Tab, and left
    field.setFocus()
    qtbot.waitUntil(lambda: toasts.shown is None)


def test_what_waits_is_not_for_who_comes_next(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    toasts = Toasts(window)
    toasts.show("Gewist")
    toasts.tell("Vandaag terugbellen: A. Jansen.")
    toasts.clear()
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    assert toasts.shown is None


def test_a_toast_covers_no_control_where_there_is_room_beside_it(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    buttons = [Button("Opnieuw proberen", parent=window) for _ in range(12)]
    for place, button in enumerate(buttons):
        button.setGeometry(400, 320 + place * 48, 980, 44)
    window.show()
    toasts = Toasts(window)
    for tekst in (100, 200):
        theme.apply(Look(thema="licht", tekst=tekst))
        toast = toasts.show("Er is niets om te exporteren")
        assert window.rect().contains(toast.geometry())
        assert not any(button.geometry().intersects(toast.geometry()) for button in buttons)
