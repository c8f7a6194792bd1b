"""Tells the audit trail which customers and zaken were looked at from the cache: kept until the backend has it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from kcs_desktop.api.client import Doel
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.cache.werkbestand import Inzage
from kcs_desktop.domain.errors import InvalidInput, KcsError
from kcs_desktop.domain.klant import KlantSleutel
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaak import Zaak, Zaakrol
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.sync.terugval import pause

AT_ONCE = 100


class Inzagen:
    """`run` lasts as long as the session; `kick` it when there is something to tell, or somebody to tell it to."""

    def __init__(self, kcs: Kcs, opslag: Opslag, clock: Callable[[], datetime]) -> None:
        self._kcs = kcs
        self._opslag = opslag
        self._clock = clock
        self._refused: set[str] = set()  # kept, and told again at the next start; they hold up no other
        self._wake = asyncio.Event()
        self._toeval = random.Random()  # noqa: S311 -- spreads attempts, hides nothing

    async def note(self, over: KlantSleutel | Zaak, doel: Doel) -> None:
        """Opening from the cache counts as seeing. It is told at the next kick, now or when the backend is back."""
        inzage = Inzage(new_id(), self._clock(), "zaak", kanaal=doel.kanaal, product=doel.product, contact=doel.contact)
        if isinstance(over, Zaak):
            inzage = replace(inzage, zaak=over.regel.verwijzing.uuid)
        else:
            inzage = replace(inzage, soort=over.soort.value, partij=over.partij)
        wie: KlantSleutel | Zaakrol | None = over.initiator if isinstance(over, Zaak) else over
        if wie is not None:
            inzage = replace(inzage, bsn=wie.bsn, kvk_nummer=wie.kvk_nummer, vestigingsnummer=wie.vestigingsnummer)
        if inzage.zaak or inzage.partij or inzage.bsn or inzage.kvk_nummer or inzage.vestigingsnummer:
            await self._opslag.werker.run(self._opslag.werk.add_inzage, inzage)  # else the trail could name nobody

    def kick(self) -> None:
        self._wake.set()

    async def run(self) -> None:
        """At once when kicked, and by itself again after a while when not taken: nobody may look at anybody else."""
        vergeefs = 0
        while True:
            self._wake.clear()
            vergeefs = 0 if await self.push() else vergeefs + 1
            with suppress(TimeoutError):
                async with asyncio.timeout(pause(vergeefs, self._toeval) if vergeefs else None):
                    await self._wake.wait()

    async def push(self) -> bool:
        """Hand in everything that waits; False where it was not taken, and stays for the next time."""
        opslag = self._opslag
        while opslag.is_open:
            rijen = await opslag.werker.run(opslag.werk.inzagen, AT_ONCE + len(self._refused))
            inzagen = [inzage for _, inzage in rijen if inzage.id not in self._refused][:AT_ONCE]
            if not inzagen:
                return True
            try:
                told = await self._tell(inzagen)
            except KcsError:
                return False  # no connection, or a backend one version older that does not take them yet
            if told and opslag.is_open:
                await opslag.werker.run(opslag.werk.remove_inzagen, told)
        return True

    async def waiting(self) -> int:
        """How many looks were not told yet."""
        opslag = self._opslag
        return len(await opslag.werker.run(opslag.werk.inzagen, AT_ONCE)) if opslag.is_open else 0

    async def _tell(self, inzagen: Sequence[Inzage]) -> set[str]:
        """The ids of those that were taken. One that cannot be read there must not keep the others from the trail."""
        try:
            await self._kcs.report_looks(inzagen)
        except InvalidInput:
            if len(inzagen) == 1:
                self._refused.add(inzagen[0].id)
                return set()
            half = len(inzagen) // 2
            return await self._tell(inzagen[:half]) | await self._tell(inzagen[half:])
        return {inzage.id for inzage in inzagen}
