"""Who has the focus. A widget's own `focusWidget()` does not tell: it is the child that had it last, maybe long ago."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def holds_focus(*parts: QWidget) -> bool:
    """Whether the focus of their window is on one of these or in it, also while another window is the active one."""
    focused: QWidget | None = parts[0].window().focusWidget()
    return focused is not None and any(part is focused or part.isAncestorOf(focused) for part in parts)
