"""How a row is drawn: two lines, icon before, times behind. Must not know what holds the row, nor Qt's lists."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from ui.theme.icons import paint_icon
from ui.theme.theme import current_theme
from ui.widgets.flag import tone_colors
from ui.widgets.paint import blend, fill, key_hint, key_width, surface
from ui.widgets.row import Row

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SUBTITLE_LINES = 2
_REMEMBERED = 4000  # heights; a list of 1,000 rows at a few widths


class RowState(NamedTuple):
    """How a row stands in its list."""

    is_selected: bool
    is_hot: bool
    has_focus: bool
    is_last: bool


class RowPainter:
    """Icon, title and suffix, subtitle over at most two lines, right column, flags, progress."""

    def __init__(self, *, lijnen: bool = True) -> None:
        self._has_lines = lijnen
        self._heights: dict[tuple[Row, int], int] = {}
        current_theme().changed.connect(self._heights.clear)

    def height(self, row: Row, width: int) -> int:
        """The height of a row in a list of `width` pixels."""
        known = self._heights.get((row, width))
        if known is None:
            if len(self._heights) > _REMEMBERED:
                self._heights.clear()
            known = self._heights[row, width] = self._measured(row, width)
        return known

    def _measured(self, row: Row, width: int) -> int:
        theme = current_theme()
        if row.is_kop:
            return theme.line("klein") + theme.space(3) + len(self._note(row, width)) * theme.line("klein")
        height = theme.line("gewoon")
        if row.subtitle:
            room = width - _left() - theme.space(4) - self._right_width(row)
            # What does not fit on one line takes two, however it breaks: no text needs to be laid out for that.
            is_one_line = QFontMetrics(theme.font("bij")).horizontalAdvance(row.subtitle) <= room
            height += (1 if is_one_line else _SUBTITLE_LINES) * theme.line("bij")
        elif row.right_below:
            height += theme.line("bij")
        if row.flags:
            height += theme.line("klein") + theme.space(2)
        if row.progress:
            height += theme.space(3)
        return height + 2 * theme.space(2 if theme.is_compact else 2.5) + (1 if self._has_lines else 0)

    def paint(self, painter: QPainter, row: Row, rect: QRect, state: RowState) -> None:
        theme = current_theme()
        painter.save()
        if row.is_kop:
            self._paint_group(painter, row, rect)
            painter.restore()
            return
        self._paint_ground(painter, row, rect, state)
        top = rect.top() + theme.space(2 if theme.is_compact else 2.5)
        left = rect.left() + _left()
        side = theme.px(18)
        if row.icon:
            place_icon = QRectF(rect.left() + theme.space(4), top + (theme.line("gewoon") - side) / 2, side, side)
            paint_icon(painter, place_icon, row.icon, theme.color(row.tone))
        room = rect.right() - theme.space(4) - left - self._paint_right(painter, row, rect, top)
        self._paint_title(painter, row, QRectF(left, top, room, theme.line("gewoon")))
        top += theme.line("gewoon")
        painter.setPen(theme.color("tekst_zacht"))
        painter.setFont(theme.font("bij"))
        for line in _lines(row.subtitle, theme.font("bij"), room):
            painter.drawText(QRectF(left, top, room, theme.line("bij")), int(_MIDDLE), line)
            top += theme.line("bij")
        if row.flags:
            self._paint_flags(painter, row, QPointF(left, top + theme.space(1)), room)
            top += theme.line("klein") + theme.space(2)
        if row.progress:
            _paint_progress(painter, row.progress, QRectF(left, top + 6, rect.right() - left - theme.space(6), 4))
        painter.restore()

    def _note(self, row: Row, width: int) -> list[str]:
        theme = current_theme()
        return _lines(row.subtitle, theme.font("klein"), width - theme.space(8))

    def _paint_group(self, painter: QPainter, row: Row, rect: QRect) -> None:
        theme = current_theme()
        painter.setPen(theme.color("tekst_zacht"))
        line = QRect(rect.left() + theme.space(4), rect.top() + theme.space(2), 0, theme.line("klein"))
        line.setRight(rect.right() - theme.space(4))
        painter.setFont(theme.font("klein", bold=True))
        painter.drawText(line, int(_MIDDLE), row.title)
        painter.setFont(theme.font("klein"))
        painter.drawText(line, int(_MIDDLE | Qt.AlignmentFlag.AlignRight), row.right)
        for note in self._note(row, rect.width()):
            line.translate(0, theme.line("klein"))
            painter.drawText(line, int(_MIDDLE), note)

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

    def _right_width(self, row: Row) -> int:
        if not (row.right or row.right_below or row.keys):
            return 0  # most rows: nothing is measured for them
        theme = current_theme()
        metrics = QFontMetrics(theme.font("bij"))
        width = max(metrics.horizontalAdvance(row.right), metrics.horizontalAdvance(row.right_below))
        if row.keys:
            width = max(width, key_width(theme, row.keys))
        return width + theme.space(3) if width else 0

    def _paint_right(self, painter: QPainter, row: Row, rect: QRect, top: int) -> int:
        width = self._right_width(row)
        if not width:
            return 0
        theme = current_theme()
        painter.setFont(theme.font("bij"))
        painter.setPen(theme.color("tekst_zacht"))
        right = rect.right() - theme.space(4)
        flags = int(_MIDDLE | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(right - width, top, width, theme.line("gewoon")), flags, row.right)
        below = QRectF(right - width, top + theme.line("gewoon"), width, theme.line("bij"))
        painter.drawText(below, flags, row.right_below)
        if row.keys:
            middle = QPointF(right, top + theme.line("gewoon") / 2)
            key_hint(painter, middle, row.keys, theme.color("tekst_zacht"), theme.color("lijn"))
        return width

    def _paint_title(self, painter: QPainter, row: Row, place: QRectF) -> None:
        theme = current_theme()
        font = theme.font("gewoon")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("tekst_zacht" if row.is_off else "tekst"))
        used = metrics.horizontalAdvance(row.title)
        shown = row.title
        if used > place.width():
            shown = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, int(place.width()))
            used = metrics.horizontalAdvance(shown)
        painter.drawText(place, int(_MIDDLE), shown)
        if row.suffix and place.width() - (used := used + metrics.horizontalAdvance(" ")) > theme.px(24):
            painter.setPen(theme.color("tekst_zacht"))
            rest = metrics.elidedText(row.suffix, Qt.TextElideMode.ElideRight, int(place.width() - used))
            painter.drawText(place.adjusted(used, 0, 0, 0), int(_MIDDLE), rest)

    def _paint_flags(self, painter: QPainter, row: Row, at: QPointF, room: float) -> None:
        theme = current_theme()
        font = theme.font("klein", bold=True)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left, limit = at.x(), at.x() + room
        for text, tone in row.flags:
            color, ground = tone_colors(tone)
            width = min(metrics.horizontalAdvance(text) + theme.space(3), limit - left)
            if width < theme.px(24):
                return
            place = QRectF(left, at.y(), width, theme.line("klein") + 2)
            surface(painter, place, theme.radius("vlag"), ground, color if theme.name == "contrast" else None)
            painter.setPen(color)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width - theme.space(2)))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
            left += width + theme.space(1)


def _left() -> int:
    theme = current_theme()
    return theme.space(4) + theme.px(18) + theme.space(4)


def _lines(text: str, font: QFont, room: float) -> list[str]:
    """The text over at most two lines, the last one ending in … where it goes on."""
    if not text:
        return []
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= room:
        return [text]
    from PySide6.QtGui import QTextLayout, QTextOption  # seldom needed, and dear before the first paint

    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < _SUBTITLE_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(room, 1))
        starts.append(line.textStart())
    layout.endLayout()
    parts = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
    parts[-1] = metrics.elidedText(parts[-1], Qt.TextElideMode.ElideRight, int(room))
    return parts


def _paint_progress(painter: QPainter, progress: tuple[int, int], place: QRectF) -> None:
    theme = current_theme()
    done, total = progress
    if total <= 0:
        return
    gap = 4
    width = (place.width() - gap * (total - 1)) / total
    for step in range(total):
        full, empty = theme.color("accent"), theme.color("lijn")
        color = full if step < done else blend(empty, full, 0.4) if step == done else empty
        surface(painter, QRectF(place.left() + step * (width + gap), place.top(), width, 4), 2, color)
