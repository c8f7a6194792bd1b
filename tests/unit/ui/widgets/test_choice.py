"""A drop-down opens by the keys of every desktop, under the whole field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import THEMES, Look, Theme, install_theme
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


@pytest.fixture(params=THEMES)
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    made = install_theme(qapp, look=Look(thema=request.param))
    yield made
    made.apply(Look())


@pytest.mark.parametrize(("value", "first"), [("", 0), ("a", 1)])
def test_the_row_that_the_arrows_stand_on_lights_up(qtbot: QtBot, theme: Theme, value: str, first: int) -> None:
    choice = Choice("Hoe ging het", [("a", "Bereikt"), ("b", "Niet bereikt"), ("c", "Voicemail"), ("d", "Anders")])
    qtbot.addWidget(choice)
    choice.set_value(value)
    choice.show()
    choice.activateWindow()
    choice.combo.setFocus()
    QTest.keyClick(choice.combo, Qt.Key.Key_Space)
    view = choice.combo.view()
    for place in (first, first + 1):
        QTest.keyClick(view, Qt.Key.Key_Down)
        drawn = view.viewport().grab().toImage()
        rows = [view.visualRect(view.model().index(row, 0)) for row in range(4)]
        grounds = [drawn.pixelColor(rect.right() - 4, rect.center().y()) for rect in rows]
        lit = [row for row, ground in enumerate(grounds) if ground == theme.color("accent_zacht")]
        assert lit == [place]
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert choice.value == "abcd"[first + 1]


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


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


def _typed(qtbot: QtBot, page: QWidget, choice: Choice, typed: str, key: Qt.Key) -> QLineEdit:
    """Typed where a field comes after it, then the key."""
    column = page.layout()
    assert column is not None
    column.addWidget(choice)
    column.addWidget(QLineEdit())
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    choice.combo.setFocus()
    line = choice.combo.lineEdit()
    assert line is not None
    line.selectAll()
    QTest.keyClicks(choice.combo, typed)
    _suggestions(choice).hide()  # offscreen it keeps Tab to itself
    QTest.keyClick(choice.combo, key)
    return line


@pytest.mark.parametrize(
    ("typed", "key", "value", "shown", "said"),
    [
        ("groen", Qt.Key.Key_Return, "g", "Groen en Reiniging", ""),
        ("groen", Qt.Key.Key_Tab, "g", "Groen en Reiniging", ""),
        ("n en", Qt.Key.Key_Return, "w", "Bouwen en Wonen", ""),
        ("bouw", Qt.Key.Key_Tab, "w", "Bouwen en Wonen", ""),
        ("n en", Qt.Key.Key_Tab, "b", "n en", "Hier passen meer keuzes bij"),
        ("qqq", Qt.Key.Key_Tab, "b", "qqq", "Dit staat niet in de lijst. “Burgerzaken” blijft gekozen."),
        ("qqq", Qt.Key.Key_Return, "b", "qqq", "Dit staat niet in de lijst"),
    ],
)
def test_enter_takes_the_first_that_is_suggested_and_leaving_the_only_one(
    qtbot: QtBot, page: QWidget, typed: str, key: Qt.Key, value: str, shown: str, said: str
) -> None:
    afdelingen = [("b", "Burgerzaken"), ("w", "Bouwen en Wonen"), ("g", "Groen en Reiniging"), ("t", "Gebouwen")]
    choice = Choice("Afdeling", afdelingen, zoekbaar=True)
    choice.set_value("b")
    chosen: list[str] = []
    choice.chosen.connect(chosen.append)
    line = _typed(qtbot, page, choice, typed, key)
    assert (choice.value, line.text()) == (value, shown)
    assert chosen == ([value] if value != "b" else [])
    assert choice.error.startswith(said)
    assert bool(choice.error) is bool(said)


def test_what_is_no_choice_stays_until_something_else_is_typed_or_shown(qtbot: QtBot, page: QWidget) -> None:
    choice = Choice("Soort document", [("a", "Aanvraag"), ("b", "Besluit")], zoekbaar=True)
    line = _typed(qtbot, page, choice, "aans", Qt.Key.Key_Tab)
    choice.set_value("")
    choice.set_error("Kies een soort")
    assert (line.text(), choice.error) == ("aans", "Dit staat niet in de lijst.")
    choice.combo.setFocus()
    QTest.keyClick(choice.combo, Qt.Key.Key_End)
    QTest.keyClicks(choice.combo, "l")
    assert (line.text(), choice.error) == ("aansl", "Kies een soort")
    _suggestions(choice).hide()
    QTest.keyClick(choice.combo, Qt.Key.Key_Tab)
    assert choice.error == "Dit staat niet in de lijst."
    choice.set_value("b")
    assert (choice.error, line.text()) == ("Kies een soort", "Besluit")


def test_enter_on_what_is_no_choice_carries_nothing_out(qtbot: QtBot) -> None:
    choice = Choice("Product", [("p", "Paspoort")], zoekbaar=True)
    passed: list[int] = []

    class Page(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            passed.append(event.key())

    page = Page()
    QVBoxLayout(page).addWidget(choice)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    choice.combo.setFocus()
    for typed, handed_on in (("qqq", []), ("paspoort", [Qt.Key.Key_Return])):
        line = choice.combo.lineEdit()
        assert line is not None
        line.selectAll()
        QTest.keyClicks(choice.combo, typed)
        _suggestions(choice).hide()
        QTest.keyClick(choice.combo, Qt.Key.Key_Return)
        assert passed == handed_on


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_an_option_is_found_by_how_it_is_written_elsewhere(qtbot: QtBot, page: QWidget, key: Qt.Key) -> None:
    colleagues = [("jp", "Sanne Prinsen"), ("sp", "Sofie Prins"), ("tb", "Tom Bakker")]
    choice = Choice("Behandelaar", zoekbaar=True)
    choice.set_options(colleagues, {"jp": "S. Prinsen", "sp": "S. Prins", "tb": "T. Bakker"})
    line = _typed(qtbot, page, choice, "s. prins", key)
    assert (choice.value, line.text()) == ("sp", "Sofie Prins")


def test_who_is_written_elsewhere_as_another_is_not_taken_for_that_one(qtbot: QtBot, page: QWidget) -> None:
    choice = Choice("Behandelaar", zoekbaar=True)
    choice.set_options([("a", "Sanne Prins"), ("b", "Sofie Prins")], {"a": "S. Prins", "b": "S. Prins"})
    line = _typed(qtbot, page, choice, "S. Prins", Qt.Key.Key_Tab)
    assert (choice.value, line.text()) == ("", "S. Prins")


def test_the_suggestions_are_found_by_it_too_and_write_what_is_shown(qtbot: QtBot) -> None:
    choice = Choice("Behandelaar", zoekbaar=True)
    choice.set_options([("sp", "Sofie Prins"), ("tb", "Tom Bakker")], {"sp": "S. Prins", "tb": "T. Bakker"})
    qtbot.addWidget(choice)
    completer = choice.combo.completer()
    assert completer is not None
    completer.setCompletionPrefix("s. pr")
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Sofie Prins"


def test_of_two_namesakes_the_chosen_one_stays(qtbot: QtBot, page: QWidget) -> None:
    choice = Choice("Collega", [("a", "Jan Jansen"), ("b", "Jan Jansen")], zoekbaar=True)
    choice.set_value("b")
    said: list[str] = []
    choice.chosen.connect(said.append)
    _typed(qtbot, page, choice, "", Qt.Key.Key_Tab)
    assert (choice.value, said) == ("b", [])


@pytest.fixture
def doorzetten(qtbot: QtBot, page: QWidget) -> Choice:
    """A filled choice that has not got the focus yet; another field has."""
    choice = Choice("&Afdeling", [("", "Geen"), ("b", "Burgerzaken"), ("l", "Belastingen")], zoekbaar=True)
    choice.set_value("")
    before, column = QLineEdit(), page.layout()
    assert column is not None
    column.addWidget(before)
    column.addWidget(choice)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    before.setFocus()
    return choice


@pytest.mark.parametrize("way", ["Tab", "Alt", "code", "code with the options after it"])
def test_typing_replaces_what_is_chosen_where_the_keyboard_brought_the_focus(doorzetten: Choice, way: str) -> None:
    before = QApplication.focusWidget()
    assert before is not None
    if way == "Tab":
        QTest.keyClick(before, Qt.Key.Key_Tab)
    elif way == "Alt":
        QTest.keyClick(before, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    else:
        doorzetten.setFocus(Qt.FocusReason.OtherFocusReason)
    if way == "code with the options after it":
        doorzetten.set_options([("", "Geen"), ("b", "Burgerzaken"), ("s", "Sociaal team")])
    QTest.keyClicks(doorzetten.combo, "burger")
    assert doorzetten.combo.currentText() == "burger"
    _suggestions(doorzetten).hide()


def test_a_click_places_the_cursor(doorzetten: Choice) -> None:
    line = doorzetten.combo.lineEdit()
    assert line is not None
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert (line.hasFocus(), line.selectedText()) == (True, "")


def test_typing_after_an_arrow_replaces_what_the_arrow_chose(doorzetten: Choice) -> None:
    doorzetten.setFocus()
    QTest.keyClick(doorzetten.combo, Qt.Key.Key_Down)
    assert doorzetten.value == "b"
    QTest.keyClicks(doorzetten.combo, "belast")
    assert doorzetten.combo.currentText() == "belast"
    _suggestions(doorzetten).hide()


def test_what_is_being_typed_stays_when_the_options_come(doorzetten: Choice) -> None:
    doorzetten.setFocus()
    QTest.keyClicks(doorzetten.combo, "soc")
    doorzetten.set_options([("", "Geen"), ("s", "Sociaal team")])
    QTest.keyClicks(doorzetten.combo, "i")
    assert doorzetten.combo.currentText() == "soci"
    _suggestions(doorzetten).hide()
    assert doorzetten.settle()
    assert doorzetten.value == "s"
