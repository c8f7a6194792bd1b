"""Find a customer by anything: each source at its own speed, each with its own time-out, and one search at a time.

While typing only the seat's own store and the CRM index answer. BRP and KvK are asked on Enter, with a complete
question, and what one cannot answer is said.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future
from datetime import datetime

import msgspec

from kcs_desktop.api.client import Doel
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.zoekindex import Zoekindex
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import KcsError, SignedOut, TimedOut
from kcs_desktop.domain.klant import Bron, Bronstand, Klantbeeld
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zoeken import Soortvraag, Treffer, Zoekresultaat, Zoekvraag
from kcs_desktop.search.recognise import recognise
from kcs_desktop.services.basisregistraties import Basisregistraties
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.zoektreffers import result_of, without_registers
from kcs_desktop.sync.taken import Taken

TIMEOUT = {"eigen": 2.0, "crm": 5.0, "brp": 5.0, "kvk": 5.0}  # seconds
TYPING_PAUSE = 0.1  # seconds without a key before the backend is asked
MINIMUM = 2  # characters
MAX_HITS = 50
_COLLECT = (700, 10, 100)  # the last: ten times as rare as Python looks through everything, which takes two keys
MAX_OWN = {False: 10, True: 20}  # while typing few, so that the CRM's stay in sight; after Enter more

_Antwoord = tuple[str, list[Treffer], Bron]


class ZoekenService:
    """Implements `sdk.Zoeken`."""

    def __init__(
        self,
        kcs: Kcs,
        registraties: Basisregistraties,
        opslag: Opslag,
        *,
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        catalogus: Callable[[], Catalogus],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self._kcs = kcs
        self._registraties = registraties
        self._opslag = opslag
        self._sessie = sessie
        self._doel = doel
        self._catalogus = catalogus
        self._clock = clock
        self._index: Zoekindex | None = None
        self._taken = Taken(on_error)
        self._current: set[asyncio.Task[_Antwoord]] = set()
        self._begun: Future[list[Treffer]] | None = None
        self._nummer = 0  # of the newest search
        self._is_frozen = False

    # sdk.Zoeken

    def recognise(self, text: str) -> Zoekvraag:
        vraag = recognise(text, local(self._clock()).date())
        sessie = self._sessie()
        if sessie is None or sessie.mag("basisregistraties"):
            return vraag
        return msgspec.structs.replace(vraag, uitleg=without_registers(vraag.uitleg))

    def while_typing(self, text: str) -> AsyncIterator[Zoekresultaat]:
        # The own store begins at once: until the answers are asked for, the window does its own share of a key.
        vraag, sessie = self.recognise(text), self._sessie()
        self._cancel_current()
        if sessie is not None and not self._reason("eigen", vraag, sessie):
            self._begun = self._post_own(vraag, MAX_OWN[False])
        return self._search(text, ("eigen", "crm"), entered=False, begun=self._begun)

    def on_enter(self, text: str) -> AsyncIterator[Zoekresultaat]:
        return self._search(text, ("eigen", "crm", "brp", "kvk"), entered=True)

    def retry(self, text: str, bron: str) -> AsyncIterator[Zoekresultaat]:
        return self._search(text, (bron,), entered=True)

    # for the seat

    def begin(self) -> None:
        """Load the engine before the first key is typed, and let the index hold what the store holds."""
        self._taken.start("zoekindex", self._catch_up())

    def keep(self, _beeld: Klantbeeld) -> None:
        """An opened customer can be found in the own store from now on."""
        self._taken.start("zoekindex", self._catch_up())

    async def settle(self) -> None:
        """Wait until everything that was kept can be found."""
        await self._taken.settle()

    async def end(self) -> None:
        self._cancel_current()
        await self._taken.close()
        self._index = None

    # inside

    async def _search(
        self, text: str, bronnen: Iterable[str], *, entered: bool, begun: Future[list[Treffer]] | None = None
    ) -> AsyncIterator[Zoekresultaat]:
        """`begun` is the search of the own store, where it was posted already."""
        sessie = self._sessie()
        if sessie is None:
            raise SignedOut
        if begun is None:
            self._cancel_current()
        vraag = self.recognise(text)
        treffers: dict[str, list[Treffer]] = {}
        staat: dict[str, Bron] = {}
        taken: set[asyncio.Task[_Antwoord]] = set()
        for bron in bronnen:
            reden = self._reason(bron, vraag, sessie)
            if reden:
                staat[bron] = Bron(bron, Bronstand.NIET_GEVRAAGD, reden)
                continue
            staat[bron] = Bron(bron, Bronstand.LAADT)
            taken.add(asyncio.create_task(self._ask(bron, vraag, begun, entered=entered), name=f"zoeken {bron}"))
        self._current = wachtend = taken
        try:
            yield result_of(vraag, (), staat.values(), entered=entered)
            while wachtend:
                klaar, wachtend = await asyncio.wait(wachtend, return_when=asyncio.FIRST_COMPLETED)
                if any(taak.cancelled() for taak in klaar):
                    return  # the next search began
                for taak in klaar:
                    bron, gevonden, stand = taak.result()
                    treffers[bron], staat[bron] = gevonden, stand
                alle = (treffer for lijst in treffers.values() for treffer in lijst)
                yield result_of(vraag, alle, staat.values(), entered=entered)
        finally:
            for taak in taken:
                taak.cancel()
            await asyncio.gather(*taken, return_exceptions=True)

    def _cancel_current(self) -> None:
        self._nummer += 1
        for taak in self._current:
            taak.cancel()
        self._current = set()
        if self._begun is not None:
            self._begun.cancel()
            self._begun = None

    def _reason(self, bron: str, vraag: Zoekvraag, sessie: Sessie) -> str:
        """Why this source is not asked; "" when it is."""
        if vraag.soort is Soortvraag.LEEG:
            return "Typ eerst iets om op te zoeken."
        if bron in {"eigen", "crm"} and not sessie.mag("crm"):
            return "Met uw rol kunt u geen klantgegevens raadplegen."
        if bron == "eigen":
            return ""
        if bron == "crm":
            return "" if len(vraag.tekst) >= MINIMUM else "Typ nog een teken."
        return self._registraties.reason(bron, vraag, sessie, self._gemeenten())

    def _gemeenten(self) -> dict[str, str]:
        return {naam.casefold(): code for naam, code in self._catalogus().gemeenten.items()}

    async def _ask(
        self, bron: str, vraag: Zoekvraag, begun: Future[list[Treffer]] | None, *, entered: bool
    ) -> _Antwoord:
        try:
            async with asyncio.timeout(TIMEOUT[bron]):
                gevonden, melding = await self._hits(bron, vraag, begun, entered=entered)
        except TimeoutError:
            return bron, [], Bron(bron, Bronstand.FOUT, f"{TimedOut.default_message} Probeer het opnieuw.")
        except KcsError as fout:
            return bron, [], Bron(bron, Bronstand.FOUT, f"{fout.message} {fout.advice}".strip())
        return bron, gevonden, Bron(bron, Bronstand.KLAAR, melding, self._clock(), bron == "eigen")

    async def _hits(
        self, bron: str, vraag: Zoekvraag, begun: Future[list[Treffer]] | None, *, entered: bool
    ) -> tuple[list[Treffer], str]:
        if bron == "eigen":
            most = MAX_OWN[entered]
            own = await asyncio.wrap_future(begun or self._post_own(vraag, most))
            sessie = self._sessie()
            if sessie is not None and not sessie.mag("basisregistraties"):
                # Kept in another role of this employee: birth date and address come from the BRP.
                own = [msgspec.structs.replace(treffer, omschrijving="", overleden=False) for treffer in own]
            return own, f"De eerste {most}; typ verder voor minder." if len(own) == most else ""
        if bron == "crm":
            if not entered:
                await asyncio.sleep(TYPING_PAUSE)
            gevonden = await self._kcs.search(vraag.tekst, MAX_HITS, self._doel())
            meer = f"De eerste {MAX_HITS}; typ verder voor minder." if len(gevonden.treffers) == MAX_HITS else ""
            return list(gevonden.treffers), f"{meer} {gevonden.melding}".strip()
        return await self._registraties.ask(bron, vraag, self._gemeenten(), self._doel())

    def _post_own(self, vraag: Zoekvraag, most: int) -> Future[list[Treffer]]:
        """One that still waits for the worker when the next key comes is never begun; a running one stops soon."""
        return self._opslag.werker.post(self._search_own, self._opslag.cache, vraag, most, self._nummer)

    def _search_own(self, cache: Cachebestand, vraag: Zoekvraag, most: int, nummer: int) -> list[Treffer]:
        return self._index_of(cache).search(vraag, most, is_stale=lambda: nummer != self._nummer)

    async def _catch_up(self) -> None:
        # In small pieces: a key that is typed meanwhile waits for one of them at most.
        cache = self._opslag.cache
        while await self._opslag.werker.run(lambda: self._index_of(cache).catch_up(pieces=1)):
            pass
        if not self._is_frozen:
            # The engine and all that was loaded with it stays: looking through it for garbage would take longer than
            # a key may.
            self._is_frozen = True
            gc.freeze()
            gc.set_threshold(*_COLLECT)

    def _index_of(self, cache: Cachebestand) -> Zoekindex:
        """On the worker thread, where who signed out meanwhile may have been the last to ask for it."""
        if self._index is None or self._index.cache is not cache:
            self._index = Zoekindex(cache)
        return self._index
