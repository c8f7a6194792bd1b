"""One button is the primary one, and Ctrl+Enter presses one: both go with the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.button import Button
from ui.widgets.key_place import give_key, give_lead


class _Place(QWidget):
    def __init__(self, text: str, toets: str = "Ctrl+Return") -> None:
        super().__init__()
        self.edit, self.button = QLineEdit(), Button(text, "primair", toets=toets)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.edit)
        self.column.addWidget(self.button)


def test_the_primary_button_is_the_one_of_the_place_with_the_focus(qtbot: QtBot) -> None:
    window, elsewhere = QWidget(), QLineEdit()
    contact, form, documents = _Place("Afronden"), _Place("Zaak aanmaken"), _Place("Toevoegen")
    form.column.addWidget(documents)
    column = QVBoxLayout(window)
    for widget in (elsewhere, contact, form):
        column.addWidget(widget)
    give_key(contact, contact.button, is_last_resort=True)
    give_key(form, form.button)
    give_key(documents, documents.button)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)

    def has_key() -> list[str]:
        return [place.button.text() for place in (contact, form, documents) if not place.button.is_resting]

    size = form.button.size()
    for edit, expected in (
        (elsewhere, "Afronden"),
        (form.edit, "Zaak aanmaken"),
        (documents.edit, "Toevoegen"),
        (contact.edit, "Afronden"),
    ):
        edit.setFocus()
        assert has_key() == [expected]
        assert form.button.sizeHint() == size == form.button.size(), "nothing moves aside"
    documents.button.hide()
    documents.edit.setFocus()
    assert has_key() == ["Zaak aanmaken"], "there is nothing to add"
    documents.button.show()
    assert has_key() == ["Toevoegen"]


def test_a_form_that_enter_sends_leads_and_leaves_the_key_to_the_contact(qtbot: QtBot) -> None:
    window, contact, form = QWidget(), _Place("Afronden"), _Place("Opslaan", "Return")
    column = QVBoxLayout(window)
    column.addWidget(contact)
    column.addWidget(form)
    give_key(contact, contact.button, is_last_resort=True)
    give_lead(form, form.button)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)

    form.edit.setFocus()
    assert (form.button.is_resting, contact.button.is_resting) == (False, True)
    assert contact.button.shows_key, "Ctrl+Enter presses it from here too"
    contact.edit.setFocus()
    assert (form.button.is_resting, contact.button.is_resting) == (True, False)
    assert form.button.shows_key, "Enter sends the form from its fields, whatever leads now"
