"""The zaaktypen and what their forms ask: from the store at once, from the catalogue when that is of some hours ago."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import msgspec

from kcs_desktop.api.catalogi import read_vormen
from kcs_desktop.api.client import Client
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.doorverwijzing import referral_of
from kcs_desktop.domain.errors import KcsError
from kcs_desktop.domain.knip import knipbeeld
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.tekst import fold
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zaakcatalogus import Zaaktypekeuze, Zaaktypenlijst
from kcs_desktop.domain.zaaktype import Doorverwijzing, Zaaktypekenmerken, Zaaktypevorm
from kcs_desktop.services.opslag import Opslag

FRESH = timedelta(hours=6)
FIRST = 60.0  # seconds after the sign-in, and up to as much again: the first customers go before it
AGAIN = 900.0  # seconds between two looks whether it is old
_STORED = "zaaktypen"
_NEVER = "De catalogus met zaaktypen is nog niet opgehaald."


class Bewaard(msgspec.Struct, frozen=True):
    """As it stands in the store. `rollen` are those in which it was read: others may be allowed other zaken."""

    vormen: tuple[Zaaktypevorm, ...] = ()
    kenmerken: Zaaktypekenmerken = Zaaktypekenmerken()
    opgehaald_op: datetime | None = None
    rollen: tuple[str, ...] = ()


class Zaakcatalogus:
    """`value` holds what may be started today; `vorm` all of one of them."""

    def __init__(
        self,
        client: Client,
        kcs: Kcs,
        opslag: Opslag,
        *,
        sessie: Callable[[], Sessie | None],
        catalogus: Callable[[], Catalogus],
        clock: Callable[[], datetime],
    ) -> None:
        self.changed: Signal[Zaaktypenlijst] = Signal()
        self.value = Zaaktypenlijst()
        self._client = client
        self._kcs = kcs
        self._opslag = opslag
        self._sessie = sessie
        self._catalogus = catalogus
        self._clock = clock
        self._bewaard = Bewaard()
        self._uit_cache = False
        self._leest: asyncio.Task[None] | None = None
        self._was_lost = False  # the connection
        self._wake = asyncio.Event()

    def vorm(self, zaaktype: str) -> Zaaktypevorm | None:
        return next((vorm for vorm in self._bewaard.vormen if vorm.zaaktype.uuid == zaaktype), None)

    @property
    def kenmerken(self) -> Zaaktypekenmerken:
        return self._bewaard.kenmerken

    def find(self, tekst: str) -> Sequence[Zaaktypekeuze]:
        """Those in which every word stands; where it begins the name comes first, then where it stands in the name."""
        woorden = fold(tekst).split()
        gevonden = [
            (_rank(keuze, woorden), keuze)
            for keuze in self.value.keuzes
            if all(woord in _searched(keuze) for woord in woorden)
        ]
        return tuple(keuze for _, keuze in sorted(gevonden, key=lambda paar: paar[0]))

    def of(self, identificaties: Sequence[str]) -> Sequence[Zaaktypekeuze]:
        """These, as far as they may be started."""
        per_naam = {keuze.zaaktype.identificatie: keuze for keuze in self.value.keuzes}
        return tuple(per_naam[naam] for naam in identificaties if naam in per_naam)

    def referral(self, product: str) -> Doorverwijzing | None:
        bekend = next((al for al in self._catalogus().producten if al.naam == product), None)
        return referral_of(bekend, self.kenmerken.bij_product(product))

    # for the seat

    async def begin(self) -> None:
        """Know what the store holds."""
        sessie = self._sessie()
        if sessie is None or not sessie.mag("zaken"):
            return
        bewaard = await self._opslag.werker.run(self._opslag.cache.read_value, _STORED, Bewaard)
        if bewaard is not None and self._bewaard.opgehaald_op is None:
            self._bewaard, self._uit_cache = _for_roles(bewaard, sessie), True
        self._show()

    async def keep(self) -> None:
        """Until cancelled: read it anew when it is old, not in the first moments of a sign-in."""
        await self._pause(FIRST * (1 + random.random()))  # noqa: S311 -- spreads the seats, guards nothing
        while True:
            if self._is_old():
                await self.refresh()
            await self._pause(AGAIN)

    def on_stream(self, connected: bool) -> None:
        """What was never read at this seat is read when a connection that was lost is back."""
        if connected and self._was_lost and self._bewaard.opgehaald_op is None:
            self._wake.set()
        self._was_lost = not connected

    async def refresh(self) -> None:
        """Read it anew, or wait for the reading that is under way."""
        if self._leest is None or self._leest.done():
            self._leest = asyncio.get_running_loop().create_task(self._read(), name="zaaktypen")
        await asyncio.shield(self._leest)

    async def end(self) -> None:
        if self._leest is not None and not self._leest.done():
            self._leest.cancel()
            await asyncio.gather(self._leest, return_exceptions=True)
        self._leest = None
        self._bewaard, self._uit_cache, self.value = Bewaard(), False, Zaaktypenlijst()
        self._was_lost = False
        self._wake.clear()

    def redraw(self) -> None:
        """The products and their knip are others."""
        self._show()

    # inside

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        self._wake.clear()

    def _is_old(self) -> bool:
        op = self._bewaard.opgehaald_op
        return op is None or self._clock() - op > FRESH

    async def _read(self) -> None:
        sessie = self._sessie()
        if sessie is None or not sessie.mag("zaken"):
            return
        self._show(laadt=True)
        nu = self._clock()
        try:
            kenmerken, _ = await self._kcs.zaaktypekenmerken()
            vormen = await read_vormen(self._client, local(nu).date())
        except KcsError as fout:
            self._show(melding=fout.message)
            return
        self._bewaard = Bewaard(vormen, kenmerken or Zaaktypekenmerken(), nu, sessie.rollen)
        self._uit_cache = False
        self._show()
        if self._opslag.is_open:
            await self._opslag.werker.run(self._opslag.cache.write_value, _STORED, self._bewaard)

    def _show(self, *, laadt: bool = False, melding: str = "") -> None:
        bewaard, dag = self._bewaard, local(self._clock()).date()
        geldig = (self._choice(vorm) for vorm in bewaard.vormen if vorm.zaaktype.geldt_op(dag))
        # Anybody may say where something is referred to: no zaak is made of it.
        keuzes = tuple(al for al in geldig if al.doorverwijzing is not None or bewaard.kenmerken.mag(al.zaaktype))
        if bewaard.opgehaald_op is None and not laadt:
            melding = melding or _NEVER
        self.value = Zaaktypenlijst(keuzes, bewaard.opgehaald_op, self._uit_cache, laadt, melding)
        self.changed.emit(self.value)

    def _choice(self, vorm: Zaaktypevorm) -> Zaaktypekeuze:
        kenmerk = self._bewaard.kenmerken.van(vorm.zaaktype.identificatie)
        knip = knipbeeld(kenmerk.knip, kenmerk.afdeling, kenmerk.uitvoerder or vorm.zaaktype.verantwoordelijke)
        return Zaaktypekeuze(vorm.zaaktype, kenmerk, knip, kenmerk.doorverwijzen)


def may_start(sessie: Sessie | None) -> bool:
    """Whether this sign-in may make zaken."""
    return sessie is not None and sessie.mag("zaken", Recht.WIJZIGEN)


def _for_roles(bewaard: Bewaard, sessie: Sessie) -> Bewaard:
    """What other roles of this employee may make says nothing of these."""
    if set(bewaard.rollen) == set(sessie.rollen):
        return bewaard
    return msgspec.structs.replace(
        bewaard, kenmerken=msgspec.structs.replace(bewaard.kenmerken, zaakrechten=None), rollen=sessie.rollen
    )


def _searched(keuze: Zaaktypekeuze) -> str:
    zaaktype, kenmerk = keuze.zaaktype, keuze.kenmerk
    woorden = (zaaktype.omschrijving, zaaktype.onderwerp, *zaaktype.trefwoorden, *kenmerk.producten)
    return fold(" ".join(woorden))


def _rank(keuze: Zaaktypekeuze, woorden: Sequence[str]) -> tuple[bool, bool, str]:
    naam = fold(keuze.naam)
    begint = bool(woorden) and naam.startswith(woorden[0])
    return not begint, not all(woord in naam for woord in woorden), naam
