"""A drop-down opens by the keys of every desktop, under the whole field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.choice import Choice

# Without a window manager no popup can be raised or take the keyboard; that is not what is asked here.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("zoekbaar", [False, True])
def test_alt_and_an_arrow_open_the_list_though_a_command_has_that_key(qtbot: QtBot, zoekbaar: bool) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    choice = Choice("Kanaal", [("balie", "Balie"), ("post", "Post")], zoekbaar=zoekbaar)
    QVBoxLayout(page).addWidget(choice)
    stolen: list[bool] = []
    QShortcut(QKeySequence("Alt+Down"), page).activated.connect(lambda: stolen.append(True))
    page.show()
    page.activateWindow()
    choice.combo.setFocus()
    target = QApplication.focusWidget() or choice.combo
    QTest.keyClick(target, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = choice.combo.view().window()
    assert choice.combo.view().isVisible()
    assert stolen == []
    assert popup.x() == choice.box.mapToGlobal(QPoint(0, 0)).x()
    assert popup.width() == choice.box.width()
    choice.combo.hidePopup()


def _suggestions(choice: Choice) -> QWidget:
    completer = choice.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    return popup


def test_suggestions_stand_under_the_whole_field(qtbot: QtBot) -> None:
    choice = Choice("Product", [("a", "Paspoort"), ("b", "Tweede paspoort")], zoekbaar=True)
    qtbot.addWidget(choice)
    choice.resize(320, 80)
    choice.show()
    choice.activateWindow()
    line = choice.combo.lineEdit()
    assert line is not None
    line.setFocus()
    QTest.keyClicks(line, "pas")
    popup = _suggestions(choice)
    assert popup.isVisible()
    assert popup.x() == choice.box.mapToGlobal(QPoint(0, 0)).x()
    assert popup.width() == choice.box.width()
    popup.hide()


def test_other_options_replace_those_that_were_there_and_the_value_stays(qtbot: QtBot) -> None:
    choice = Choice("Afdeling", [("a", "Burgerzaken"), ("b", "Belastingen")])
    qtbot.addWidget(choice)
    choice.set_value("b")
    choice.set_options([("b", "Belastingen"), ("c", "Bouwen")])
    assert [choice.combo.itemText(place) for place in range(choice.combo.count())] == ["Belastingen", "Bouwen"]
    assert choice.value == "b"
    choice.set_options([])
    assert (choice.combo.count(), choice.value) == (0, "")
    choice.set_options([("b", "Belastingen")])
    assert choice.combo.count() == 1


def test_the_list_shows_what_is_chosen_also_when_the_pointer_is_elsewhere(qtbot: QtBot) -> None:
    choice = Choice("Thema", [("licht", "Licht"), ("donker", "Donker"), ("contrast", "Hoog contrast")])
    qtbot.addWidget(choice)
    choice.show()
    font = int(Qt.ItemDataRole.FontRole)
    for value, place in (("donker", 1), ("contrast", 2)):
        choice.set_value(value)
        choice.combo.showPopup()
        bold = [at for at in range(3) if (made := choice.combo.itemData(at, font)) is not None and made.bold()]
        choice.combo.hidePopup()
        assert bold == [place]


def test_a_letter_chooses_and_says_so(qtbot: QtBot) -> None:
    choice = Choice("Gevaarlijk?", [("ja", "Ja"), ("nee", "Nee")])
    qtbot.addWidget(choice)
    choice.show()
    told: list[str] = []
    choice.chosen.connect(told.append)
    choice.combo.setFocus()
    QTest.keyClicks(choice.combo, "n")
    assert (choice.value, told) == ("nee", ["nee"])
    QTest.keyClick(choice.combo, Qt.Key.Key_Up)
    assert told == ["nee", "ja"]


@pytest.mark.parametrize(
    ("typed", "key", "value", "shown"),
    [
        ("groen", Qt.Key.Key_Return, "g", "Groen en Reiniging"),
        ("groen", Qt.Key.Key_Tab, "g", "Groen en Reiniging"),
        ("n en", Qt.Key.Key_Return, "w", "Bouwen en Wonen"),
        ("n en", Qt.Key.Key_Tab, "b", "Burgerzaken"),
        ("qqq", Qt.Key.Key_Return, "b", "Burgerzaken"),
    ],
)
def test_enter_takes_the_first_that_is_suggested_and_leaving_the_only_one(
    qtbot: QtBot, typed: str, key: Qt.Key, value: str, shown: str
) -> None:
    afdelingen = [("b", "Burgerzaken"), ("w", "Bouwen en Wonen"), ("g", "Groen en Reiniging")]
    choice, after = Choice("Afdeling", afdelingen, zoekbaar=True), QLineEdit()
    choice.set_value("b")
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(choice)
    column.addWidget(after)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    line = choice.combo.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    chosen: list[str] = []
    choice.chosen.connect(chosen.append)
    QTest.keyClicks(line, typed)
    if key == Qt.Key.Key_Tab:
        _suggestions(choice).hide()  # offscreen it keeps Tab to itself
    QTest.keyClick(line, key)
    assert (choice.value, line.text()) == (value, shown)
    assert chosen == ([value] if value != "b" else [])
