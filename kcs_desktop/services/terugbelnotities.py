"""The worklists of callback notes: from the store at once, from the backend, live, with waiting commands over them."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.terugbelnotities import PAGE_SIZE, read_page
from kcs_desktop.domain.errors import KcsError, SignedOut
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.domain.opdracht import (
    Opdracht,
    OverTerugbelnotitie,
    TerugbelnotitieAfhandelen,
    TerugbelnotitieClaimen,
    TerugbelnotitiePoging,
    TerugbelnotitieTeruggeven,
    TerugbelnotitieToewijzen,
    TerugbelnotitieVerzetten,
)
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.terugbeltaak import (
    Belresultaat,
    Lijst,
    Taaklijst,
    Taakpagina,
    Taakstand,
    Terugbelnieuws,
    Terugbeltaak,
    news,
    news_at_first,
)
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.weergave import local
from kcs_desktop.services.greep import Greep
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.taakoverlay import Ik, about, overlaid
from kcs_desktop.sync.rijen import SETTLED
from kcs_desktop.sync.taken import Taken

FUNCTIE = "terugbelnotities"
SOORTEN = frozenset({"internetaak", "terugbelnotitie"})
SOON = 0.1  # seconds: what is in the list changed
LATER = 1.0  # something changed that may come into the list
UNWATCHED = 60.0  # the same, for the number at the tab only; spread, so that seats do not all ask at once
_Naam = tuple[Lijst, Taakstand]
_EIGEN: _Naam = (Lijst.EIGEN, Taakstand.OPEN)
_replace = msgspec.structs.replace


class _Geladen(msgspec.Struct):
    lijst: Taaklijst
    gelezen: float = 0.0  # loop time
    pogingen: int = 0  # readings begun
    laatste: int = 0  # the newest one that was taken over: an older one that comes later is dropped
    leest: bool = False  # for a change: what changes meanwhile is read after it


class TerugbelnotitiesService:
    """Implements `sdk.Terugbelnotities`."""

    def __init__(
        self,
        client: Client,
        opslag: Opslag,
        outbox: OutboxService,
        inzagen: Inzagen,
        *,
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self.changed: Signal[Lijst] = Signal()
        self.counted: Signal[int] = Signal()
        self.nieuws: Signal[Terugbelnieuws] = Signal()
        self.verwacht: Signal[tuple[Klantverwijzing, ...]] = Signal()  # of the own open notes, as just read
        self._client = client
        self._opslag = opslag
        self._outbox = outbox
        self._inzagen = inzagen
        self._sessie = sessie
        self._doel = doel
        self._clock = clock
        self._geladen: dict[_Naam, _Geladen] = {}
        self._klaar_op: dict[str, float] = {}  # command → loop time of its success
        self._planned: dict[_Naam, float] = {}  # loop time of the next reading
        self._kijkers: Counter[_Naam] = Counter()
        self._noted: set[str] = set()  # partijen whose look was noted since the backend last answered
        self._aandacht = 0
        self._gemeld: int | None = None  # of the last reading; None before the first
        self._untold = Terugbelnieuws()  # what nobody was told of yet
        self._taken = Taken(on_error)
        outbox.changed.connect(self._on_outbox)

    # sdk.Terugbelnotities

    @property
    def aandacht(self) -> int:
        return self._aandacht

    def known(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> Taaklijst:
        geladen = self._get((lijst, stand))
        sessie = self._sessie()
        if sessie is None or not sessie.mag(FUNCTIE):
            return Taaklijst(lijst, stand)
        shown = overlaid(
            geladen.lijst, self._outbox.waiting(), _ik(sessie), lambda opdracht: self._still_unread(geladen, opdracht)
        )
        return shown if sessie.mag("crm") else _without_customers(shown)

    def take_news(self) -> Terugbelnieuws:
        nieuws, self._untold = self._untold, Terugbelnieuws()
        return nieuws

    async def load(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> None:
        naam = (lijst, stand)
        await self._from_store(naam)
        await self._read(naam)

    async def more(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> None:
        geladen = self._get((lijst, stand))
        nummer, nieuw = len(geladen.lijst.taken) // PAGE_SIZE, 0
        while True:
            nummer += 1
            pagina = await read_page(self._client, lijst, stand, nummer, self._doel())
            if self._geladen.get((lijst, stand)) is not geladen:
                return  # somebody else signed in
            bekend = {taak.uuid: taak for taak in (*geladen.lijst.taken, *pagina.taken)}
            nieuw = len(bekend) - len(geladen.lijst.taken)
            # Rows move while pages are read: one may hold what is known, with more behind it.
            if nieuw or not pagina.taken or nummer * PAGE_SIZE >= pagina.totaal:
                break
        totaal = max(pagina.totaal, len(bekend)) if nieuw else len(bekend)
        geladen.lijst = _replace(geladen.lijst, taken=tuple(bekend.values()), totaal=totaal)
        self.changed.emit(lijst)

    def watch(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> Greep:
        naam = (lijst, stand)
        self._get(naam)
        self._kijkers[naam] += 1

        def close() -> None:
            self._kijkers[naam] -= 1

        return Greep(close)

    def claim(self, taak: Terugbeltaak, *, take_over: bool = False) -> Opdracht:
        return self._queue(TerugbelnotitieClaimen(taak.uuid, take_over), "oppakken", taak)

    def hand_back(self, taak: Terugbeltaak) -> Opdracht:
        return self._queue(TerugbelnotitieTeruggeven(taak.uuid), "teruggeven", taak)

    def assign(self, taak: Terugbeltaak, *, afdeling: str = "", groep: str = "", medewerker: str = "") -> Opdracht:
        return self._queue(TerugbelnotitieToewijzen(taak.uuid, afdeling, groep, medewerker), "doorzetten", taak)

    def reschedule(self, taak: Terugbeltaak, moment: str, uiterlijk: datetime | None = None) -> Opdracht:
        return self._queue(TerugbelnotitieVerzetten(taak.uuid, moment, uiterlijk), "verzetten", taak)

    def attempt(self, taak: Terugbeltaak, resultaat: Belresultaat, toelichting: str = "") -> Opdracht:
        gegevens = TerugbelnotitiePoging(taak.uuid, resultaat, self._clock(), toelichting)
        return self._queue(gegevens, "poging vastleggen", taak)

    def finish(self, taak: Terugbeltaak, resultaat: Belresultaat, toelichting: str = "") -> Opdracht:
        gegevens = TerugbelnotitieAfhandelen(taak.uuid, resultaat, self._clock(), toelichting)
        return self._queue(gegevens, "afhandelen", taak)

    # for the seat

    async def begin(self) -> None:
        """Know the employee's own list as it was kept, for a seat without connection. Connected, it is read anew."""
        sessie = self._sessie()
        if sessie is not None and sessie.mag(FUNCTIE):
            self._taken.also("eigen terugbelnotities", self._from_store(_EIGEN))

    async def end(self) -> None:
        await self._taken.close()
        self._geladen = {naam: _Geladen(Taaklijst(*naam)) for naam in self._geladen}
        self._noted.clear()
        self._klaar_op.clear()
        self._planned.clear()
        self._gemeld = None
        self._untold = Terugbelnieuws()
        self._count(0)

    def forget(self) -> None:
        """The store was erased: only what is on screen now stays."""
        for naam, al in self._geladen.items():
            if not self._kijkers[naam]:
                al.lijst = Taaklijst(*naam)

    def on_change(self, wijziging: Wijziging) -> None:
        if wijziging.soort not in SOORTEN:
            return
        for naam, geladen in self._geladen.items():
            if self._is_kept_fresh(naam):
                is_in_it = geladen.lijst.find(wijziging.id) is not None
                self._again(naam, SOON if is_in_it else LATER if self._kijkers[naam] else UNWATCHED)

    def on_resync(self) -> None:
        """Something was missed, or the connection is back."""
        self._get(_EIGEN)
        for naam in self._geladen:
            if self._is_kept_fresh(naam):
                self._again(naam, SOON)

    # inside

    def _get(self, naam: _Naam) -> _Geladen:
        return self._geladen.setdefault(naam, _Geladen(Taaklijst(*naam)))

    def _is_kept_fresh(self, naam: _Naam) -> bool:
        """Somebody looks at it, or the number at the tab comes from it. Another is read when it is opened again."""
        return self._kijkers[naam] > 0 or naam == _EIGEN

    def _again(self, naam: _Naam, after: float) -> None:
        """Read anew in a moment; what comes sooner goes first, so a burst of changes is one question."""
        loop = asyncio.get_running_loop()
        due = loop.time() + after * (1 + random.random() * (after >= UNWATCHED))  # noqa: S311 -- spreads, guards nothing
        planned = self._planned.get(naam)
        if planned is not None and planned <= due:
            return
        self._planned[naam] = due
        geladen = self._get(naam)
        if not geladen.leest:  # ends a wait for later, never a reading
            self._taken.start(f"terugbelnotities {naam[0]} {naam[1]}", self._wait_and_read(naam, geladen))

    async def _wait_and_read(self, naam: _Naam, geladen: _Geladen) -> None:
        """Until no change came in while reading."""
        while (due := self._planned.get(naam)) is not None:
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
            del self._planned[naam]
            geladen.leest = True
            try:
                await self._read(naam)
            finally:
                geladen.leest = False

    async def _from_store(self, naam: _Naam) -> None:
        geladen = self._get(naam)
        if naam[1] is not Taakstand.OPEN or geladen.lijst.opgehaald_op is not None or not self._opslag.is_open:
            return
        bewaard = await self._opslag.werker.run(self._opslag.cache.read_value, _stored(naam), Taaklijst)
        if bewaard is not None and geladen.lijst.opgehaald_op is None:
            geladen.lijst = _replace(bewaard, uit_cache=True, laadt=True)
            self.changed.emit(naam[0])

    async def _read(self, naam: _Naam) -> None:
        sessie = self._sessie()
        if sessie is None or not sessie.mag(FUNCTIE):
            return
        geladen = self._get(naam)
        geladen.pogingen += 1
        poging, begin = geladen.pogingen, asyncio.get_running_loop().time()
        pages = max(1, min(10, -(-len(geladen.lijst.taken) // PAGE_SIZE))) if not geladen.lijst.uit_cache else 1
        if not geladen.lijst.laadt:
            geladen.lijst = _replace(geladen.lijst, laadt=True)
            self.changed.emit(naam[0])
        try:
            gelezen = [await read_page(self._client, *naam, nummer, self._doel()) for nummer in range(1, pages + 1)]
        except KcsError as fout:
            if poging > geladen.laatste and self._geladen.get(naam) is geladen:
                geladen.laatste = poging
                geladen.lijst = _replace(geladen.lijst, laadt=False, fout=fout.message, uit_cache=True)
                await self._note_looks(geladen.lijst)
                self.changed.emit(naam[0])
            return
        if poging < geladen.laatste or self._geladen.get(naam) is not geladen:
            return  # a newer reading came first, or somebody else signed in
        geladen.laatste = poging
        self._noted.clear()
        vorige = geladen.lijst
        geladen.lijst, geladen.gelezen = _as_list(naam, gelezen, self._clock()), begin
        self._count(gelezen[0].dringend or gelezen[0].eigen_open)
        if naam == _EIGEN:
            if self._gemeld is None:
                self._tell(news_at_first(geladen.lijst, gelezen[0].gemeld, local(self._clock()).date()))
            else:
                self._tell(news(vorige, geladen.lijst, gelezen[0].gemeld - self._gemeld))
            self._gemeld = gelezen[0].gemeld
        self.changed.emit(naam[0])
        await self._keep(naam, geladen.lijst, sessie)
        if naam == _EIGEN and sessie.mag("crm") and sessie.is_still(self._sessie()):
            self.verwacht.emit(tuple(taak.klant for taak in geladen.lijst.taken if taak.klant is not None))

    def _tell(self, nieuws: Terugbelnieuws) -> None:
        if nieuws != Terugbelnieuws():
            self._untold += nieuws
            self.nieuws.emit(nieuws)

    async def _keep(self, naam: _Naam, lijst: Taaklijst, sessie: Sessie) -> None:
        """What a role may not see of it is not written over what another role of this employee saw."""
        if naam[1] is Taakstand.OPEN and self._opslag.is_open and sessie.mag("crm"):
            await self._opslag.werker.run(self._opslag.cache.write_value, _stored(naam), lijst)

    async def _note_looks(self, lijst: Taaklijst) -> None:
        """Seen from the store while the backend did not answer: told to the audit trail when it is back."""
        if not self._opslag.is_open or lijst.opgehaald_op is None or not self._kijkers[lijst.lijst, lijst.stand]:
            return
        doel = self._doel()
        klanten = {taak.klant.sleutel.partij: taak.klant for taak in lijst.taken if taak.klant is not None}
        for partij, klant in klanten.items():
            if partij not in self._noted:
                self._noted.add(partij)
                await self._inzagen.note(klant.sleutel, doel)

    def _queue(self, gegevens: OverTerugbelnotitie, wat: str, taak: Terugbeltaak) -> Opdracht:
        if self._sessie() is None:
            raise SignedOut
        doel = self._doel()
        opdracht = Opdracht(new_id(), gegevens, self._clock(), doel.contact, doel.product, doel.kanaal)
        wie = taak.klant.naam if taak.klant is not None else taak.handeling
        self._outbox.put(opdracht, f"Terugbelnotitie van {wie} {wat}")
        return opdracht

    def _on_outbox(self, rij: Wachtrij) -> None:
        gegevens = about(rij)
        if gegevens is None:
            return
        if rij.stand is Wachtstand.GESLAAGD:
            self._klaar_op[rij.opdracht.id] = asyncio.get_running_loop().time()
        for naam, geladen in self._geladen.items():
            if geladen.lijst.find(gegevens.notitie) is None:
                continue
            if rij.stand in SETTLED and self._is_kept_fresh(naam):
                self._again(naam, SOON)
            self.changed.emit(naam[0])

    def _still_unread(self, geladen: _Geladen, opdracht: str) -> bool:
        klaar_op = self._klaar_op.get(opdracht)
        return klaar_op is not None and geladen.gelezen < klaar_op

    def _count(self, aandacht: int) -> None:
        if aandacht != self._aandacht:
            self._aandacht = aandacht
            self.counted.emit(aandacht)


def _as_list(naam: _Naam, paginas: list[Taakpagina], op: datetime) -> Taaklijst:
    taken = {taak.uuid: taak for pagina in paginas for taak in pagina.taken}
    return Taaklijst(*naam, tuple(taken.values()), max(paginas[0].totaal, len(taken)), op)


def _stored(naam: _Naam) -> str:
    return f"terugbelnotities-{naam[0].value}"


def _ik(sessie: Sessie) -> Ik:
    return Ik(sessie.medewerker.gebruikersnaam, sessie.medewerker.naam)


def _without_customers(lijst: Taaklijst) -> Taaklijst:
    """What this role may see of a list that another role of this employee read."""
    return _replace(lijst, taken=tuple(taak.without_customer() for taak in lijst.taken))
