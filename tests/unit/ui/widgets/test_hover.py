"""What can be pressed shows it under the pointer, and no longer once the pointer is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.frame.first_glance import GlanceRow
from ui.frame.rail import RailButton, RailItem
from ui.frame.topbar import AccountButton
from ui.widgets.button import Button
from ui.widgets.row import Row
from ui.widgets.row_painter import RowPainter

MADE: list[Callable[[], QAbstractButton]] = [
    lambda: Button("Opslaan"),
    lambda: RailButton(RailItem("klant", "Klant", "klant")),
    AccountButton,
    lambda: GlanceRow(Row("1", "J. Bakker"), RowPainter(), is_last=True),
]


@pytest.mark.parametrize("make", MADE)
def test_the_pointer_over_a_button_is_seen(qtbot: QtBot, make: Callable[[], QAbstractButton]) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    button = make()
    column.addWidget(button)
    elsewhere = QLineEdit()  # has the focus, which would hide the pointer
    column.addWidget(elsewhere)
    column.addStretch(1)
    page.resize(300, 200)
    with qtbot.waitExposed(page):
        page.show()
    elsewhere.setFocus()
    away, over = QPoint(150, 190), button.geometry().center()
    QTest.mouseMove(page, away)
    qtbot.waitUntil(lambda: not button.underMouse())
    before = button.grab().toImage()
    QTest.mouseMove(page, over)
    qtbot.waitUntil(button.underMouse)
    assert button.grab().toImage() != before
    QTest.mouseMove(page, away)
    qtbot.waitUntil(lambda: not button.underMouse())
    assert button.grab().toImage() == before
