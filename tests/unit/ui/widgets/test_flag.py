"""What must not be missed is never cut off: a flag takes a second line before it drops a word."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.flag import Flag
from ui.widgets.flow import FlowLayout


def test_a_flag_without_room_for_its_line_grows_in_height(qapp: QApplication) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    flag = Flag("Geheimhouding: niet verstrekken aan derden", "fout", "geheimhouding")
    flow.addWidget(flag)
    line = flag.sizeHint()
    holder.resize(line.width(), 200)
    holder.show()
    qapp.processEvents()
    assert flag.height() == line.height()
    holder.resize(line.width() - 40, 200)
    qapp.processEvents()
    assert flag.height() > line.height()
    assert flag.toolTip() == ""
    holder.close()
