"""The BAG while somebody types: asked when the typing pauses, remembered for the day, never in the way."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

import msgspec

from kcs_desktop.domain.adresvoorstel import Adresantwoord, Adresvoorstel, is_enough, with_streets
from kcs_desktop.domain.errors import Forbidden, KcsError
from kcs_desktop.domain.tekst import clean, fold
from kcs_desktop.domain.zaakgegevens import Locatie

PAUSE = 0.15  # seconds without a key
REMEMBERED = 200  # questions
OFFLINE = "Geen verbinding met de BAG. Wat u typt blijft staan als plaats."
GEEN = "Niet gevonden in de BAG. Wat u typt blijft staan als plaats."
GEEN_RECHT = "Met uw rol kunt u geen adressen opzoeken. Wat u typt blijft staan als plaats."


class Bron(Protocol):
    async def search(self, tekst: str) -> list[Adresvoorstel]: ...

    async def address(self, zoekresultaat: str) -> Locatie | None: ...


class AdressenService:
    """Implements `ports.adressen.Adressen`."""

    def __init__(self, bag: Bron, is_online: Callable[[], bool]) -> None:
        self._bag = bag
        self._is_online = is_online
        self._bekend: OrderedDict[str, tuple[Adresvoorstel, ...]] = OrderedDict()

    async def find(self, tekst: str) -> Adresantwoord:
        gezocht = clean(tekst)[:200]
        if not is_enough(gezocht):
            return Adresantwoord()
        sleutel = fold(gezocht)
        if (bekend := self._bekend.get(sleutel)) is not None:
            self._bekend.move_to_end(sleutel)
            return _answer(gezocht, bekend)
        if not self._is_online():
            return Adresantwoord(melding=OFFLINE)
        await asyncio.sleep(PAUSE)
        try:
            gevonden = tuple(await self._bag.search(gezocht))
        except Forbidden:
            return Adresantwoord(melding=GEEN_RECHT)
        except KcsError:
            return Adresantwoord(melding=OFFLINE)
        self._bekend[sleutel] = gevonden
        while len(self._bekend) > REMEMBERED:
            self._bekend.popitem(last=False)
        return _answer(gezocht, gevonden)

    async def resolve(self, voorstel: Adresvoorstel) -> Locatie:
        if not voorstel.id:
            return voorstel.locatie
        try:
            gevonden = await self._bag.address(voorstel.id)
        except KcsError:
            gevonden = None
        if gevonden is None:
            return voorstel.locatie
        return msgspec.structs.replace(gevonden, toelichting=voorstel.locatie.toelichting)

    def forget(self) -> None:
        """Another employee, perhaps of another municipality."""
        self._bekend.clear()


def _answer(tekst: str, gevonden: tuple[Adresvoorstel, ...]) -> Adresantwoord:
    return Adresantwoord(with_streets(tekst, gevonden)) if gevonden else Adresantwoord(melding=GEEN)
