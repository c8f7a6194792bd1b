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


def test_the_height_of_flags_follows_what_they_say_and_how_many_there_are(qapp: QApplication) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    flag = Flag("Kort")
    flow.addWidget(flag)
    holder.resize(200, 200)
    holder.show()
    qapp.processEvents()
    line = flow.heightForWidth(200)
    flag.set_flag("Geheimhouding: niet verstrekken aan derden, ook niet op verzoek", "fout")
    assert flag.heightForWidth(200) > line
    assert flow.heightForWidth(200) == flag.heightForWidth(200)
    flag.set_flag("Kort", "fout")
    assert flow.heightForWidth(200) == line
    other = Flag("Handelt namens Bakkerij Het Zoete Broodje")
    flow.addWidget(other)
    other.show()
    assert flow.heightForWidth(200) > line
    flow.removeWidget(other)
    assert flow.heightForWidth(200) == line
    holder.close()


def test_what_is_lower_stands_in_the_middle_of_its_line(qapp: QApplication) -> None:
    holder = QWidget()
    flow = FlowLayout(holder)
    heights = (20, 40, 30)
    parts = [QWidget() for _ in heights]
    for part, height in zip(parts, heights, strict=True):
        part.setFixedSize(60, height)
        flow.addWidget(part)
    holder.resize(140, 200)  # two of them to a line
    holder.show()
    qapp.processEvents()
    assert [part.y() for part in parts] == [10, 0, 48]
    assert flow.heightForWidth(140) == 78
    holder.close()
