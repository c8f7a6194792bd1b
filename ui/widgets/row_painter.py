"""How a row is drawn: two lines, icon before, times behind. Must not know what holds the row, nor Qt's lists."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.flag import tone_colors
from ui.widgets.paint import blend, fill, key_hint, surface
from ui.widgets.row import Row
from ui.widgets.row_words import SUBTITLE_LINES, RowWords, is_one_line, laid_out, left_edge, right_line

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_AT_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
_CENTER = int(Qt.AlignmentFlag.AlignCenter)
_REMEMBERED = 4000  # heights, and words; a list of 1,000 rows at a few widths


class RowState(NamedTuple):
    """How a row stands in its list."""

    is_selected: bool
    is_hot: bool
    has_focus: bool
    is_last: bool


class RowMeasures(NamedTuple):
    """What every row of a list has in common, in the look of now: asked once, and not with every row."""

    top: int
    line: int
    left: int  # of the words
    icon_left: int
    icon_top: float
    icon_side: int
    font: QFont
    baseline: float
    ink: QColor
    soft_font: QFont
    soft_line: int
    soft_baseline: float
    soft: QColor


def measures() -> RowMeasures:
    theme = current_theme()
    top, line, side = theme.space(2 if theme.is_compact else 2.5), theme.line("gewoon"), theme.px(18)
    return RowMeasures(
        top,
        line,
        left_edge(),
        theme.space(4),
        top + (line - side) / 2,
        side,
        theme.font("gewoon"),
        theme.baseline("gewoon"),
        theme.color("tekst"),
        theme.font("bij"),
        theme.line("bij"),
        theme.baseline("bij"),
        theme.color("tekst_zacht"),
    )


class RowPainter:
    """Icon, title and suffix, subtitle over at most two lines, right column, flags, progress."""

    def __init__(self, *, lijnen: bool = True) -> None:
        self._has_lines = lijnen
        self._heights: dict[tuple[Row, int], int] = {}
        self._words: dict[tuple[Row, int], RowWords] = {}
        self._one_line: dict[tuple[Row, int], bool] = {}
        self._measures: RowMeasures | None = None
        current_theme().changed.connect(self._forget)

    def height(self, row: Row, width: int) -> int:
        """The height of a row in a list of `width` pixels."""
        known = self._heights.get((row, width))
        if known is None:
            if len(self._heights) > _REMEMBERED:
                self._heights.clear()
            known = self._heights[row, width] = self._measured(row, width)
        return known

    def _forget(self) -> None:
        self._heights.clear()
        self._words.clear()
        self._one_line.clear()
        self._measures = None

    def _laid_out(self, row: Row, width: int) -> RowWords:
        known = self._words.get((row, width))
        if known is None:
            if len(self._words) > _REMEMBERED:
                self._words.clear()
            one_line = not row.is_kop and self._is_one_line(row, width)
            known = self._words[row, width] = laid_out(row, width, one_line=one_line)
        return known

    def _is_one_line(self, row: Row, width: int) -> bool:
        known = self._one_line.get((row, width))
        if known is None:
            if len(self._one_line) > _REMEMBERED:
                self._one_line.clear()
            known = self._one_line[row, width] = is_one_line(row, width)
        return known

    def _measured(self, row: Row, width: int) -> int:
        theme = current_theme()
        if row.is_kop:
            return theme.line("klein") + theme.space(3) + len(self._laid_out(row, width).lines) * theme.line("klein")
        begins = right_line(row, width)
        # What does not fit on one line takes two, however it breaks: no text needs to be laid out for that.
        under = (1 if self._is_one_line(row, width) else SUBTITLE_LINES) if row.subtitle else 0
        beside = (begins > 1 and bool(row.right or row.right_below)) + bool(row.right_below)
        height = theme.line("gewoon") + (min(begins, 1) + max(under, beside)) * theme.line("bij")
        if row.flags:
            height += theme.line("klein") + theme.space(2)
        if row.progress:
            height += theme.space(3)
        return height + 2 * theme.space(2 if theme.is_compact else 2.5) + (1 if self._has_lines else 0)

    def paint(self, painter: QPainter, row: Row, rect: QRect, state: RowState) -> None:
        words = self._laid_out(row, rect.width())
        painter.save()
        if row.is_kop:
            _paint_group(painter, row, words, rect)
        else:
            self._paint_ground(painter, row, rect, state)
            if self._measures is None:
                self._measures = measures()
            _paint_row(painter, row, words, rect, self._measures, state)
        painter.restore()

    def _paint_ground(self, painter: QPainter, row: Row, rect: QRect, state: RowState) -> None:
        theme = current_theme()
        if state.is_selected:
            fill(painter, rect, theme.color("accent_zacht"))
        elif state.is_hot and not row.is_off:
            fill(painter, rect, blend(theme.color("vlak"), theme.color("accent_zacht"), 0.45))
        if self._has_lines and not state.is_last:
            painter.setPen(theme.color("lijn"))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        if state.is_selected and state.has_focus:
            inner = QRectF(rect).adjusted(1, 1, -1, -2 if self._has_lines else -1)
            surface(painter, inner, theme.radius("vlag"), None, theme.color("focus"), width=2)


def _paint_row(
    painter: QPainter, row: Row, words: RowWords, rect: QRect, measures: RowMeasures, state: RowState
) -> None:
    """Words stand at their baseline: within a rectangle Qt measures and lays out each of them once more."""
    edge, start = rect.left(), rect.top()
    left, top = edge + measures.left, start + measures.top
    if row.icon:
        side = measures.icon_side
        place = QRectF(edge + measures.icon_left, start + measures.icon_top, side, side)
        paint_icon(painter, place, row.icon, current_theme().color(row.tone))
    painter.setFont(measures.font)
    painter.setPen(measures.soft if row.is_off else measures.ink)
    painter.drawText(QPointF(left, top + measures.baseline), words.title)
    painter.setPen(measures.soft)
    if words.suffix:
        painter.drawText(QPointF(left + words.suffix_at, top + measures.baseline), words.suffix)
    painter.setFont(measures.soft_font)
    if words.right:
        lines = words.right_line
        beside = top + measures.line + (lines - 1) * measures.soft_line if lines else top
        _paint_right(painter, row, words.right, rect, beside, measures.soft_line if lines else measures.line)
    top += measures.line
    for text in (words.below, *words.lines) if words.below else words.lines:
        painter.drawText(QPointF(left, top + measures.soft_baseline), text)
        top += measures.soft_line
    if row.flags or row.progress:
        _paint_below(painter, row, words, QPointF(left, top), rect.right(), is_selected=state.is_selected)


def _paint_below(
    painter: QPainter, row: Row, words: RowWords, start: QPointF, right: int, *, is_selected: bool
) -> None:
    theme = current_theme()
    left, top = start.x(), start.y()
    if row.flags:
        _paint_flags(painter, words, QPointF(left, top + theme.space(1)), is_selected=is_selected)
        top += theme.line("klein") + theme.space(2)
    if row.progress:
        _paint_progress(painter, row.progress, QRectF(left, top + 6, right - left - theme.space(6), 4))


def _paint_group(painter: QPainter, row: Row, words: RowWords, rect: QRect) -> None:
    theme = current_theme()
    painter.setPen(theme.color("tekst_zacht"))
    line = QRect(rect.left() + theme.space(4), rect.top() + theme.space(2), 0, theme.line("klein"))
    line.setRight(rect.right() - theme.space(4))
    painter.setFont(theme.font("klein", bold=True))
    painter.drawText(line, _MIDDLE, row.title)
    painter.setFont(theme.font("klein"))
    painter.drawText(line, _AT_RIGHT, row.right)
    for note in words.lines:
        line.translate(0, theme.line("klein"))
        painter.drawText(line, _MIDDLE, note)


def _paint_right(painter: QPainter, row: Row, width: int, rect: QRect, top: int, line: int) -> None:
    """In the painter's font and pen, from `top` on, beside a line so high."""
    theme = current_theme()
    right = rect.right() - theme.space(4)
    if row.right:
        painter.drawText(QRectF(right - width, top, width, line), _AT_RIGHT, row.right)
    if row.right_below:
        painter.drawText(QRectF(right - width, top + line, width, theme.line("bij")), _AT_RIGHT, row.right_below)
    if row.keys:
        middle = QPointF(right, top + line / 2)
        key_hint(painter, middle, row.keys, theme.color("tekst_zacht"), theme.color("lijn"))


def _paint_flags(painter: QPainter, words: RowWords, start: QPointF, *, is_selected: bool) -> None:
    """On a selected row with a line around it: the ground of one tone is that of the row."""
    theme = current_theme()
    painter.setFont(theme.font("klein", bold=True))
    for flag in words.flags:
        color, ground = tone_colors(flag.tone)
        place = QRectF(start.x() + flag.at, start.y(), flag.width, theme.line("klein") + 2)
        line = color if is_selected or theme.name == "contrast" else None
        surface(painter, place, theme.radius("vlag"), ground, line)
        painter.setPen(color)
        painter.drawText(place, _CENTER, flag.text)


def _paint_progress(painter: QPainter, progress: tuple[int, int], place: QRectF) -> None:
    theme = current_theme()
    done, total = progress
    if total <= 0:
        return
    gap, height, round_ = 4, 4, 2
    width = (place.width() - gap * (total - 1)) / total
    full, empty = theme.color("accent"), theme.color("lijn")
    for step in range(total):
        box = QRectF(place.left() + step * (width + gap), place.top(), width, height)
        if theme.name == "contrast":
            # Its lines are as bright as its accent: how far it is shows by how much is filled.
            surface(painter, box, round_, None, empty)
            filled = width if step < done else width / 2 if step == done else 0
            if filled:
                surface(painter, QRectF(box.left(), box.top(), filled, height), round_, full)
        else:
            color = full if step < done else blend(empty, full, 0.4) if step == done else empty
            surface(painter, box, round_, color)
