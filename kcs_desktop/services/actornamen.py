"""The names of who has a callback note: the register gives their uuids only, and a name seldom changes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.klantinteracties import read_actornaam
from kcs_desktop.domain.errors import KcsError, NotFound
from kcs_desktop.domain.klant import Klantbeeld, Terugbelnotitie

AT_ONCE = 8  # names asked beside each other; the rest comes with the next reading


class Actornamen:
    """One per seat: each actor is asked once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._namen: dict[str, str] = {}  # by uuid; "" where the register has no name for it

    def unknown(self, beeld: Klantbeeld) -> tuple[str, ...]:
        """Whom this picture mentions and nobody asked about yet, at most as many as are asked at once."""
        genoemd = dict.fromkeys(uuid for notitie in beeld.terugbelnotities for uuid in notitie.actoren)
        return tuple(uuid for uuid in genoemd if uuid not in self._namen)[:AT_ONCE]

    async def learn(self, actoren: Iterable[str], doel: Doel) -> None:
        """Ask their names. What is not answered stays unknown, and is asked again with a next picture."""
        await asyncio.gather(*(self._ask(uuid, doel) for uuid in actoren))

    def named(self, beeld: Klantbeeld) -> Klantbeeld:
        """With the names that are known."""
        notities = tuple(self._named(notitie) for notitie in beeld.terugbelnotities)
        if notities == beeld.terugbelnotities:
            return beeld
        return msgspec.structs.replace(beeld, terugbelnotities=notities)

    def _named(self, notitie: Terugbelnotitie) -> Terugbelnotitie:
        namen = tuple(naam for uuid in notitie.actoren if (naam := self._namen.get(uuid)))
        return msgspec.structs.replace(notitie, toegewezen_aan=namen) if namen else notitie

    async def _ask(self, uuid: str, doel: Doel) -> None:
        with suppress(KcsError):
            try:
                self._namen[uuid] = await read_actornaam(self._client, uuid, doel)
            except NotFound:
                self._namen[uuid] = ""
