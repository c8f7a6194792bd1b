"""A limit is counted while it is typed to, and never taken for the origin of what stands there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.choice import Choice
from ui.widgets.field import Field, TextField


def test_the_counter_stands_there_while_typing_and_near_the_limit(qtbot: QtBot) -> None:
    page, field, other = QWidget(), Field("Onderwerp", maximum=20), QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(field)
    column.addWidget(other)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    other.setFocus()
    field.set_text("Rijbewijs", "product")
    assert field.box.tag.text() == "product"
    field.edit.setFocus()
    assert field.box.tag.text() == "9 / 20"
    assert "herkomst" not in field.edit.accessibleDescription()
    QTest.keyClicks(field.edit, "en")
    assert field.box.tag.text() == "11 / 20"
    other.setFocus()
    assert field.box.tag.text() == ""
    field.set_text("Rijbewijzen en paspoorten")
    assert field.box.tag.text() == "25 / 20"
    field.edit.setFocus()
    field.edit.clear()
    assert field.box.tag.text() == ""


def test_an_origin_that_would_cut_the_value_stands_above_it(qtbot: QtBot) -> None:
    choice = Choice("Af&deling", [("g", "Groen en Reiniging"), ("b", "Bouw")], zoekbaar=True)
    qtbot.addWidget(choice)
    choice.resize(160, 60)
    choice.show()
    for value, above in (("g", True), ("b", False)):
        choice.set_value(value, "zaaktype")
        assert choice._above.isVisible() is above
        assert choice.box.tag.isVisible() is not above
        assert "herkomst: zaaktype" in choice.combo.accessibleDescription()
    choice.set_value("g", "zaaktype")
    height = choice.sizeHint().height()
    choice.resize(400, 60)
    assert choice.box.tag.isVisible()
    assert not choice._above.isVisible()
    assert choice.sizeHint().height() == height, "nothing below it moves"
    choice.set_value("g")
    assert not choice.box.tag.isVisible()


def test_the_counter_of_a_text_stays_where_it_is_beside_an_origin(qtbot: QtBot) -> None:
    field = TextField("Toelichting", maximum=100)
    qtbot.addWidget(field)
    field.resize(400, 160)
    field.show()
    field.set_text("Losse tegel")
    right = field.counter.mapTo(field, field.counter.rect().topRight()).x()
    field.set_text("Losse tegel", "product")
    qtbot.waitUntil(field.box.tag.isVisible)
    qtbot.waitUntil(lambda: field.edit.width() < field.counter.width())
    assert field.counter.mapTo(field, field.counter.rect().topRight()).x() == right


class _Paints(QObject):
    """How often what it watches was drawn as a whole; a cursor that blinks draws its own place alone."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget):
            self.count += event.rect() == watched.rect()
        return super().eventFilter(watched, event)


def test_another_hint_in_an_empty_text_field_is_drawn(qtbot: QtBot) -> None:
    field = TextField("Notitie", "Begin te typen")
    qtbot.addWidget(field)
    paints = _Paints(field.edit.viewport())
    field.show()
    qtbot.waitUntil(lambda: paints.count > 0)
    QApplication.processEvents()
    drawn = paints.count
    field.set_hint("Typ hier wat de klant vraagt")
    qtbot.waitUntil(lambda: paints.count > drawn)


def test_a_complaint_under_one_field_moves_nothing_of_the_field_beside_it(qtbot: QtBot) -> None:
    page, van, tot = QWidget(), Field("Begonnen vanaf"), Choice("Status", [("a", "Alle")])
    row = QHBoxLayout(page)
    row.addWidget(van)
    row.addWidget(tot)
    qtbot.addWidget(page)
    page.show()
    before = van.box.mapTo(page, QPoint()), tot.box.mapTo(page, QPoint())
    van.set_error("Deze datum bestaat niet: februari 2026 heeft 28 dagen.")
    qtbot.waitUntil(lambda: van.complaint.y() > van.box.y() and van.height() == tot.height())
    assert (van.box.mapTo(page, QPoint()), tot.box.mapTo(page, QPoint())) == before
    assert van.label.mapTo(page, QPoint()).y() == tot.label.mapTo(page, QPoint()).y()
