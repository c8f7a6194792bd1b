"""The names of who has a callback note: the register gives their uuids only, and a name seldom changes."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.klantinteracties import read_actornaam, read_actornamen
from kcs_desktop.domain.errors import KcsError, NotFound
from kcs_desktop.domain.klant import Klantbeeld, Terugbelnotitie

AT_ONCE = 8  # names asked beside each other; the rest comes with the next reading


class Actornamen:
    """One per seat: one request for what fits on a page, and one for each actor beyond it."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._namen: dict[str, str] = {}  # by uuid; "" where the register has no name for it
        self._is_listed = False

    def unknown(self, beeld: Klantbeeld) -> tuple[str, ...]:
        """Whom this picture mentions and whose name was not asked yet."""
        genoemd = dict.fromkeys(uuid for notitie in beeld.terugbelnotities for uuid in notitie.actoren)
        return tuple(uuid for uuid in genoemd if uuid not in self._namen)

    async def list(self, doel: Doel) -> None:
        """Ask the names of all, once; ahead of the first picture, so that it need not wait for them."""
        if not self._is_listed:
            with suppress(KcsError):
                self._namen |= await read_actornamen(self._client, doel)
                self._is_listed = True

    async def learn(self, beeld: Klantbeeld, doel: Doel) -> None:
        """Ask who has its notes. What is not answered stays unknown, and is asked again with a next picture."""
        await self.list(doel)
        with suppress(KcsError):
            await asyncio.gather(*(self._ask(uuid, doel) for uuid in self.unknown(beeld)[:AT_ONCE]))

    def named(self, beeld: Klantbeeld) -> Klantbeeld:
        """With the names that are known."""
        notities = tuple(self._named(notitie) for notitie in beeld.terugbelnotities)
        if notities == beeld.terugbelnotities:
            return beeld
        return msgspec.structs.replace(beeld, terugbelnotities=notities)

    def _named(self, notitie: Terugbelnotitie) -> Terugbelnotitie:
        namen = tuple(naam for uuid in notitie.actoren if (naam := self._namen.get(uuid)))
        if not namen or namen == notitie.toegewezen_aan:
            return notitie
        return msgspec.structs.replace(notitie, toegewezen_aan=namen)

    async def _ask(self, uuid: str, doel: Doel) -> None:
        try:
            self._namen[uuid] = await read_actornaam(self._client, uuid, doel)
        except NotFound:
            self._namen[uuid] = ""
