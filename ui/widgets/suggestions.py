"""The list of suggestions under what is typed, where Qt makes it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QCompleter

from ui.theme.theme import current_theme


def dressed(completer: QCompleter) -> QAbstractItemView | None:
    """Its list, with the look of a list: a window of its own, which the sheet would leave see-through."""
    popup = completer.popup()
    if popup is not None:
        popup.setObjectName("keuzelijst")  # as the sheet names it
        popup.setFont(current_theme().font("gewoon"))
    return popup
