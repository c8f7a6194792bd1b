"""Alt with a letter or digit leads somewhere; where nothing has it, it does nothing, and types nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def is_alt_letter(event: QEvent) -> bool:
    """Whether this is Alt with a key that would type itself. A key that types something else with Alt is typing."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    is_alt = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier == Qt.KeyboardModifier.AltModifier
    typed = event.text()
    return is_alt and typed.isalnum() and [ord(sign) for sign in typed.upper()] == [event.key()]
