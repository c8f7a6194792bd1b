"""Read the design tokens: the shipped file, and over it the municipality's own. Must not know Qt."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec


class TokenError(ValueError):
    """A token file that cannot be used; the message names the file and the key."""


class Maat(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes in pixels at 100%."""

    ruimte: int
    hoek: tuple[int, int, int]  # flag, control, card
    regel: int
    rail: int
    contactpaneel: int


class Letter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Families in order of preference; per size (pixels, line height)."""

    familie: tuple[str, ...]
    klein: tuple[int, int]
    bij: tuple[int, int]
    gewoon: tuple[int, int]
    titel: tuple[int, int]
    nadruk: int


class Kleuren(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One theme's colours as #RRGGBB."""

    ondergrond: str
    rail: str
    vlak: str
    verhoogd: str
    lijn: str
    lijn_bediening: str
    focus: str
    tekst: str
    tekst_zacht: str
    accent: str
    accent_zacht: str
    goed: str
    goed_zacht: str
    let_op: str
    let_op_zacht: str
    fout: str
    fout_zacht: str
    op_accent: str
    op_fout: str
    schaduw: str


class Tokens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a theme is made of."""

    maat: Maat
    letter: Letter
    kleur: dict[str, Kleuren]


def load_tokens(own: Path | None = None) -> Tokens:
    """The shipped tokens, with the keys of `own` over them.

    Raises TokenError when `own` cannot be read, holds an unknown key, or a colour that is none.
    """
    base = tomllib.loads((Path(import_module("resources.thema").__path__[0]) / "tokens.toml").read_text("utf-8"))
    if own is not None:
        try:
            over = tomllib.loads(own.read_text("utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TokenError(f"{own}: {error}") from error
        base = _merged(base, over)
    where = str(own) if own else "tokens.toml"
    try:
        tokens = msgspec.convert(base, Tokens)
    except msgspec.ValidationError as error:
        raise TokenError(f"{where}: {error}") from error
    for theme, colours in tokens.kleur.items():
        for name in Kleuren.__struct_fields__:
            if not _is_colour(getattr(colours, name)):
                raise TokenError(f"{where}: kleur.{theme}.{name} is geen kleur als #RRGGBB")
    return tokens


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, 1 to 21."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in over.items():
        kept = result.get(key)
        result[key] = _merged(kept, value) if isinstance(kept, Mapping) and isinstance(value, Mapping) else value
    return result
