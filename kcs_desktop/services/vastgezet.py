"""Customers that stay readable without a connection: pinned by the employee, or with a callback note still open.

They are kept longer than others and read quietly once a connection is there, also who was never opened here; nobody is
said to have looked.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing
from kcs_desktop.domain.klantidentiteit import identities
from kcs_desktop.domain.signal import Signal
from kcs_desktop.services.klanten import KlantenService
from kcs_desktop.services.opslag import Opslag

OPEN_NOTE = timedelta(days=30)  # how long after the last reading an open callback note keeps its customer
STALE = timedelta(hours=4)
MOST = 50  # customers of one kind read in one go
PAUSE = 0.5  # seconds between two of them: the employee's own questions go first
SPREAD = (30.0, 300.0)  # seconds before who is expected is read: everybody signs in at the same time of the day


class VastgezetService:
    """Implements `sdk.Vastgezet`."""

    def __init__(self, klanten: KlantenService, opslag: Opslag, clock: Callable[[], datetime]) -> None:
        self.changed: Signal[KlantSleutel] = Signal()
        self._klanten = klanten
        self._opslag = opslag
        self._clock = clock
        self._vast: dict[str, KlantSleutel] = {}  # by each of its names
        self._verwacht: set[str] = set()  # the names of who was scheduled in this session
        self._toeval = random.Random()  # noqa: S311 -- spreads the reading, guards nothing
        klanten.kept.connect(self._on_kept)

    # sdk.Vastgezet

    def holds(self, klant: Klantverwijzing) -> bool:
        return any(naam in self._vast for naam in identities(klant.sleutel))

    def pin(self, klant: Klantverwijzing, *, vastgezet: bool) -> None:
        for naam in identities(klant.sleutel):
            if vastgezet:
                self._vast[naam] = klant.sleutel
            else:
                self._vast.pop(naam, None)
        if self._opslag.is_open:
            self._opslag.werker.post(self._opslag.cache.pin, klant, vastgezet=vastgezet)
        self.changed.emit(klant.sleutel)

    # for the seat

    async def begin(self) -> None:
        """Know again what this employee pinned."""
        sleutels = await self._opslag.werker.run(self._opslag.cache.pinned)
        self._vast = {naam: sleutel for sleutel in sleutels for naam in identities(sleutel)}

    def end(self) -> None:
        self._vast.clear()
        self._verwacht.clear()

    def expect(self, klanten: Iterable[Klantverwijzing]) -> bool:
        """Keep who is to be called back; True where somebody new is among them, whom `renew` then reads."""
        nieuw = [klant for klant in klanten if self._verwacht.isdisjoint(identities(klant.sleutel))]
        for klant in nieuw:
            self._verwacht.update(identities(klant.sleutel))
            self._schedule(klant)
        return bool(nieuw)

    async def renew_later(self) -> None:
        """The same as `renew`, some minutes from now."""
        await asyncio.sleep(self._toeval.uniform(*SPREAD))
        await self.renew()

    def forget(self) -> None:
        """The store was erased, and with it what was pinned."""
        sleutels = set(self._vast.values())
        self._vast.clear()
        self._verwacht.clear()
        for sleutel in sleutels:
            self.changed.emit(sleutel)

    async def renew(self) -> None:
        """Read what is not here, then what was not read for hours; a source that does not answer ends it until the
        next connection."""
        lost = (await self._opslag.werker.run(self._opslag.cache.missing))[:MOST]
        if not await self._read(lost):
            return
        if lost:
            await self._klanten.begin()
        ready = await self._opslag.werker.run(self._opslag.cache.kept_ready)
        old = [beeld for beeld in ready if beeld.bijgewerkt_op is None or self._clock() - beeld.bijgewerkt_op > STALE]
        await self._read([Klantverwijzing(beeld.sleutel, beeld.naam) for beeld in old[:MOST]])

    async def _read(self, klanten: Sequence[Klantverwijzing]) -> bool:
        """Whether every source answered."""
        for klant in klanten:
            try:
                await self._klanten.renew(klant)
            except KcsError:
                return False
            await asyncio.sleep(PAUSE)
        return True

    def _on_kept(self, beeld: Klantbeeld) -> None:
        if self.holds(Klantverwijzing(beeld.sleutel, beeld.naam)):
            self._vast.update(dict.fromkeys(identities(beeld.sleutel), beeld.sleutel))  # it gained a key
        if any(notitie.is_open for notitie in beeld.terugbelnotities):
            self._schedule(Klantverwijzing(beeld.sleutel, beeld.naam))

    def _schedule(self, klant: Klantverwijzing) -> None:
        if self._opslag.is_open:
            self._opslag.werker.post(self._opslag.cache.schedule, klant, self._clock() + OPEN_NOTE)
