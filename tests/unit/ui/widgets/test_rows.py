"""The rows of a list say what was written, and never render it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from ui.widgets.row import Row
from ui.widgets.rows import RowModel


def test_what_a_register_wrote_stays_text_in_the_tooltip_of_a_row() -> None:
    said = "Straat <b>Kerk</b> & <img src='file:///etc/hosts'>"
    model = RowModel()
    model.set_rows([Row("1", "Johanna", tip=said)])
    shown = QTextDocument()
    shown.setHtml(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert shown.toPlainText() == said
