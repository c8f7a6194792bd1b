"""Icons that stand for different things are told apart, small as they are drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBitmap, QColor, QImage, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from plugins.zaken.manifest import MANIFEST
from plugins.zaken.terugbellen_pagina import ACTIES
from ui.commands.frame_commands import COMMANDS
from ui.theme.glyphs import glyph
from ui.theme.icons import paint_icon
from ui.theme.theme import install_theme

SIDE = 20  # pixels; a multiple of four, so that no line of an image has unused bytes


def drawn(name: str, *, mirrored: bool = False) -> bytes:
    """How dark each pixel is, its ink moved to the corner: a pixel aside is no other icon."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint_icon(painter, QRectF(0, 0, SIDE, SIDE), name, QColor(Qt.GlobalColor.black))
    painter.end()
    seen = image.flipped(Qt.Orientation.Horizontal) if mirrored else image
    ink = QRegion(QBitmap.fromImage(seen.createAlphaMask())).boundingRect()
    moved = seen.copy(QRect(ink.topLeft(), QSize(SIDE, SIDE))).convertToFormat(QImage.Format.Format_Alpha8)
    return bytes(moved.constBits())


def unlike(one: bytes, other: bytes) -> float:
    """The part of their ink that they do not share: 0 where they are the same, 1 where nothing is."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / max(sum(one) + sum(other), 1)


def too_like(names: Sequence[str], least: float, *, mirrored: bool = False) -> list[tuple[str, str]]:
    seen = {name: (drawn(name), drawn(name, mirrored=mirrored)) for name in names}
    return [
        (one, other)
        for one, other in combinations(names, 2)
        if unlike(seen[one][0], seen[other][1]) < least and glyph(one) != glyph(other)
    ]


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> None:
    install_theme(qapp)


def test_no_icon_is_the_mirror_image_of_another() -> None:
    words = tomllib.loads((files("resources.iconen") / "iconen.toml").read_text("utf-8"))
    assert too_like(sorted(words), 0.05, mirrored=True) == []


def test_acts_that_stand_side_by_side_look_different() -> None:
    acts = [command.icoon for command in MANIFEST.commands if command.id.removeprefix("zaken.terugbellen_") in ACTIES]
    assert len(acts) == len(ACTIES) - 1, "taking over has the one of claiming"
    assert too_like(acts, 0.12) == []


def test_no_two_acts_on_the_session_and_what_is_kept_look_the_same() -> None:
    icons = [command.icoon for command in COMMANDS if command.groep == "Sessie"]
    assert len(icons) == len(set(icons))
