"""Who has the focus. A widget's own `focusWidget()` does not tell: it is the child that had it last, maybe long ago."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def holds_focus(*parts: QWidget) -> bool:
    """Whether the focus of their window is on one of these or in it, also while another window is the active one."""
    return any(_holds(part) for part in parts)


def _holds(part: QWidget) -> bool:
    focused: QWidget | None = part.window().focusWidget()
    return focused is not None and (part is focused or part.isAncestorOf(focused))
