"""When the panel says what is wrong: of a field once it was left, of every field once finishing was tried.

Before that the panel is for helping. Pure, without Qt.
"""

from __future__ import annotations

from collections.abc import Iterable

from kcs_desktop.sdk import Contact, InvalidInput


class Opmerkingen:
    """Kept per contact; a contact that is folded begins anew."""

    def __init__(self) -> None:
        self._tried: set[str] = set()
        self._left: set[tuple[str, str, str]] = set()

    def leave(self, contact: Contact, veld: str) -> None:
        self._left.add((contact.id, contact.vraag.id, veld))

    def try_finish(self, contact: Contact) -> None:
        self._tried.add(contact.id)

    def ask_more(self, contact: Contact, problems: Iterable[InvalidInput]) -> None:
        """Fields come up that nobody has seen yet: what was said stays, and of those nothing is said beforehand."""
        if contact.id in self._tried:
            self._tried.discard(contact.id)
            self._left |= {(contact.id, contact.vraag.id, local_name(contact, one.field)) for one in problems}

    def forget(self, contact: Contact) -> None:
        self._tried.discard(contact.id)
        self._left = {left for left in self._left if left[0] != contact.id}

    def shown(self, contact: Contact, problems: Iterable[InvalidInput]) -> dict[str, str]:
        """What to say now, by the field of the active vraag; one thing per field."""
        said: dict[str, str] = {}
        for problem in problems:
            veld = local_name(contact, problem.field)
            if contact.id in self._tried or (contact.id, contact.vraag.id, veld) in self._left:
                said.setdefault(veld, problem.message)
        return said


def local_name(contact: Contact, field: str) -> str:
    """The name within the active vraag; a field of another vraag keeps its whole name."""
    return field.removeprefix(f"vragen.{contact.actieve_vraag}.")
