"""What stands in a row stays to be seen whatever the row lies on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.theme.theme import Look, current_theme, install_theme
from ui.theme.tokens import contrast
from ui.widgets.flag import Toon
from ui.widgets.row import Row
from ui.widgets.row_painter import RowPainter, RowState

_WIDE = 300
SELECTED = RowState(is_selected=True, is_hot=False, has_focus=False, is_last=True)


@pytest.fixture(params=["licht", "donker", "contrast"])
def thema(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    install_theme(qapp).apply(Look(thema=request.param))
    yield
    current_theme().apply(Look())


@pytest.mark.usefixtures("thema")
@pytest.mark.parametrize("toon", get_args(Toon))
def test_the_edge_of_a_flag_stands_out_from_the_ground_of_a_selected_row(toon: Toon) -> None:
    rows = RowPainter(lijnen=False)
    row = Row("1", "Melding", flags=(("Wordt verstuurd", toon),))
    height = rows.height(row, _WIDE)
    image = QImage(_WIDE, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    rows.paint(painter, row, QRect(0, 0, _WIDE, height), SELECTED)
    painter.end()
    theme = current_theme()
    middle = height - theme.space(2.5) - theme.space(1) - theme.line("klein") // 2
    line = [image.pixelColor(x, middle) for x in range(_WIDE)]
    ground = line[0]
    edge = next((color for color in line if color != ground), ground)
    assert contrast(edge.name(), ground.name()) >= 3
