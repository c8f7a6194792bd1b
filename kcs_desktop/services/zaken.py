"""Zaken that are opened: from the store at once, then from the registers, kept live while they are watched.

The zaken of a customer are part of its picture; here is one zaak as a whole, and finding zaken.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial

import msgspec

from kcs_desktop.api.catalogi import read_statustypen, read_zaaktypen
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.zaken import filters_for, find_zaken, find_zaken_at
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.domain.errors import Forbidden, KcsError, SignedOut
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import Bron, Bronstand
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zaak import Zaakregel, Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import CONTACTEN, DOCUMENTEN, ZAKEN, Zaakbeeld, Zaakpagina, Zaaktreffers, Zaakvraag
from kcs_desktop.domain.zaaktype import Statustype, Zaaktype
from kcs_desktop.ports.zaken import PAGE_ROWS
from kcs_desktop.services.geladen import Geladen
from kcs_desktop.services.greep import Greep
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.lading import with_bron
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.zaaklader import (
    ALLES,
    Zaakdeel,
    Zaaklader,
    without_contacten,
    without_content,
    without_documenten,
)
from kcs_desktop.sync.taken import Taken

KEPT_IN_MEMORY = 40
TYPING_PAUSE = 0.15  # seconds without a key before the register is asked for a number
MAX_FOUND = 6  # zaken of a number that is typed
COALESCE = 0.02  # seconds in which changes of one zaak become one reading
_DELEN = {"klantcontact": frozenset({Zaakdeel.CONTACTEN})}  # any other change is one of the zaak itself
_VAN_DE_ZAAK = frozenset({Zaakdeel.ZAAK, Zaakdeel.DOCUMENTEN})
_Zaak = Geladen[Zaakbeeld, Zaakdeel]


class ZakenService:
    """Implements `sdk.Zaken`."""

    def __init__(
        self,
        client: Client,
        opslag: Opslag,
        inzagen: Inzagen,
        *,
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
        is_starting: Callable[[], bool] = lambda: False,
    ) -> None:
        self.changed: Signal[Zaakbeeld] = Signal()
        self._client = client
        self._opslag = opslag
        self._inzagen = inzagen
        self._sessie = sessie
        self._doel = doel
        self._clock = clock
        self._is_starting = is_starting
        self._geladen: dict[str, _Zaak] = {}  # last used at the end
        self._bewaard: dict[str, tuple[Zaakregel, tuple[str, ...]]] | None = None  # of the store, once it was asked
        self._typen: Sequence[Zaaktype] | None = None
        self._stappen: dict[str, Sequence[Statustype]] = {}  # by the address of their zaaktype
        self._taken = Taken(on_error)

    # sdk.Zaken

    def known(self, uuid: str) -> Zaakbeeld | None:
        geladen = self._geladen.get(uuid)
        return geladen.beeld if geladen is not None and geladen.beeld.bronnen else None

    async def open(self, zaak: Zaakverwijzing) -> AsyncIterator[Zaakbeeld]:
        geladen, sessie = await self._from_store(zaak)
        if geladen.beeld.zaak is not None:
            await self._inzagen.note(geladen.beeld.zaak, self._doel())
            self._inzagen.kick()
        yield geladen.beeld
        lading = self._lader(sessie).load(geladen.beeld, ALLES)
        with geladen.opening(partial(self._refetch, geladen)):
            async with aclosing(lading) as veranderingen:
                async for verandering in veranderingen:
                    self._apply(geladen, verandering(geladen.beeld))
                    yield geladen.beeld
        await self._keep(geladen, sessie, opened=True)

    def watch(self, uuid: str) -> Greep:
        geladen = self._geladen.setdefault(uuid, _Zaak(Zaakbeeld(Zaakverwijzing(uuid, ""))))
        geladen.kijkers += 1

        def close() -> None:
            geladen.kijkers -= 1

        return Greep(close)

    async def types(self) -> Sequence[Zaaktype]:
        self._signed_in()
        if self._typen is None:
            self._typen = await read_zaaktypen(self._client, local(self._clock()).date(), self._doel())
        return self._typen

    async def steps(self, zaaktype: Zaaktype) -> Sequence[Statustype]:
        self._signed_in()
        if zaaktype.url not in self._stappen:
            self._stappen[zaaktype.url] = await read_statustypen(self._client, zaaktype.url, self._doel())
        return self._stappen[zaaktype.url]

    async def find(self, nummer: str) -> AsyncIterator[Zaaktreffers]:
        sessie, deel = self._signed_in(), nummer.strip().casefold()
        if not sessie.mag("zaken"):
            return
        own = tuple(al for al in await self._own(sessie) if deel in al.verwijzing.identificatie.casefold())[:MAX_FOUND]
        treffers = Zaaktreffers(nummer, own)
        yield treffers
        await asyncio.sleep(TYPING_PAUSE)
        filters = filters_for(Zaakvraag(nummer=nummer.strip()))
        try:
            pagina = await find_zaken(self._client, filters, 1, self._doel(), MAX_FOUND)
        except KcsError as fout:
            bron = Bron(ZAKEN, Bronstand.FOUT, fout.message)
            yield msgspec.structs.replace(treffers, bron=bron)
            return
        yield Zaaktreffers(nummer, pagina.regels, Bron(ZAKEN, Bronstand.KLAAR), heeft_meer=not pagina.is_laatste)

    async def _own(self, sessie: Sessie) -> Sequence[Zaakregel]:
        """The zaken that this employee opened at this seat in roles that he has now, last opened first."""
        if self._bewaard is None and self._opslag.is_open:
            bewaard = await self._opslag.werker.run(self._opslag.cache.zaakregels)
            if not sessie.is_still(self._sessie()):
                raise SignedOut  # what was read is of the sign-in of before
            self._bewaard = bewaard
        rollen = set(sessie.rollen)
        return [regel for regel, van in (self._bewaard or {}).values() if set(van) <= rollen]

    async def search(self, vraag: Zaakvraag, pagina: int = 1) -> Zaakpagina:
        sessie = self._signed_in()
        if not sessie.mag("zaken"):
            raise Forbidden("Met uw rol kunt u geen zaken raadplegen.")
        filters = filters_for(vraag)
        if vraag.klant is not None and not filters_for(Zaakvraag(klant=vraag.klant)):
            return Zaakpagina((), 0, is_laatste=True)  # nothing by which a register of zaken knows this customer
        if vraag.plaats is not None:
            return await find_zaken_at(self._client, vraag.plaats, filters, pagina, self._doel(), PAGE_ROWS)
        return await find_zaken(self._client, filters, pagina, self._doel(), PAGE_ROWS)

    # for the seat

    async def end(self) -> None:
        self._geladen.clear()  # nothing is begun any more while what runs is ended
        await self._taken.close()
        self._geladen.clear()  # what came out of the store meanwhile
        self._typen, self._stappen, self._bewaard = None, {}, None

    def forget(self) -> None:
        """The store was erased: only what is on screen now stays, until it is closed."""
        self._geladen = {uuid: al for uuid, al in self._geladen.items() if al.kijkers}
        self._bewaard = None

    def on_change(self, wijziging: Wijziging) -> None:
        """A live change: read again what is shown of the zaken that it concerns."""
        for uuid in {wijziging.id, *wijziging.onderwerpen}:
            geladen = self._geladen.get(uuid)
            if geladen is not None:
                self._refetch(geladen, _DELEN.get(wijziging.soort, _VAN_DE_ZAAK))

    def on_resync(self) -> None:
        """Something was missed: read again everything that is shown."""
        for geladen in self._geladen.values():
            self._refetch(geladen, ALLES)

    # inside

    def _signed_in(self) -> Sessie:
        sessie = self._sessie()
        if sessie is None:
            raise SignedOut
        return sessie

    def _lader(self, sessie: Sessie) -> Zaaklader:
        return Zaaklader(self._client, self._clock, sessie, self._doel(), self._is_starting)

    async def _from_store(self, zaak: Zaakverwijzing) -> tuple[_Zaak, Sessie]:
        """The zaak in memory, and in which sign-in it is shown."""
        uuid, sessie = zaak.uuid, self._signed_in()
        if self.known(uuid) is None:
            bewaard = await self._opslag.werker.run(self._opslag.cache.read_zaak, uuid)
            if not sessie.is_still(self._sessie()):
                raise SignedOut  # what was read is of the sign-in of before
            beeld = Zaakbeeld(zaak) if bewaard is None else within_rights(_as_cached(bewaard), sessie)
            geladen = self._geladen.setdefault(uuid, _Zaak(beeld))
            if not geladen.beeld.bronnen:
                geladen.beeld = beeld
        geladen = self._geladen[uuid] = self._geladen.pop(uuid)
        ongezien = [al for al, een in self._geladen.items() if not een.kijkers and al != uuid]
        for oud in ongezien[: max(0, len(self._geladen) - KEPT_IN_MEMORY)]:
            del self._geladen[oud]
        return geladen, sessie

    def _apply(self, geladen: _Zaak, beeld: Zaakbeeld) -> None:
        geladen.beeld = msgspec.structs.replace(beeld, bijgewerkt_op=self._clock())

    async def _keep(self, geladen: _Zaak, sessie: Sessie, *, opened: bool) -> None:
        """What could not be read keeps the store as it was; what may not be seen any more leaves it. `sessie` read it:
        the store that is open now may be of somebody else."""
        beeld = geladen.beeld
        is_told = beeld.bron(ZAKEN).stand in {Bronstand.KLAAR, Bronstand.NIET_GEVRAAGD}
        self._bewaard = None
        if is_told and sessie.mag("zaken") and sessie.is_still(self._sessie()) and self._opslag.is_open:
            await self._opslag.werker.run(_write, self._opslag.cache, beeld, sessie, opened=opened)

    def _refetch(self, geladen: _Zaak, delen: frozenset[Zaakdeel]) -> None:
        if self._geladen.get(geladen.beeld.verwijzing.uuid) is not geladen:
            return  # let go of meanwhile: its sign-in ended
        if geladen.ask(delen):
            self._taken.also(f"zaak bijwerken {id(geladen)}", self._read_again(geladen))

    async def _read_again(self, geladen: _Zaak) -> None:
        """Until no change came in while reading."""
        try:
            while geladen.nog_lezen:
                await asyncio.sleep(COALESCE)
                delen, geladen.nog_lezen = geladen.nog_lezen, frozenset()
                sessie = self._sessie()
                if sessie is None:
                    return
                async with aclosing(self._lader(sessie).load(geladen.beeld, delen)) as veranderingen:
                    async for verandering in veranderingen:
                        self._apply(geladen, verandering(geladen.beeld))
                if not sessie.is_still(self._sessie()):
                    return
                self.changed.emit(geladen.beeld)
                await self._keep(geladen, sessie, opened=False)
        finally:
            geladen.leest = False


def within_rights(beeld: Zaakbeeld, sessie: Sessie) -> Zaakbeeld:
    """What this sign-in may see of a kept picture: another role of the same employee may have put it there."""
    if not sessie.mag("zaken") or not set(beeld.rollen) <= set(sessie.rollen):
        return msgspec.structs.replace(without_content(beeld), bronnen=())
    if not sessie.mag("crm"):
        beeld = without_contacten(beeld)
    if not sessie.mag("dossier"):
        beeld = without_documenten(beeld)
    return beeld


def with_unseen(beeld: Zaakbeeld, bewaard: Zaakbeeld, sessie: Sessie) -> Zaakbeeld:
    """What is to be kept after this sign-in looked: the parts that it may not see stay as they were, with their age."""
    if beeld.zaak is None and not set(bewaard.rollen) <= set(sessie.rollen):
        return bewaard  # refused in these roles, where another role had it
    if beeld.zaak is None:
        return beeld
    replace = msgspec.structs.replace
    if not sessie.mag("crm"):
        beeld = replace(beeld, contacten=bewaard.contacten, contacten_totaal=bewaard.contacten_totaal)
        beeld = with_bron(beeld, bewaard.bron(CONTACTEN))
    if not sessie.mag("dossier") and bewaard.documenten:
        beeld = replace(beeld, documenten=bewaard.documenten, rollen=bewaard.rollen)  # which documents is by role
        beeld = with_bron(beeld, bewaard.bron(DOCUMENTEN))
    return beeld


def _write(cache: Cachebestand, beeld: Zaakbeeld, sessie: Sessie, *, opened: bool) -> None:
    """In the thread of the store: what another role of this employee saw more of this zaak stays kept."""
    bewaard = cache.read_zaak(beeld.verwijzing.uuid)
    cache.write_zaak(with_unseen(beeld, bewaard, sessie) if bewaard is not None else beeld, opened=opened)


def _as_cached(beeld: Zaakbeeld) -> Zaakbeeld:
    """As it comes out of the store: every source says that it is old, none that it is busy."""
    bronnen = (
        msgspec.structs.replace(
            bron, uit_cache=True, stand=Bronstand.KLAAR if bron.opgehaald_op is not None else Bronstand.WACHT
        )
        for bron in beeld.bronnen
    )
    return msgspec.structs.replace(beeld, bronnen=tuple(bronnen))
