"""What a row shows of its words in its width, and that it is measured anew when the text grows."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme.theme import Look, Theme, install_theme
from ui.widgets.long_list import LongList
from ui.widgets.row import Row
from ui.widgets.row_painter import RowPainter, RowState
from ui.widgets.row_words import fits, is_one_line, laid_out
from ui.widgets.rows import ROW

LONG = "Belt over de verhuizing naar de Schelpenlaan en wil weten of het paspoort mee moet " * 4
AT_REST = RowState(is_selected=False, is_hot=False, has_focus=False, is_last=False)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = install_theme(qapp, look=Look(thema="licht"))
    yield made
    made.apply(Look())


def _painted(painter: RowPainter, row: Row, width: int) -> QImage:
    place = QRect(0, 0, width, painter.height(row, width))
    image = QImage(place.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    brush = QPainter(image)
    painter.paint(brush, row, place, AT_REST)
    brush.end()
    return image


def test_what_fits_is_shown_as_it_is(theme: Theme) -> None:
    words = laid_out(
        Row("1", "Verhuizing", "Belt over", suffix="Z-2026-1", flags=(("Open", "let_op"),)), 600, one_line=True
    )
    assert (words.title, words.suffix, words.lines) == ("Verhuizing", "Z-2026-1", ("Belt over",))
    assert [flag.text for flag in words.flags] == ["Open"]
    assert words.right == 0


def test_what_does_not_fit_ends_in_dots_within_its_room(theme: Theme) -> None:
    row = Row("1", LONG, LONG, suffix="Z-2026-1", right="vandaag 09:41", flags=(("Open", "let_op"), (LONG, "fout")))
    words = laid_out(row, 400, one_line=is_one_line(row, 400))
    assert words.title.endswith("…")
    assert theme.metrics("gewoon").horizontalAdvance(words.title) <= words.room
    assert words.suffix == "", "no room is left beside a title that is cut"
    assert len(words.lines) == 2
    assert words.lines[0] in LONG
    assert words.lines[1].endswith("…")
    assert all(theme.metrics("bij").horizontalAdvance(line) <= words.room for line in words.lines)
    assert words.room + words.right < 400
    assert words.flags[1].text.endswith("…")
    assert words.flags[1].at + words.flags[1].width <= words.room


@pytest.mark.parametrize("tekst", [100, 200])
def test_a_number_and_a_title_never_cut_each_other(theme: Theme, tekst: int) -> None:
    theme.apply(Look(thema="licht", tekst=tekst))
    title, number = "Bezwaar tegen een besluit", "ZAAK-2026-0000000127"
    row = Row("1", title, suffix=number, keeps_suffix=True)
    beside, under = (laid_out(row, width * tekst // 100, one_line=True) for width in (600, 320))
    assert (beside.title, beside.suffix, beside.below) == (title, number, "")
    assert (under.title, under.suffix, under.below) == (title, "", number)
    assert laid_out(Row("1", LONG, suffix=number, keeps_suffix=True), 800, one_line=True).below == number
    painter = RowPainter()
    lower = Row("1", title)
    assert painter.height(row, 300) - painter.height(lower, 300) == theme.line("bij")


@pytest.mark.parametrize("below", ["", "wacht 1 werkdag"])
def test_a_number_that_does_not_fit_beside_the_day_has_its_line_to_itself(theme: Theme, below: str) -> None:
    number = "ZAAK-2026-0000000127"
    row = Row("1", "Uitrit", "Kort", suffix=number, keeps_suffix=True, right="gisteren 09:06", right_below=below)
    words = [laid_out(row, width, one_line=True) for width in (400, 270)]
    assert [(one.below, one.right_line) for one in words] == [(number, 1), (number, 2)]
    painter = RowPainter()
    assert painter.height(row, 270) - painter.height(row, 400) == (theme.line("bij") if below else 0)


def test_a_row_has_room_for_what_stands_below_a_day_that_it_does_not_have(theme: Theme) -> None:
    ended = Row(
        "1", "Pieters", "Kort", suffix="KC-2026-0000412", keeps_suffix=True, right_below="door een ander programma"
    )
    begins = laid_out(ended, 300, one_line=True).right_line
    painter, dated = RowPainter(), msgspec.structs.replace(ended, right="gisteren 09:06")
    assert (begins, laid_out(dated, 300, one_line=True).right_line) == (2, 2)
    assert painter.height(ended, 300) == painter.height(dated, 300)


def test_in_a_narrow_list_all_numbers_stand_under_their_titles(theme: Theme) -> None:
    rows = [Row("1", title, suffix="Z-1", keeps_suffix=True) for title in ("Uitrit", "Bezwaar tegen een besluit")]
    assert [laid_out(row, 420, one_line=True).below for row in rows] == ["Z-1", "Z-1"]
    assert [laid_out(row, 480, one_line=True).suffix for row in rows] == ["Z-1", "Z-1"]


def test_under_a_title_the_day_stands_beside_the_number(theme: Theme) -> None:
    title = "Afschrift akte burgerlijke stand"
    row = Row("1", title, suffix="Z-1", keeps_suffix=True, right="20 oktober 2026")
    width = 60 + theme.metrics("gewoon").horizontalAdvance(title) + 40
    assert laid_out(row, width, one_line=True).title == title


def test_the_rows_of_a_long_list_are_as_high_as_its_width_asks(theme: Theme, qtbot: QtBot) -> None:
    row = Row("1", LONG, LONG, suffix="Z-2026-004127", keeps_suffix=True, progress=(1, 2))
    lijst = LongList("Zaken", lambda _place: row)
    qtbot.addWidget(lijst)
    lijst.show_count(50)
    lijst.show()
    for width in (300, 700, 320):
        lijst.resize(width, 200)
        shown = lijst.rows.index(0, 0).data(ROW)
        assert lijst.delegate.height(shown, lijst.viewport().width()) == lijst.row_height


def test_a_row_is_measured_anew_in_another_width_and_another_text_size(theme: Theme) -> None:
    row = Row("1", LONG, LONG, icon="contact", suffix="Z-2026-1", right="vandaag 09:41", flags=(("Open", "let_op"),))
    used = RowPainter()
    for width, tekst in ((400, 100), (700, 100), (400, 150), (400, 100)):
        theme.apply(Look(thema="licht", tekst=tekst))
        assert _painted(used, row, width) == _painted(RowPainter(), row, width)


def test_a_row_of_two_lines_has_the_height_of_two(theme: Theme) -> None:
    """Just too wide for one line: measured and painted in the same room, so that the second one is never cut off."""
    painter, row = RowPainter(), Row("1", "Titel", "Belt over de verhuizing naar de Schelpenlaan")
    heights: dict[int, set[int]] = {}
    for width in range(200, 500):
        lines = len(laid_out(row, width, one_line=is_one_line(row, width)).lines)
        heights.setdefault(lines, set()).add(painter.height(row, width))
    assert set(heights) == {1, 2}
    assert heights[1].isdisjoint(heights[2])


@pytest.mark.parametrize(
    "text", ["Jansen, 12-3-1971", "W" * 40, "Ægir Ðórsson @ " * 3, "日本語の名前" * 8, "ﷺ" * 20, ""]
)
def test_what_is_not_measured_fits(theme: Theme, text: str) -> None:
    for tekst in (100, 200):
        theme.apply(Look(thema="licht", tekst=tekst))
        real = theme.metrics("bij").horizontalAdvance(text)
        for room in (real - 1, real, real + 1, 2 * real, theme.em("bij") * len(text)):
            assert fits(text, "bij", room) is (real <= room), (tekst, room)


def test_a_line_of_a_row_is_one_line_whatever_a_register_wrote(theme: Theme) -> None:
    words = laid_out(Row("1", "Bakker\nen Zoon", "Kerkstraat 1\tProefdam"), 600, one_line=True)
    assert (words.title, words.lines) == ("Bakker en Zoon", ("Kerkstraat 1 Proefdam",))
