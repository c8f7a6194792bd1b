"""Colleagues at the customer on screen: tells the backend where this employee is, and who else is there.

Nothing here is kept or sent later: without a connection nobody is seen, and what was seen runs out by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import msgspec

from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.errors import KcsError, NotFound
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing
from kcs_desktop.domain.klantcontact import Contact, Contactstand
from kcs_desktop.domain.klantidentiteit import is_same, merged
from kcs_desktop.domain.meekijker import Bezigheid, Meekijker
from kcs_desktop.domain.signal import Signal
from kcs_desktop.services.contacten import ContactenService
from kcs_desktop.services.greep import Greep
from kcs_desktop.sync.taken import Taken

# Seconds after a customer came on screen or left it. It is painted first, and who leafs through contacts tells nothing
# of those that are passed by.
RUST = 0.1
RENEW = 15.0  # seconds; a third of how long the backend holds it, so that two lost tellings are not noticed
TYPING = 5.0  # seconds after the last key
PACE = 0.3  # seconds between two tellings, whatever happens
GOODBYE = 1.0  # seconds that leaving may hold up a sign-out
UNKNOWN = 120.0  # seconds before a backend that does not know this is asked again


class _Plek(msgspec.Struct):
    """One customer on screen. Moments are loop times."""

    sleutel: KlantSleutel
    wake: asyncio.Event
    houders: int = 0
    onderwerpen: frozenset[str] = frozenset()
    anderen: tuple[tuple[float, Meekijker], ...] = ()  # (until when, who)
    typt_tot: float = 0.0
    verteld: Bezigheid | None = None


class MeekijkersService:
    """Implements `sdk.Meekijkers`."""

    def __init__(self, kcs: Kcs, contacten: ContactenService, on_error: Callable[[BaseException], None]) -> None:
        self.changed: Signal[KlantSleutel] = Signal()
        self._kcs = kcs
        self._contacten = contacten
        self._plekken: list[_Plek] = []
        self._verlaten: list[_Plek] = []  # left, and the goodbye not said yet
        self._getypt: dict[str, tuple[object, ...]] = {}  # contact → what was typed in it
        self._taken = Taken(on_error)
        contacten.changed.connect(self._on_contact)

    # sdk.Meekijkers

    def of(self, klant: Klantverwijzing) -> tuple[Meekijker, ...]:
        plek = self._find(klant.sleutel)
        return tuple(wie for _, wie in plek.anderen) if plek is not None else ()

    def join(self, klant: Klantverwijzing) -> Greep:
        plek = self._find(klant.sleutel)
        if plek is None:
            plek = _Plek(klant.sleutel, asyncio.Event())
            self._plekken.append(plek)
            self._taken.start(f"meekijken {id(plek)}", self._stay(plek))
        elif (meer := merged(plek.sleutel, klant.sleutel)) != plek.sleutel:
            plek.sleutel = meer  # a colleague may know this customer by the key that is new here
            plek.wake.set()
        plek.houders += 1
        mijn = plek

        def close() -> None:
            mijn.houders -= 1
            if not mijn.houders:
                self._leave(mijn)

        return Greep(close)

    def typing(self, klant: Klantverwijzing) -> None:
        plek = self._find(klant.sleutel)
        if plek is not None:
            plek.typt_tot = asyncio.get_running_loop().time() + TYPING
            if plek.verteld is not Bezigheid.TYPT:
                plek.wake.set()

    # for the seat

    def on_news(self, onderwerpen: tuple[str, ...]) -> None:
        """Somebody came, left or began to type at one of these."""
        for plek in self._plekken:
            if not plek.onderwerpen or not plek.onderwerpen.isdisjoint(onderwerpen):  # none: it is being told yet
                plek.wake.set()

    async def end(self) -> None:
        """Leave every customer; colleagues see it at once where the backend still answers, else within its term."""
        await self._taken.close()
        plekken = (*self._plekken, *self._verlaten)
        self._plekken.clear()
        self._verlaten.clear()
        self._getypt.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await asyncio.gather(*(self._say_goodbye(plek) for plek in plekken if plek.onderwerpen))

    # inside

    def _find(self, sleutel: KlantSleutel) -> _Plek | None:
        return next((plek for plek in self._plekken if is_same(plek.sleutel, sleutel)), None)

    def _leave(self, plek: _Plek) -> None:
        if plek in self._plekken:
            self._plekken.remove(plek)
            self._verlaten.append(plek)
            self._taken.start(f"meekijken {id(plek)}", self._depart(plek))

    async def _depart(self, plek: _Plek) -> None:
        if plek.verteld is not None:  # else nobody knows of it
            await asyncio.sleep(RUST)
            await self._say_goodbye(plek)
        self._verlaten.remove(plek)

    async def _say_goodbye(self, plek: _Plek) -> None:
        try:
            await self._kcs.meekijkers(plek.sleutel, "weg")
        except KcsError:
            return  # it runs out by itself

    async def _stay(self, plek: _Plek) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(RUST)
        while True:
            plek.wake.clear()
            rust = await self._tell(plek)
            await asyncio.sleep(PACE)
            tot = [loop.time() + rust, *(einde for einde, _ in plek.anderen)]
            if plek.verteld is Bezigheid.TYPT:
                tot.append(plek.typt_tot)
            with suppress(TimeoutError):
                async with asyncio.timeout_at(min(tot)):
                    await plek.wake.wait()
            self._show(plek, tuple(paar for paar in plek.anderen if paar[0] > loop.time()))

    async def _tell(self, plek: _Plek) -> float:
        """Say where this employee is; seconds until it must be said again."""
        loop = asyncio.get_running_loop()
        bezigheid = Bezigheid.TYPT if loop.time() < plek.typt_tot else Bezigheid.KIJKT
        plek.verteld = bezigheid
        try:
            gezelschap = await self._kcs.meekijkers(plek.sleutel, bezigheid)
        except NotFound:
            return UNKNOWN  # a backend of one version earlier
        except KcsError:
            return RENEW
        plek.onderwerpen = frozenset(gezelschap.onderwerpen)
        nu = loop.time()
        self._show(plek, tuple((nu + wie.seconden, wie) for wie in gezelschap.meekijkers))
        return RENEW

    def _show(self, plek: _Plek, anderen: tuple[tuple[float, Meekijker], ...]) -> None:
        voor, plek.anderen = plek.anderen, anderen
        if _visible(voor) != _visible(anderen):
            self.changed.emit(plek.sleutel)

    def _on_contact(self, contact: Contact) -> None:
        """Typing in a contact is typing at its customer."""
        if contact.stand is not Contactstand.OPEN:
            self._getypt.pop(contact.id, None)
            return
        getypt = tuple((vraag.onderwerp, vraag.notitie, vraag.terugbelverzoek) for vraag in contact.vragen)
        voor = self._getypt.get(contact.id)
        self._getypt[contact.id] = getypt
        if voor is not None and voor != getypt and contact.klant is not None:
            self.typing(contact.klant)


def _visible(anderen: tuple[tuple[float, Meekijker], ...]) -> list[tuple[str, Bezigheid]]:
    return [(wie.medewerker, wie.bezigheid) for _, wie in anderen]
