"""What a plugin declares before any of its code loads: its tab and its commands. Imports nothing heavy, no Qt.

A manifest imports this, and not `ui.sdk`: every manifest is read before the first paint.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kcs_desktop.domain.rechten import Recht

__all__ = ["Beschikbaar", "Command", "CommandMaker", "Manifest", "Recht"]

Beschikbaar = Literal["altijd", "contact", "klant"]


class Command(msgspec.Struct, frozen=True):
    """Something the employee can do, as data: menus, palette, shortcuts and help derive from it.

    `doet` is "module:function"; the function gets the TabContext. `functie` and `recht` are what the role must have
    (an empty functie: everyone); `beschikbaar`: needs nothing, an active contact, or an active contact with a customer.
    `verbinding`: only the backend can do it, so without a connection it is off beforehand, with the reason.
    `herhaalt`: holding its key does it again and again, as for what goes a step on.
    """

    id: str
    titel: str
    doet: str
    sneltoets: str = ""
    functie: str = ""
    recht: Recht = Recht.RAADPLEGEN
    beschikbaar: Beschikbaar = "altijd"
    groep: str = ""
    icoon: str = "actie"
    verbinding: bool = False
    herhaalt: bool = False


class CommandMaker(msgspec.Struct, frozen=True):
    """Makes the commands of one module of a plugin. It holds what these share; called, it makes one.

    `tab` is the id of its manifest, with which theirs begin; `doet` is the name of the function alone.
    """

    tab: str
    module: str
    functie: str
    groep: str
    recht: Recht = Recht.RAADPLEGEN

    def __call__(
        self,
        naam: str,
        titel: str,
        doet: str,
        sneltoets: str,
        icoon: str,
        *,
        verbinding: bool = False,
        herhaalt: bool = False,
    ) -> Command:
        return Command(
            f"{self.tab}.{naam}",
            titel,
            f"{self.module}:{doet}",
            sneltoets,
            self.functie,
            self.recht,
            groep=self.groep,
            icoon=icoon,
            verbinding=verbinding,
            herhaalt=herhaalt,
        )


class Manifest(msgspec.Struct, frozen=True):
    """A tab. `functies` are rows of functies_per_rol.csv: a role that may see any of them sees it (none: everyone).

    What it shows of itself beyond that is by the rights of its parts. `volgorde` sorts the rail.

    `tab` is "module:function", called with the TabContext at the first show; it returns a Tab.
    """

    id: str
    titel: str
    icoon: str
    functies: tuple[str, ...]
    volgorde: int
    tab: str
    commands: tuple[Command, ...] = ()
