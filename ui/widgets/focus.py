"""Who has the focus. A widget's own `focusWidget()` does not tell: it is the child that had it last, maybe long ago."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


def holds_focus(*parts: QWidget) -> bool:
    """Whether the focus of their window is on one of these or in it, also while another window is the active one."""
    return any(_holds(part) for part in parts)


def _holds(part: QWidget) -> bool:
    focused: QWidget | None = part.window().focusWidget()
    return focused is not None and (part is focused or part.isAncestorOf(focused))


def give_back(before: QWidget | None, otherwise: QWidget | None) -> None:
    """The focus to what had it before something came over it; elsewhere where that is gone, hidden or was nothing."""
    is_there = before is not None and isValid(before) and before.isVisibleTo(before.window())
    taker = before if is_there else otherwise
    if taker is not None:
        taker.setFocus(Qt.FocusReason.OtherFocusReason)
