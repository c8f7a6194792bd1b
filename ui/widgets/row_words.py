"""Which words of a row are shown in its width, and where: measured once, painted often. Must not paint."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from ui.theme.theme import Lettermaat, current_theme
from ui.widgets.flag import Toon
from ui.widgets.paint import key_width
from ui.widgets.row import Row

SUBTITLE_LINES = 2
_NARROW = 440  # pixels at 100%: in a list that is less wide every number stands under its title
_CUT = Qt.TextElideMode.ElideRight
_LATIN_END = "\u0250"
_GAPS = dict.fromkeys(map(ord, "\n\r\t\u2028\u2029"), " ")  # a line of a row is one line


class FlagWords(NamedTuple):
    """One flag of a row: `at` and `width` in pixels from where the title begins."""

    text: str
    tone: Toon
    at: float
    width: float


class RowWords(NamedTuple):
    """What `laid_out` made of a row. `suffix_at` counts from where the title begins, `right` from the right edge;
    `below` is the suffix where it stands under the title, which then has its line to itself; `right_line` is the line
    that the right column begins beside, of which the title is 0."""

    room: int
    right: int
    right_line: int
    title: str
    suffix: str
    suffix_at: int
    below: str
    lines: tuple[str, ...]
    flags: tuple[FlagWords, ...]


def left_edge() -> int:
    """Where the words begin, after the icon."""
    theme = current_theme()
    return theme.space(4) + theme.px(18) + theme.space(4)


def room_of(row: Row, width: int) -> int:
    """How wide the title and the lines under it may be in a row of `width` pixels."""
    return width - 1 - current_theme().space(4) - left_edge() - right_width(row)


def right_width(row: Row) -> int:
    """What the right column takes."""
    if not (row.right or row.right_below or row.keys):
        return 0  # most rows: nothing is measured for them
    theme = current_theme()
    metrics = theme.metrics("bij")
    width = max(metrics.horizontalAdvance(row.right), metrics.horizontalAdvance(row.right_below))
    if row.keys:
        width = max(width, key_width(theme, row.keys))
    return width + theme.space(3) if width else 0


def is_narrow(width: int) -> bool:
    """Whether in a list of `width` pixels a number and a title do not go beside each other."""
    return width < current_theme().px(_NARROW)


def is_stacked(row: Row, width: int) -> bool:
    """Whether the suffix goes under the title: one that is kept whole, where both do not fit beside each other."""
    if not (row.keeps_suffix and row.suffix):
        return False
    return is_narrow(width) or not fits(f"{row.title} {row.suffix}", "gewoon", room_of(row, width))


def right_line(row: Row, width: int) -> int:
    """Beside which line the right column begins: the title, the suffix under it, or below that where the suffix takes
    the whole width."""
    if not is_stacked(row, width):
        return 0
    return 1 if fits(row.suffix, "bij", room_of(row, width)) else 2


def is_one_line(row: Row, width: int) -> bool:
    """Whether the subtitle fits on one line of a row of `width` pixels."""
    return fits(row.subtitle, "bij", room_of(row, width))


def fits(text: str, size: Lettermaat, room: float) -> bool:
    """Whether the text fits in `room` pixels. Of a text with room to spare nothing is measured."""
    theme = current_theme()
    # No text in Latin letters is as wide as its widest letter so many times.
    if len(text) * theme.em(size) <= room and (text.isascii() or max(text) < _LATIN_END):
        return True
    return theme.metrics(size).horizontalAdvance(text) <= room


def laid_out(row: Row, width: int, *, one_line: bool) -> RowWords:
    """The words of a row of `width` pixels; `one_line` is what `is_one_line` said of it."""
    theme = current_theme()
    if row.is_kop:
        room = width - theme.space(8)
        one_line = fits(row.subtitle, "klein", room)
        return RowWords(
            room, 0, 0, _on_one_line(row.title), "", 0, "", _lines(row.subtitle, "klein", room, one_line), ()
        )
    right = right_width(row)
    room = width - 1 - theme.space(4) - left_edge() - right
    below, beside = "", right_line(row, width)
    if beside:
        below = _on_one_line(theme.metrics("bij").elidedText(row.suffix, _CUT, room if beside == 1 else room + right))
    title, suffix, suffix_at = _title(row.title, "" if below else row.suffix, room + right if below else room)
    lines = _lines(row.subtitle, "bij", room, one_line)
    title, suffix = _on_one_line(title), _on_one_line(suffix)
    return RowWords(room, right, beside, title, suffix, suffix_at, below, lines, _flags(row, room))


def _on_one_line(text: str) -> str:
    return text if text.isprintable() else text.translate(_GAPS)


def _lines(text: str, size: Lettermaat, room: float, one_line: bool) -> tuple[str, ...]:
    if not text:
        return ()
    lines = (text,) if one_line else lines_of(text, current_theme().font(size), room)
    return tuple(_on_one_line(line) for line in lines)


def _title(title: str, suffix: str, room: int) -> tuple[str, str, int]:
    if not suffix and fits(title, "gewoon", room):
        return title, "", 0
    theme = current_theme()
    metrics = theme.metrics("gewoon")
    used = metrics.horizontalAdvance(title)
    if used > room:
        title = metrics.elidedText(title, _CUT, room)
        used = metrics.horizontalAdvance(title)
    if not suffix:
        return title, "", 0
    at = used + metrics.horizontalAdvance(" ")
    if room - at <= theme.px(24):
        return title, "", 0
    return title, metrics.elidedText(suffix, _CUT, room - at), at


def _flags(row: Row, room: float) -> tuple[FlagWords, ...]:
    """Flags beside each other for as long as there is room; the last one may be cut."""
    if not row.flags:
        return ()
    theme = current_theme()
    metrics = theme.metrics("klein", bold=True)
    shown: list[FlagWords] = []
    at = 0.0
    for text, tone in row.flags:
        width = min(metrics.horizontalAdvance(text) + theme.space(3), room - at)
        if width < theme.px(24):
            break
        shown.append(FlagWords(metrics.elidedText(text, _CUT, int(width - theme.space(2))), tone, at, width))
        at += width + theme.space(1)
    return tuple(shown)


def lines_of(text: str, font: QFont, room: float) -> tuple[str, ...]:
    """The text over at most two lines, the last one ending in … where it goes on."""
    if not text:
        return ()
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= room:
        return (text,)
    from PySide6.QtGui import QTextLayout, QTextOption  # seldom needed, and dear before the first paint

    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < SUBTITLE_LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(room, 1))
        starts.append(line.textStart())
    layout.endLayout()
    parts = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=True)]
    parts[-1] = metrics.elidedText(parts[-1], _CUT, int(room))
    return tuple(parts)
