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
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

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


def icon(name: str, color: str = "tekst_zacht", *, active: str = "") -> QIcon:
    """An icon in the colour of a token; `active` is the token when checked or selected. Raises UnknownIcon."""
    from ui.theme.icon_engine import made_icon  # QIcon has 150 enumeration values; the first frame needs none

    glyph(name)
    return made_icon(name, color, active or color)
