"""A button that is off is seen to be off, also where a theme has no colours between."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.theme.theme import Look, current_theme
from ui.widgets.button import Button


def _border(button: Button) -> list[str]:
    """The colours along the top line, its corners left out."""
    image = button.grab().toImage()
    return [QColor(image.pixel(x, 0)).name() for x in range(20, button.width() - 20)]


@pytest.mark.parametrize("soort", ["primair", "gewoon"])
def test_in_high_contrast_the_line_of_a_button_that_is_off_is_dashed(qtbot: QtBot, soort: str) -> None:
    theme = current_theme()
    theme.apply(Look(thema="contrast"))
    try:
        button = Button("Afronden", "primair" if soort == "primair" else "gewoon")
        qtbot.addWidget(button)
        button.resize(button.sizeHint())
        assert len(set(_border(button))) == 1
        button.setEnabled(False)
        dashes = _border(button)
        changes = sum(before != after for before, after in pairwise(dashes))
        assert changes > 6
    finally:
        theme.apply(Look())
