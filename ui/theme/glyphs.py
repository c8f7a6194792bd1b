"""Which character of the icon font an icon is: the Phosphor font that ships inside the qtawesome package.

That package itself is not imported (36 MB). Must not know Qt: the tables are read before Qt is loaded.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import msgspec

FONT = "phosphor"
_PACKAGE = "qtawesome"


class UnknownIcon(ValueError):
    """The name stands neither in iconen.toml nor in the font."""


@cache
def fonts_folder() -> Path:
    """Where the icon font and its table stand."""
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
    (path,) = fonts_folder().glob(f"{FONT}-charmap-*.json")
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


def read_tables() -> None:
    """Read both tables now: before Qt is there, every import and file is cheaper."""
    _words()
    _charmap()


@cache
def glyph(name: str) -> str:
    """The character of a word of iconen.toml, or of a glyph of the font. Raises UnknownIcon."""
    found = _charmap().get(_words().get(name, name))
    if found is None:
        raise UnknownIcon(f'icoon "{name}" bestaat niet')
    return chr(int(found, 16))
