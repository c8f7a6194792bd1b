"""The rows of a list say what was written, and never render it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextDocument

from ui.widgets.row import Row
from ui.widgets.rows import KEY, RowModel


def test_what_a_register_wrote_stays_text_in_the_tooltip_of_a_row() -> None:
    said = "Straat <b>Kerk</b> & <img src='file:///etc/hosts'>"
    model = RowModel()
    model.set_rows([Row("1", "Johanna", tip=said)])
    shown = QTextDocument()
    shown.setHtml(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert shown.toPlainText() == said


def test_a_row_that_is_gone_can_be_asked_after() -> None:
    model = RowModel()
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    model.set_rows([Row("1", "een"), Row("2", "twee")])
    last = model.index(1)
    assert model.flags(last) & Qt.ItemFlag.ItemIsEnabled
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags, "no row is not the last one"
    model.set_rows([Row("1", "een")])
    assert model.flags(last) == Qt.ItemFlag.NoItemFlags
    assert model.data(last, KEY) is None


def test_where_a_row_went_stands_what_came_in_its_place_else_the_one_above() -> None:
    model = RowModel()
    assert model.key_near(0) == ""
    model.set_rows([Row("kop", "Vandaag", is_kop=True), Row("1", "een"), Row("2", "twee"), Row("3", "drie")])
    assert [model.key_near(place) for place in (-1, 0, 1, 2, 4)] == ["1", "1", "1", "2", "3"]
    assert [model.key_near(1, rather) for rather in (("3",), ("elders",))] == ["3", "1"]
    assert model.key_near(4, ("1", "2")) == "2"
