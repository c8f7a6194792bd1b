"""The rail: what a button shows of its tab is whole at every size of text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.frame.rail import RailButton, RailItem
from ui.theme.theme import Look, install_theme


@pytest.mark.parametrize("tekst", [100, 125, 150, 200])
def test_the_number_of_what_waits_is_not_cut_off(qtbot: QtBot, qapp: QApplication, tekst: int) -> None:
    theme = install_theme(qapp, look=Look(thema="licht", tekst=tekst))
    try:
        button = RailButton(RailItem("zaken", "Zaken", "zaken", aantal=1))
        qtbot.addWidget(button)
        button.resize(theme.px(75), button.sizeHint().height())
        image = button.grab().toImage()
        red = theme.color("fout")
        rows = [y for y in range(image.height()) if any(image.pixelColor(x, y) == red for x in range(image.width()))]
        assert len(rows) >= theme.line("klein") + theme.px(2) - 2, "its edges are half see-through"
    finally:
        theme.apply(Look())
