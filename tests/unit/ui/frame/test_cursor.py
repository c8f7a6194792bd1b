"""In which field somebody was: told by its name, found again, and no field where there is none any more."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.frame.cursor import Plek, find, place_of, put, read, stands, write
from ui.widgets.choice import Choice
from ui.widgets.field import Field, TextField


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Two fields of one name, a text of more lines, and a drop-down that can be typed in."""
    made = QWidget()
    column = QVBoxLayout(made)
    for widget in (
        Field("Omschrijving"),
        Field("Omschrijving"),
        TextField("Notitie"),
        Choice("Product", zoekbaar=True),
    ):
        column.addWidget(widget)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_of_two_fields_with_a_name_it_is_the_one_in_which_the_cursor_was(page: QWidget) -> None:
    first, second = (field.edit for field in page.findChildren(Field))
    for edit in (first, second):
        edit.setText("thuis en werk")
    second.setSelection(2, 5)
    plek = place_of(second, {"elders": QWidget(), "klant": page})
    assert plek == Plek("klant", "Omschrijving", 1, 2, 7)
    second.setCursorPosition(0)
    found = find(plek, {"klant": page})
    assert found is second
    put(found, plek)
    assert (second.selectionStart(), second.selectionEnd()) == (2, 7)
    assert second.cursorPosition() == 7


def test_a_text_that_is_shorter_by_now_has_the_cursor_at_its_end(page: QWidget) -> None:
    (note,) = page.findChildren(TextField)
    note.edit.setPlainText("kort")
    put(note.edit, Plek("klant", "Notitie", 0, 2, 90))
    assert (note.edit.textCursor().anchor(), note.edit.textCursor().position()) == (2, 4)


def test_the_line_of_a_drop_down_is_the_drop_down(page: QWidget) -> None:
    (choice,) = page.findChildren(Choice)
    line = choice.combo.lineEdit()
    assert isinstance(line, QLineEdit)
    plek = place_of(line, {"klant": page})
    assert plek is not None
    assert find(plek, {"klant": page}) is choice.combo


def test_what_is_no_field_or_not_in_sight_any_more_is_no_place(page: QWidget) -> None:
    first = page.findChildren(Field)[0]
    assert place_of(page, {"klant": page}) is None
    assert place_of(None, {"klant": page}) is None
    plek = place_of(first.edit, {"klant": page})
    assert plek is not None
    assert find(plek, {}) is None
    assert find(Plek("klant", "Omschrijving", 7), {"klant": page}) is None
    first.hide()
    assert find(plek, {"klant": page}) is None


def test_it_is_kept_as_text_and_what_is_none_is_nothing() -> None:
    plek = Plek("zaken", "Waar is het?", 0, 3, 3)
    assert read(write(plek)) == plek
    assert write(None) == ""
    assert [read(text) for text in ("", "onzin", '{"plaats":1}')] == [None] * 3


def test_a_step_in_a_list_is_told_like_a_letter_in_a_field(qtbot: QtBot) -> None:
    lijst, keuze = QListWidget(), QComboBox()
    for widget in (lijst, keuze):
        widget.addItems(["een", "twee"])
        qtbot.addWidget(widget)
    before = [stands(widget) for widget in (lijst, keuze)]
    lijst.setCurrentRow(1)
    keuze.setCurrentIndex(1)
    assert [stands(widget) == al for widget, al in zip((lijst, keuze), before, strict=True)] == [False, False]
