"""Every command of the window, by owner, so that what a plugin registered goes with it. Must not know Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kcs_desktop.sdk import Recht, Seat, Verbinding
from ui.manifest import Command

FRAME = "venster"


class DuplicateCommand(ValueError):
    """Two commands with one id or one shortcut; the message names both owners."""


class CommandRegistry:
    """Ids and shortcuts are unique over all owners; the order of registration is the order of the lists."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._commands: dict[str, Command] = {}
        self._shortcuts: dict[str, str] = {}

    def register(self, owner: str, commands: Iterable[Command]) -> None:
        """All of them, or none: raises DuplicateCommand before anything changed."""
        new = tuple(commands)
        ids: set[str] = set()
        keys: dict[str, str] = {}
        for command in new:
            if command.id in self._commands or command.id in ids:
                other = self._owners.get(command.id, owner)
                raise DuplicateCommand(f'opdracht "{command.id}" van {owner} bestaat al bij {other}')
            ids.add(command.id)
            key = normal_shortcut(command.sneltoets)
            taken = self._shortcuts.get(key) or keys.get(key)
            if key and taken:
                raise DuplicateCommand(f'toets {command.sneltoets} van "{command.id}" is al van "{taken}"')
            if key:
                keys[key] = command.id
        for command in new:
            self._commands[command.id] = command
            self._owners[command.id] = owner
        self._shortcuts.update(keys)

    def unregister(self, owner: str) -> None:
        """Everything this owner registered."""
        for id_ in [i for i, o in self._owners.items() if o == owner]:
            command = self._commands.pop(id_)
            del self._owners[id_]
            self._shortcuts.pop(normal_shortcut(command.sneltoets), None)

    def get(self, id_: str) -> Command | None:
        return self._commands.get(id_)

    def owner(self, id_: str) -> str:
        return self._owners[id_]

    @property
    def all(self) -> Sequence[Command]:
        return tuple(self._commands.values())

    def of(self, owner: str) -> Sequence[Command]:
        return tuple(c for c in self._commands.values() if self._owners[c.id] == owner)


def normal_shortcut(shortcut: str) -> str:
    """One spelling per key combination: modifiers in a fixed order, letters in lower case."""
    if not shortcut:
        return ""
    *modifiers, key = [part.strip().lower() for part in shortcut.replace("++", "+plus").split("+")]
    return "+".join([*sorted(modifiers), {"enter": "return"}.get(key, key)])


NO_CONNECTION = "Dit kan niet zonder verbinding."


def refusal(command: Command, seat: Seat) -> str:
    """Why a command may not run now, in Dutch; "" when it may."""
    sessie = seat.sessie
    if sessie is None:
        return "" if not command.functie and command.beschikbaar == "altijd" else "Meld u eerst aan."
    if command.functie and not sessie.mag(command.functie, Recht(command.recht)):
        return "Met uw rol mag dit niet."
    active = seat.contacten.active
    if command.beschikbaar != "altijd" and active is None:
        return "Er is geen contact open."
    if command.beschikbaar == "klant" and active is not None and active.klant is None:
        return "Dit contact heeft nog geen klant."
    if command.verbinding and seat.verbinding is not Verbinding.VERBONDEN:
        return NO_CONNECTION
    return ""
