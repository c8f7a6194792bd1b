"""Which registers are upstream, with their routes and the lines to them. Nothing is opened when all are embedded."""

from __future__ import annotations

from litestar import Router

from kcs_desktop.backend.gateway import brp, klantinteracties, kvk
from kcs_desktop.backend.gateway.alleen_lezen import AlleenLezen
from kcs_desktop.backend.gateway.verbinding import Lijnen, Verbinding, is_local
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.settings import REGISTERS, Settings
from kcs_desktop.backend.standards.port import Register

_ROUTERS = {"brp": brp.router, "kvk": kvk.router, "klantinteracties": klantinteracties.router}


class Gateway:
    """Built with the application; `open` and `close` belong to its lifespan."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lijnen = Lijnen()
        self.upstream = tuple(naam for naam in REGISTERS if settings.register(naam).url)

    async def open(self) -> None:
        if self.upstream:
            urls = [self._settings.register(naam).url for naam in self.upstream]
            await self._lijnen.open(is_local=all(is_local(url) for url in urls))

    async def close(self) -> None:
        await self._lijnen.close()

    def routers(self, kern: Kern) -> list[Router]:
        """The routes of every upstream register."""
        return [
            _ROUTERS[naam](kern, Verbinding(naam, self._settings.register(naam), self._lijnen))
            for naam in self.upstream
        ]

    def register(self) -> Register | None:
        """What the commands write to; None for the embedded register."""
        return AlleenLezen() if "klantinteracties" in self.upstream else None
