"""Customers that stay readable without a connection: pinned by the employee, or with a callback note still open.

They are kept longer than others and read again quietly once a connection is there; nobody is said to have looked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.klant import Klantbeeld, KlantSleutel, Klantverwijzing
from kcs_desktop.domain.klantidentiteit import identities
from kcs_desktop.domain.signal import Signal
from kcs_desktop.services.klanten import KlantenService
from kcs_desktop.services.opslag import Opslag

OPEN_NOTE = timedelta(days=30)  # how long after the last reading an open callback note keeps its customer
STALE = timedelta(hours=4)
MOST = 50  # customers read again in one go
PAUSE = 0.5  # seconds between two of them: the employee's own questions go first


class VastgezetService:
    """Implements `sdk.Vastgezet`."""

    def __init__(self, klanten: KlantenService, opslag: Opslag, clock: Callable[[], datetime]) -> None:
        self.changed: Signal[KlantSleutel] = Signal()
        self._klanten = klanten
        self._opslag = opslag
        self._clock = clock
        self._namen: set[str] = set()
        klanten.kept.connect(self._on_kept)

    # sdk.Vastgezet

    def holds(self, klant: Klantverwijzing) -> bool:
        return not self._namen.isdisjoint(identities(klant.sleutel))

    def pin(self, klant: Klantverwijzing, *, vastgezet: bool) -> None:
        namen = identities(klant.sleutel)
        self._namen = self._namen | set(namen) if vastgezet else self._namen - set(namen)
        if self._opslag.is_open:
            self._opslag.werker.post(self._opslag.cache.pin, klant.sleutel, vastgezet=vastgezet)
        self.changed.emit(klant.sleutel)

    # for the seat

    async def begin(self) -> None:
        """Know again what this employee pinned."""
        beelden = await self._opslag.werker.run(self._opslag.cache.pinned)
        self._namen = {naam for beeld in beelden for naam in identities(beeld.sleutel)}

    def end(self) -> None:
        self._namen.clear()

    async def renew(self) -> None:
        """Read again what was not read for hours; a source that does not answer ends it until the next connection."""
        ready = await self._opslag.werker.run(self._opslag.cache.kept_ready)
        old = [beeld for beeld in ready if beeld.bijgewerkt_op is None or self._clock() - beeld.bijgewerkt_op > STALE]
        for beeld in old[:MOST]:
            try:
                await self._klanten.renew(Klantverwijzing(beeld.sleutel, beeld.naam))
            except KcsError:
                return
            await asyncio.sleep(PAUSE)

    def _on_kept(self, beeld: Klantbeeld) -> None:
        if self.holds(Klantverwijzing(beeld.sleutel, beeld.naam)):
            self._namen |= set(identities(beeld.sleutel))  # it gained a key
        if any(notitie.is_open for notitie in beeld.terugbelnotities) and self._opslag.is_open:
            self._opslag.werker.post(self._opslag.cache.schedule, beeld.sleutel, self._clock() + OPEN_NOTE)
