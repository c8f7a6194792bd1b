"""A word longer than its line is never cut off, and what is copied of it is what was written."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.long_label import LongLabel

MAIL = "info@bakkerijproefduin.voorbeeld.nl"


@pytest.mark.parametrize("width", [400, 180, 120, 60])
def test_a_long_address_is_painted_whole_at_every_width(qtbot: QtBot, width: int) -> None:
    label = LongLabel(MAIL, selectable=True)
    qtbot.addWidget(label)
    line = label.heightForWidth(1000)
    label.resize(width, label.heightForWidth(width))
    label.show()
    QApplication.processEvents()
    words = label.fontMetrics().horizontalAdvance(MAIL)
    assert label.height() >= line * (words / width) - line
    assert (label.height() > line) == (words > width)
    picture = label.grab().toImage()
    edge = [picture.pixel(picture.width() - 1, y) for y in range(picture.height())]
    assert len(set(edge)) == 1  # nothing runs off the edge
    assert label.text() == MAIL


def test_a_long_address_asks_for_the_room_of_a_part(qtbot: QtBot) -> None:
    label = LongLabel("a" * 200 + "@voorbeeld.nl")
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 120


def test_beside_a_word_that_is_broken_lines_stay_lines(qtbot: QtBot) -> None:
    een, twee = LongLabel("a" * 60 + " kort"), LongLabel("a" * 60 + "\nkort")
    for label in (een, twee):
        qtbot.addWidget(label)
    width = een.fontMetrics().horizontalAdvance("a" * 50)
    assert twee.heightForWidth(width) == een.heightForWidth(width) + een.fontMetrics().height()


def test_another_text_is_measured_anew(qtbot: QtBot) -> None:
    label = LongLabel("kort")
    qtbot.addWidget(label)
    smal = label.minimumSizeHint().width()
    label.setText("langer" * 4)
    assert label.minimumSizeHint().width() > smal
