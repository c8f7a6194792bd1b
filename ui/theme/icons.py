"""Icons from the Phosphor font that ships inside the qtawesome package, without importing that package (36 MB).

Colour follows token, state and theme at the moment of painting, so icons switch live. Must not know any widget.
"""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from ui.theme.theme import current_theme

_PACKAGE = "qtawesome"
_FONT = "phosphor"


class UnknownIcon(ValueError):
    """The name stands neither in iconen.toml nor in the font."""


@cache
def _fonts_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the package {_PACKAGE}, which carries the icon font, is not installed")
    return Path(spec.origin).parent / "fonts"


@cache
def _words() -> dict[str, str]:
    return tomllib.loads((Path(import_module("resources.iconen").__path__[0]) / "iconen.toml").read_text("utf-8"))


@cache
def _charmap() -> dict[str, str]:
    """Hexadecimal code by name; made a character where it is used, for the font has thousands."""
    (path,) = _fonts_folder().glob(f"{_FONT}-charmap-*.json")
    codes: dict[str, str] = json.loads(path.read_text("utf-8"))
    return codes


@cache
def _family() -> str:
    (path,) = (p for p in _fonts_folder().glob(f"{_FONT}-*.ttf"))
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    if not families:
        raise FileNotFoundError(f"the icon font {path} cannot be loaded")
    return families[0]


@cache
def glyph(name: str) -> str:
    """The character of a word of iconen.toml, or of a glyph of the font. Raises UnknownIcon."""
    found = _charmap().get(_words().get(name, name))
    if found is None:
        raise UnknownIcon(f'icoon "{name}" bestaat niet')
    return chr(int(found, 16))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, color: QColor) -> None:
    """Draw an icon that fills the square in the middle of `rect`."""
    side = int(min(rect.width(), rect.height()))
    font = QFont(_family())
    font.setPixelSize(max(side, 1))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter.save()
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QRectF(rect), Qt.AlignmentFlag.AlignCenter, glyph(name))
    painter.restore()


class _GlyphEngine(QIconEngine):
    def __init__(self, name: str, token: str, active: str) -> None:
        super().__init__()
        self._name = name
        self._token = token
        self._active = active

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, self._color(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # `size` counts device pixels already; Qt sets the device pixel ratio on what is returned.
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return result

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._name, self._token, self._active)

    def _color(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        theme = current_theme()
        if mode == QIcon.Mode.Disabled:
            color = QColor(theme.color("tekst_zacht"))
            color.setAlphaF(0.6)
            return color
        is_active = state == QIcon.State.On or mode == QIcon.Mode.Selected
        return theme.color(self._active if is_active else self._token)


def icon(name: str, color: str = "tekst_zacht", *, active: str = "") -> QIcon:
    """An icon in the colour of a token; `active` is the token when checked or selected. Raises UnknownIcon."""
    glyph(name)
    return QIcon(_GlyphEngine(name, color, active or color))
