"""In which field somebody is and where in it, kept with the rest of how the window stands and found again after a
start. A field goes by its name on screen and, where more have that name, by which of them it is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QWidget

NAAM = "venster.cursor"  # under which it is kept
_FIELDS = (QLineEdit, QPlainTextEdit, QComboBox)

Stand = tuple[QWidget | None, tuple[int, int]]


class Plek(msgspec.Struct, frozen=True, omit_defaults=True):
    """`plaats` is a part of the window; `anker` is the other end of what is selected."""

    plaats: str
    veld: str
    nummer: int = 0
    anker: int = 0
    cursor: int = 0


def place_of(focused: QWidget | None, places: Mapping[str, QWidget]) -> Plek | None:
    """None where that is no field, or in none of these."""
    field = _field_of(focused)
    for naam, place in places.items():
        if field is not None and place.isAncestorOf(field):
            alike = _alike(place, field.accessibleName())
            if field not in alike:
                return None
            return Plek(naam, field.accessibleName(), alike.index(field), *_ends(field))
    return None


def stands(focused: QWidget | None) -> Stand:
    """What has the focus and where the cursor is in it: another after any typing, and after a step in a list."""
    if isinstance(focused, QAbstractItemView):
        return focused, (focused.currentIndex().row(), focused.currentIndex().column())
    if isinstance(focused, QComboBox) and not focused.isEditable():
        return focused, (focused.currentIndex(), 0)
    field = _field_of(focused)
    return focused, _ends(field) if field is not None else (0, 0)


def find(plek: Plek, places: Mapping[str, QWidget]) -> QWidget | None:
    """That field, where it is in sight and takes the cursor."""
    place = places.get(plek.plaats)
    alike = _alike(place, plek.veld) if place is not None else []
    found = alike[plek.nummer] if 0 <= plek.nummer < len(alike) else None
    return found if found is not None and found.isVisible() and found.isEnabled() else None


def put(field: QWidget, plek: Plek) -> None:
    """The cursor where it was, as far as there is text."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(field, QPlainTextEdit):
        end = len(field.toPlainText())
        cursor = field.textCursor()
        cursor.setPosition(min(max(0, plek.anker), end))
        cursor.setPosition(min(max(0, plek.cursor), end), QTextCursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)
        return
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        line.setCursorPosition(min(max(0, plek.anker), len(line.text())))
        line.cursorForward(True, min(max(0, plek.cursor), len(line.text())) - line.cursorPosition())  # noqa: FBT003 -- Qt


def read(bewaard: str) -> Plek | None:
    try:
        return msgspec.json.decode(bewaard, type=Plek)
    except msgspec.DecodeError:
        return None


def write(plek: Plek | None) -> str:
    return msgspec.json.encode(plek).decode() if plek is not None else ""


def _field_of(focused: QWidget | None) -> QWidget | None:
    """The line of a drop-down counts as the drop-down."""
    parent = focused.parentWidget() if focused is not None else None
    field = parent if isinstance(parent, QComboBox) else focused
    return field if isinstance(field, _FIELDS) and field.accessibleName() else None


def _alike(place: QWidget, veld: str) -> list[QWidget]:
    """Those of that name, in the order in which they were made."""
    named = (al for al in place.findChildren(QWidget) if isinstance(al, _FIELDS) and al.accessibleName() == veld)
    return [al for al in named if not isinstance(al.parentWidget(), QComboBox)]


def _ends(field: QWidget) -> tuple[int, int]:
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        return cursor.anchor(), cursor.position()
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if not isinstance(line, QLineEdit):
        return 0, 0
    place = line.cursorPosition()
    if not line.hasSelectedText():
        return place, place
    begin, end = line.selectionStart(), line.selectionEnd()
    return (end, begin) if place == begin else (begin, end)
