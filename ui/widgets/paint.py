"""Shapes that several widgets draw: rounded surfaces, key hints, focus halo. No state, no widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme.theme import Theme, current_theme


def surface(
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, *, width: float = 1
) -> None:
    """A rounded rectangle whose border lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2 if line is not None else 0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def dashed(painter: QPainter, rect: QRectF, radius: float, line: QColor) -> None:
    """A border of dashes inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def fill(painter: QPainter, rect: QRect, color: QColor) -> None:
    """What `fillRect` does; that makes PySide6 load the 180 named gradients to see whether the colour is one."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawRect(rect)
    painter.restore()


def halo(painter: QPainter, rect: QRectF, radius: float, theme: Theme) -> None:
    """The focus sign: a ring of two pixels on `rect` and a soft halo of three around it."""
    surface(painter, rect.adjusted(-3, -3, 3, 3), radius + 3, None, theme.color("accent_zacht"), width=3)
    surface(painter, rect, radius, None, theme.color("focus"), width=2)


def blend(first: QColor, second: QColor, part: float) -> QColor:
    """`part` of `second` over `first`."""
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * part,
        first.greenF() + (second.greenF() - first.greenF()) * part,
        first.blueF() + (second.blueF() - first.blueF()) * part,
    )


def key_width(theme: Theme, keys: str) -> int:
    """How wide `key_hint` draws these keys."""
    return theme.metrics("klein").horizontalAdvance(keys) + theme.px(12)


def key_height(theme: Theme) -> int:
    return theme.line("klein") + theme.px(2)


def key_hint(painter: QPainter, right: QPointF, keys: str, color: QColor, line: QColor) -> QRectF:
    """A small framed key name whose right edge and vertical middle are at `right`; returns what it covers."""
    theme = current_theme()
    width, height = key_width(theme, keys), key_height(theme)
    rect = QRectF(round(right.x() - width), round(right.y() - height / 2), width, height)
    surface(painter, rect, 4, None, line)
    painter.save()
    painter.setFont(theme.font("klein"))
    painter.setPen(color)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()
    return rect


def shown_keys(shortcut: str) -> str:
    """A shortcut as the window writes it: "Ctrl+Return" becomes "Ctrl ↵"."""
    names = {"Return": "↵", "Enter": "↵", "Escape": "Esc", "Shift": "Shift", "PgUp": "PgUp", "Up": "↑", "Down": "↓"}
    parts = shortcut.removesuffix("+").split("+") + ["+"] * shortcut.endswith("+")
    return " ".join(names.get(part, part) for part in parts if part)
