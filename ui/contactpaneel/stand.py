"""How the panel stood for one contact, so that it stands so again: cursor and selection per vraag, unfolded, scroll."""

from __future__ import annotations

import msgspec

NAAM = "contactpaneel"  # under which it is kept with the contact


class Stand(msgspec.Struct, omit_defaults=True):
    """`cursor` holds per vraag where a selection began and where the cursor stands; the same place for no selection.

    `zonder_nummer` are the vragen of whose callback note the number was taken out by hand.
    """

    cursor: dict[str, tuple[int, int]] = {}
    afronden: bool = False
    scroll: int = 0
    zonder_nummer: tuple[str, ...] = ()


def to_text(stand: Stand) -> str:
    return msgspec.json.encode(stand).decode()


def from_text(tekst: str) -> Stand:
    """A text of another version, or none, is a panel that was never touched."""
    try:
        return msgspec.json.decode(tekst, type=Stand)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Stand()
