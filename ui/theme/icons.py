"""Icons from the icon font. Colour follows token, state and theme at the moment of painting, so icons switch live.

Must not know any widget.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPainter

from ui.theme.glyphs import FONT, fonts_folder, glyph

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


@cache
def _family() -> str:
    (path,) = (p for p in fonts_folder().glob(f"{FONT}-*.ttf"))
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    if not families:
        raise FileNotFoundError(f"the icon font {path} cannot be loaded")
    return families[0]


@cache
def _font(side: int) -> QFont:
    """The icon font at one size; each keeps the shapes it drew."""
    font = QFont(_family())
    font.setPixelSize(side)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _rise(side: int) -> int:
    """From the top of an icon to the line it stands on."""
    return QFontMetrics(_font(side)).ascent()


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, color: QColor) -> None:
    """Draw an icon that fills the square in the middle of `rect`."""
    width, height = rect.width(), rect.height()
    side = int(min(width, height))
    painter.save()
    painter.setFont(_font(max(side, 1)))
    painter.setPen(color)
    if side == width == height > 0:  # most icons: a glyph is as wide as it is high, nothing needs to be measured
        painter.drawText(QPointF(rect.left(), rect.top() + _rise(side)), glyph(name))
    else:
        painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, glyph(name))
    painter.restore()


def icon(name: str, color: str = "tekst_zacht", *, active: str = "") -> QIcon:
    """An icon in the colour of a token; `active` is the token when checked or selected. Raises UnknownIcon."""
    from ui.theme.icon_engine import made_icon  # QIcon has 150 enumeration values; the first frame needs none

    glyph(name)
    return made_icon(name, color, active or color)
