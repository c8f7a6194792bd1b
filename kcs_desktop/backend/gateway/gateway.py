"""Which registers are upstream, with their routes and the lines to them. Nothing is opened when all are embedded."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Router

from kcs_desktop.backend.db.unit import Database, utc_now
from kcs_desktop.backend.gateway import bag, brp, klantinteracties, kvk, zgw
from kcs_desktop.backend.gateway.bewijs import Clock
from kcs_desktop.backend.gateway.catalogi import Catalogusregels
from kcs_desktop.backend.gateway.documenten import Documentregels
from kcs_desktop.backend.gateway.instellingen import REGISTERS, ZGW, sources
from kcs_desktop.backend.gateway.klantinteracties import Klantbron
from kcs_desktop.backend.gateway.schrijven.documenten import Documentregister
from kcs_desktop.backend.gateway.schrijven.register import UpstreamRegister
from kcs_desktop.backend.gateway.schrijven.sleutels import KLANTINTERACTIES, ZAKEN, Sleutel
from kcs_desktop.backend.gateway.verbinding import Lijnen, Verbinding, is_local
from kcs_desktop.backend.gateway.zaakkennis import Zaakkennis
from kcs_desktop.backend.gateway.zaken import Zaakregels
from kcs_desktop.backend.gateway.zgwbron import ZgwBron
from kcs_desktop.backend.kern import Kern
from kcs_desktop.backend.opdrachten.stap import Upstream
from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.standards.klantinteracties.registry import RESOURCES
from kcs_desktop.backend.standards.zaken.registry import RESOURCES as ZAAKRESOURCES

_SLEUTELS: Mapping[str, Mapping[str, Sleutel]] = {"zaken": ZAKEN, "catalogi": {}}
_WITH_ONE_SOURCE = {"bag": bag.router, "brp": brp.router, "kvk": kvk.router}


class Gateway:
    """Built with the application; `open` and `close` belong to its lifespan."""

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._clock = clock
        self._lijnen = Lijnen()
        self.upstream = tuple(naam for naam in REGISTERS if settings.register(naam).url)

    async def open(self) -> None:
        if self.upstream:
            urls = [register.url for register in self._settings.registers.values() if register.url]
            await self._lijnen.open(is_local=all(is_local(url) for url in urls))

    async def close(self) -> None:
        await self._lijnen.close()

    def routers(self, kern: Kern) -> list[Router]:
        """The routes of every upstream register."""
        made = [router(kern, self._line(naam)) for naam, router in _WITH_ONE_SOURCE.items() if naam in self.upstream]
        if "klantinteracties" in self.upstream:
            made.append(klantinteracties.router(kern, self._customers()))
        if "zaken" in self.upstream:
            bronnen = self._servers()
            regels = (Zaakregels(kern), Catalogusregels(), Documentregels(kern))
            made += [zgw.router(kern, one, bronnen) for one in regels]
        return made

    def _line(self, bron: str) -> Verbinding:
        settings = self._settings.register(bron)
        return Verbinding(bron.partition("_")[0], settings, self._lijnen, self._clock)

    def _customers(self) -> list[Klantbron]:
        """The registers of customers, the default first."""
        named = sources(self._settings.registers, "klantinteracties")
        return [Klantbron(self._told(bron, "Klantregister"), self._line(bron)) for bron in named]

    def _told(self, bron: str, otherwise: str) -> str:
        """How employees know this source."""
        return self._settings.register(bron).naam or f"{otherwise} {bron.partition('_')[2] or 1}"

    def _servers(self) -> list[zgw.Bron]:
        """Those with zaken, the default first."""
        made = []
        for bron in sources(self._settings.registers, "zaken"):
            _, line, number = bron.partition("_")
            naam = self._told(bron, "Zaakregister")
            server = ZgwBron(naam, {register: self._line(register + line + number) for register in ZGW})
            made.append(zgw.Bron(server, Zaakkennis(server, self._clock)))
        return made

    def writable(self, db: Database) -> dict[str, Upstream]:
        """The upstream registers that commands write to; the files that documents are made of are in `db`."""
        made: dict[str, Upstream] = {}
        if (klantregister := self.klantregister()) is not None:
            made[klantregister.naam] = klantregister
        if "zaken" in self.upstream:
            soorten = {naam: (resource.soort, resource.functie) for naam, resource in ZAAKRESOURCES.items()}
            for naam, sleutels in _SLEUTELS.items():
                made[naam] = UpstreamRegister(self._line(naam), sleutels, soorten)
            made["documenten"] = Documentregister(self._line("documenten"), db)
        return made

    def klantregister(self) -> UpstreamRegister | None:
        """Klantinteracties as commands and worklists use it; None where it is embedded."""
        if "klantinteracties" not in self.upstream:
            return None
        line = self._line("klantinteracties")
        soorten = {naam: (resource.soort, resource.functie) for naam, resource in RESOURCES.items()}
        return UpstreamRegister(line, KLANTINTERACTIES, soorten)
