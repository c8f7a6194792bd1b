"""A list over other widgets paints its rows and not what lies under them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme.theme import install_theme
from ui.widgets.row import Row
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.rows import RowModel
from ui.widgets.state_list import RowView


class Counter(QObject):
    paints = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.paints += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize(("ground", "repaints_beneath"), [("verhoogd", False), ("", True)])
def test_rows_on_a_ground_leave_what_is_under_them_alone(
    qtbot: QtBot, qapp: QApplication, ground: str, repaints_beneath: bool
) -> None:
    install_theme(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    beneath, view = QWidget(window), RowView()
    view.setParent(window)
    view.set_ground(ground)
    model = RowModel(view)
    model.set_rows([Row("a", "Een"), Row("b", "Twee")])
    view.setModel(model)
    view.setItemDelegate(RowDelegate(view))
    for widget in (beneath, view):
        widget.setGeometry(0, 0, 300, 200)
    window.resize(300, 200)
    window.show()
    QApplication.processEvents()
    counter = Counter()
    beneath.installEventFilter(counter)
    view.viewport().update()
    QApplication.processEvents()
    assert bool(counter.paints) is repaints_beneath
