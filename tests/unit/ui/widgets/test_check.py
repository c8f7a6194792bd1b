"""A check box is seen in every theme, and its mark is a shape."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import Look, current_theme
from ui.widgets.check import Check


def colours(box: Check, side: int) -> set[str]:
    """The colours within the box of the check."""
    image = box.grab(box.rect()).toImage()
    top = (box.height() - side) // 2
    return {QColor(image.pixel(x, y)).name() for x in range(side + 3) for y in range(top, top + side)}


@pytest.mark.parametrize("thema", ["licht", "donker", "contrast"])
def test_an_empty_box_has_the_line_of_controls_and_a_full_one_a_mark(qtbot: QtBot, thema: str) -> None:
    theme = current_theme()
    theme.apply(Look(thema=thema))
    try:
        box = Check("BRP")
        qtbot.addWidget(box)
        box.resize(200, box.sizeHint().height())
        box.show()
        box.clearFocus()
        assert theme.color("lijn_bediening").name() in colours(box, theme.px(16))
        box.setChecked(True)
        full = colours(box, theme.px(16))
        assert theme.color("accent").name() in full
        assert len(full) > 3, "the mark is drawn over the accent"
    finally:
        theme.apply(Look(thema="licht"))


def test_a_click_beside_the_text_and_the_space_bar_both_switch(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    box = Check("BRP", parent=room)
    box.resize(300, 24)
    room.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(280, 12))
    assert box.isChecked()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


@pytest.mark.parametrize("thema", ["licht", "donker", "contrast"])
def test_the_ring_of_the_focus_stands_apart_from_a_ticked_box(qtbot: QtBot, thema: str) -> None:
    theme = current_theme()
    theme.apply(Look(thema=thema))
    try:
        box = Check("BRP")
        qtbot.addWidget(box)
        box.setChecked(True)
        box.resize(200, box.sizeHint().height())
        box.show()
        box.activateWindow()
        box.setFocus()
        qtbot.waitUntil(box.hasFocus)
        image = box.grab(box.rect()).toImage()
        across = [QColor(image.pixel(x, box.height() // 2)).name() for x in range(8)]
        ring, inside = theme.color("focus").name(), theme.color("accent").name()
        between = across[across.index(ring) : len(across) - across[::-1].index(inside) - 1]
        assert set(between) - {ring, inside}, across
    finally:
        theme.apply(Look())


def test_a_long_text_ends_where_the_room_ends_and_makes_nothing_wider(qtbot: QtBot) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(Check("Spoed: de collega ziet dit bij de notitie"))
    qtbot.addWidget(holder)
    assert column.minimumSize().width() < column.sizeHint().width()
