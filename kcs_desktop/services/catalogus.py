"""Products, departments and the knip: from the store at once, from the backend when they changed."""

from __future__ import annotations

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.signal import Signal
from kcs_desktop.services.opslag import Opslag


class CatalogusService:
    """`value` is empty until one was ever read at this seat."""

    def __init__(self, kcs: Kcs, opslag: Opslag) -> None:
        self.changed: Signal[Catalogus] = Signal()
        self.value = Catalogus()
        self._etag = ""
        self._kcs = kcs
        self._opslag = opslag

    async def begin(self) -> None:
        cache, werker = self._opslag.cache, self._opslag.werker
        bewaard = await werker.run(cache.read_value, "catalogus", Catalogus)
        if bewaard is not None:
            etag = await werker.run(cache.read_value, "catalogus-etag", str)
            self._etag = etag or ""
            self._show(bewaard)

    async def refresh(self) -> None:
        """Read it again if it changed; keeps what there is when the backend does not answer."""
        try:
            nieuw, etag = await self._kcs.catalogus(self._etag)
        except KcsError:
            return
        if nieuw is None or not self._opslag.is_open:
            return
        self._etag = etag
        self._show(nieuw)
        cache, werker = self._opslag.cache, self._opslag.werker
        await werker.run(cache.write_value, "catalogus", nieuw)
        await werker.run(cache.write_value, "catalogus-etag", etag)

    def end(self) -> None:
        self._etag = ""
        self.value = Catalogus()

    def _show(self, catalogus: Catalogus) -> None:
        if catalogus != self.value:
            self.value = catalogus
            self.changed.emit(catalogus)
