"""Asks the registers for the parts of one zaak: the zaak and the contacts about it at once, the rest behind them.

Five requests, and one for each linked zaak. A part that failed leaves what was there, and its source says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.documenten import read_documenten_of
from kcs_desktop.api.klantinteracties import read_contacten_of_zaak
from kcs_desktop.api.zaken import read_regel, read_zaak
from kcs_desktop.domain.errors import Forbidden, KcsError, NotFound
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakbeeld import CONTACTEN, DOCUMENTEN, ZAKEN, Zaakbeeld
from kcs_desktop.services.lading import Lading

Verandering = Callable[[Zaakbeeld], Zaakbeeld]

LINKED = 25  # linked zaken whose line is read
_replace = msgspec.structs.replace


class Zaakdeel(StrEnum):
    """The parts that can be read again by themselves, named after their sources."""

    ZAAK = ZAKEN
    CONTACTEN = CONTACTEN
    DOCUMENTEN = DOCUMENTEN


ALLES = frozenset(Zaakdeel)
_FUNCTIE = {Zaakdeel.ZAAK: "zaken", Zaakdeel.CONTACTEN: "crm", Zaakdeel.DOCUMENTEN: "dossier"}
_WAT = {
    Zaakdeel.ZAAK: "De zaak kon niet worden opgehaald.",
    Zaakdeel.CONTACTEN: "De contacten over deze zaak konden niet worden opgehaald.",
    Zaakdeel.DOCUMENTEN: "De documenten konden niet worden opgehaald.",
}
_GEEN_RECHT = {
    Zaakdeel.ZAAK: "Met uw rol kunt u geen zaken raadplegen.",
    Zaakdeel.CONTACTEN: "Met uw rol kunt u geen contacten raadplegen.",
    Zaakdeel.DOCUMENTEN: "Met uw rol kunt u geen documenten raadplegen.",
}


def without_content(beeld: Zaakbeeld) -> Zaakbeeld:
    """Only what it is called: it is gone, or this sign-in may not see it."""
    return Zaakbeeld(beeld.verwijzing, bronnen=beeld.bronnen)


def without_contacten(beeld: Zaakbeeld) -> Zaakbeeld:
    return _replace(beeld, contacten=(), contacten_totaal=0)


def without_documenten(beeld: Zaakbeeld) -> Zaakbeeld:
    return _replace(beeld, documenten=())


_LEEG = {
    Zaakdeel.ZAAK: without_content,
    Zaakdeel.CONTACTEN: without_contacten,
    Zaakdeel.DOCUMENTEN: without_documenten,
}


class Zaaklader(Lading[Zaakbeeld, Zaakdeel]):
    """One load of one zaak."""

    def __init__(
        self,
        client: Client,
        clock: Callable[[], datetime],
        sessie: Sessie,
        doel: Doel,
        is_starting: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(clock, is_starting)
        self._client, self._sessie, self._doel = client, sessie, doel

    async def load(self, beeld: Zaakbeeld, delen: Iterable[Zaakdeel]) -> AsyncGenerator[Verandering, None]:
        """Every change as it arrives; closing the generator cancels what is still under way."""
        gevraagd = frozenset(delen)
        uuid, bekend = beeld.verwijzing.uuid, beeld.zaak
        async with self:
            if Zaakdeel.CONTACTEN in gevraagd:
                self._ask(Zaakdeel.CONTACTEN, lambda: self._read_contacten(uuid))
            if Zaakdeel.ZAAK in gevraagd:
                self._ask(Zaakdeel.ZAAK, lambda: self._read_zaak(beeld, gevraagd))
            elif Zaakdeel.DOCUMENTEN in gevraagd and bekend is not None:
                self._ask(Zaakdeel.DOCUMENTEN, lambda: self._read_documenten(bekend.url))
            while (verandering := await self.next()) is not None:
                yield verandering

    def said(self, deel: Zaakdeel, fout: KcsError) -> str:
        return _WAT[deel]

    def refused(self, deel: Zaakdeel, fout: KcsError) -> str:
        if deel is Zaakdeel.ZAAK and isinstance(fout, NotFound):
            return "Deze zaak staat niet meer in het register."
        if deel is Zaakdeel.DOCUMENTEN and isinstance(fout, NotFound):
            return "Deze server heeft geen register met documenten."
        return fout.message if isinstance(fout, (NotFound, Forbidden)) else ""

    def without(self, deel: Zaakdeel, beeld: Zaakbeeld) -> Zaakbeeld:
        return _LEEG[deel](beeld)

    def _ask(self, deel: Zaakdeel, werk: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if self._sessie.mag(_FUNCTIE[deel]):
            self.start(deel, werk)
        else:
            self.leave(deel, _GEEN_RECHT[deel])

    async def _read_zaak(self, beeld: Zaakbeeld, gevraagd: frozenset[Zaakdeel]) -> None:
        zaak = await read_zaak(self._client, beeld.verwijzing.uuid, self._doel)
        rollen = self._sessie.rollen
        self.put(lambda oud: _replace(oud, verwijzing=zaak.regel.verwijzing, zaak=zaak, rollen=rollen))
        if Zaakdeel.DOCUMENTEN in gevraagd:
            self._ask(Zaakdeel.DOCUMENTEN, lambda: self._read_documenten(zaak.url))
        bekend = {regel.verwijzing.uuid: regel for regel in beeld.gekoppeld}
        anderen = zaak.gekoppeld[:LINKED]
        gekoppeld = await asyncio.gather(*(self._read_regel(ander, bekend.get(ander)) for ander in anderen))
        self.put(lambda oud: _replace(oud, gekoppeld=tuple(regel for regel in gekoppeld if regel is not None)))

    async def _read_regel(self, uuid: str, bekend: Zaakregel | None) -> Zaakregel | None:
        """One that does not answer keeps the line of before, and takes nothing of the zaak itself with it."""
        try:
            return await read_regel(self._client, uuid, self._doel)
        except (NotFound, Forbidden):
            return None  # gone, or of a kind that this sign-in may not see
        except KcsError:
            return bekend

    async def _read_contacten(self, uuid: str) -> None:
        pagina = await read_contacten_of_zaak(self._client, uuid, self._doel)
        self.put(lambda oud: _replace(oud, contacten=pagina.contacten, contacten_totaal=pagina.totaal))

    async def _read_documenten(self, url: str) -> None:
        documenten = await read_documenten_of(self._client, url, self._doel)
        self.put(lambda oud: _replace(oud, documenten=documenten))
