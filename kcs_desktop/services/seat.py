"""The seat: builds every service once, starts and stops them around a sign-in, and is handed down to the window.

Composition and life cycle only; each rule lives in the service that owns it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from kcs_desktop.api.bag import Bag
from kcs_desktop.api.brp import Brp
from kcs_desktop.api.client import Client, Doel, check_address
from kcs_desktop.api.gebeurtenissen import follow
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.api.kvk import Kvk
from kcs_desktop.domain.bewaartermijnen import Bewaartermijnen
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import KcsError, SignedOut, UserError
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.verbinding import Verbinding
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.security.sessie import OnthoudenSessie, Sessiehouder
from kcs_desktop.security.sleutelbos import OsSleutelbos, Sleutelbos
from kcs_desktop.services.aanmelden import AanmeldenService
from kcs_desktop.services.achtergrond import Achtergrond
from kcs_desktop.services.adressen import AdressenService
from kcs_desktop.services.audit import AuditService
from kcs_desktop.services.basisregistraties import Basisregistraties
from kcs_desktop.services.catalogus import CatalogusService
from kcs_desktop.services.contacten import ContactenService
from kcs_desktop.services.dossier import dossier_at
from kcs_desktop.services.eformulieren import EformulierenService
from kcs_desktop.services.ingebed import IngebeddeBackend
from kcs_desktop.services.intrekking import Intrekking, is_withdrawn
from kcs_desktop.services.inzagen import Inzagen
from kcs_desktop.services.klanten import KlantenService
from kcs_desktop.services.meekijkers import MeekijkersService
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.terugbelnotities import TerugbelnotitiesService
from kcs_desktop.services.vastgezet import VastgezetService
from kcs_desktop.services.verbinding import Verbindingstoestand
from kcs_desktop.services.winkels import Winkels
from kcs_desktop.services.zaakaanmaken import zaakaanmaken_at
from kcs_desktop.services.zaken import ZakenService
from kcs_desktop.services.zitplaatsbestand import Zitplaatsbestand
from kcs_desktop.services.zoeken import ZoekenService
from kcs_desktop.sync.getoond import Getoond
from kcs_desktop.sync.loket import loket_at
from kcs_desktop.sync.ontwaken import Ontwaken
from kcs_desktop.sync.taken import Taken
from kcs_desktop.sync.volger import Volger

if TYPE_CHECKING:
    import httpx

EMBEDDED = "ingebed"
START_WAIT = 60.0  # seconds for the embedded backend to accept
CATALOGUS_EVERY = 600.0  # seconds


def utc_now() -> datetime:
    return datetime.now(UTC)


class SeatService:
    """Implements `sdk.Seat`. Build it on the event loop with `open_seat`, then `await start()`; end with `close()`."""

    def __init__(
        self,
        profile: Path,
        backend: str,
        clock: Callable[[], datetime],
        bos: Sleutelbos,
        client: Client,
        termijnen: Bewaartermijnen,
    ) -> None:
        self.verbinding_changed: Signal[Verbinding] = Signal()
        self.sessie_changed: Signal[Sessie | None] = Signal()
        self.wijziging: Signal[Wijziging] = Signal()
        self.bewaart_changed: Signal[str] = Signal()
        self._clock = clock
        self._backend = backend
        self._client = client
        self._achtergrond = achtergrond = Achtergrond()
        achtergrond.changed.connect(lambda _: self.bewaart_changed.emit(self.bewaart))
        self.failed = achtergrond.failed
        self._taken = Taken(achtergrond.report)
        self._session_tasks = Taken(achtergrond.report)
        self._ready = asyncio.Event()
        self._volger: Volger | None = None
        kcs = Kcs(client)
        self._kcs = kcs
        self._opslag = Opslag(profile, bos, clock, termijnen)
        zitplaats = Zitplaatsbestand(profile)
        self._opslag.changed.connect(lambda _: self.bewaart_changed.emit(self.bewaart))
        self._opslag.returned.connect(self._on_store_back)
        self._houder = Sessiehouder(kcs, clock, self._remember)
        client.toegang = self._houder
        self._toestand = Verbindingstoestand(kcs, lambda: self._houder.sessie is not None)
        self._toestand.changed.connect(self.verbinding_changed.emit)
        self._toestand.changed.connect(self._on_verbinding)
        self._catalogus = CatalogusService(kcs, self._opslag)
        self.outbox = OutboxService(self._opslag, loket_at(client), clock, achtergrond.report)
        self.inzagen = Inzagen(kcs, self._opslag, clock)
        self.klanten = KlantenService(
            client,
            self._opslag,
            self.outbox,
            self.inzagen,
            sessie=lambda: self.sessie,
            doel=self._doel,
            clock=clock,
            on_error=achtergrond.report,
            is_starting=lambda: self.verbinding is Verbinding.OPSTARTEN,
        )
        self.contacten = ContactenService(
            self._opslag,
            self.outbox,
            sessie=lambda: self._houder.sessie,
            clock=clock,
            on_error=achtergrond.report,
            catalogus=lambda: self.catalogus,
            beeld=self.klanten.known,
        )
        self.meekijkers = MeekijkersService(kcs, self.contacten, achtergrond.report)
        self.terugbelnotities = TerugbelnotitiesService(
            client,
            self._opslag,
            self.outbox,
            self.inzagen,
            sessie=lambda: self.sessie,
            doel=self._doel,
            clock=clock,
            on_error=achtergrond.report,
        )
        self.zaken = ZakenService(
            client,
            self._opslag,
            self.inzagen,
            sessie=lambda: self.sessie,
            doel=self._doel,
            clock=clock,
            on_error=achtergrond.report,
            is_starting=lambda: self.verbinding is Verbinding.OPSTARTEN,
        )
        self.zaakaanmaken = zaakaanmaken_at(
            client,
            kcs,
            self._opslag,
            self.outbox,
            self.contacten,
            beeld=self.klanten.known,
            producten=self._catalogus,
            sessie=lambda: self.sessie,
            doel=self._doel,
            clock=clock,
            on_error=achtergrond.report,
        )
        self.eformulieren = EformulierenService(
            client,
            self._opslag,
            self.inzagen,
            sessie=lambda: self.sessie,
            doel=self._doel,
            catalogus=lambda: self.catalogus,
            clock=clock,
            on_error=achtergrond.report,
        )
        self.adressen = AdressenService(Bag(client), lambda: self.verbinding is Verbinding.VERBONDEN)
        self.dossier = dossier_at(
            client,
            self._opslag,
            self.outbox,
            profile,
            sessie=lambda: self.sessie,
            doel=self._doel,
            clock=clock,
            on_error=achtergrond.report,
        )
        self.zaakaanmaken.changed.connect(self.dossier.on_concept)
        self.zaakaanmaken.forgotten.connect(self.dossier.let_go_of)
        self.vastgezet = VastgezetService(self.klanten, self._opslag, clock)
        self.terugbelnotities.verwacht.connect(self._on_expected)
        self.zoeken = ZoekenService(
            kcs,
            Basisregistraties(Brp(client), Kvk(client)),
            self._opslag,
            sessie=lambda: self.sessie,
            doel=self._doel,
            catalogus=lambda: self.catalogus,
            clock=clock,
            on_error=achtergrond.report,
        )
        self.klanten.kept.connect(self.zoeken.keep)
        self._getoond = Getoond(kcs.shows, self._doel, achtergrond.report)
        self.klanten.shown.connect(self._getoond.show)
        self.contacten.changed.connect(lambda _: self._getoond.look())
        self.audit = AuditService(kcs)
        self.klanten.kept.connect(lambda _: self.inzagen.kick())
        self.aanmelden = AanmeldenService(
            kcs,
            self._houder,
            self._opslag,
            bos,
            zitplaats,
            Intrekking(kcs, self._opslag, bos, profile),
            Winkels(profile, bos, zitplaats, backend),
            begin=self._begin,
            end=self._end,
            unsent=self.outbox.unfinished,
            ready=self._until_ready,
            clock=clock,
        )
        self._houder.ended.connect(self._on_session_ended)
        self._ontwaken = Ontwaken()
        self._ontwaken.woke.connect(self._on_woke)
        self._ingebed = (
            IngebeddeBackend(profile, self._on_backend_ready, self._client.look_away, self._on_backend_failed)
            if backend == EMBEDDED
            else None
        )

    # sdk.Seat

    @property
    def sessie(self) -> Sessie | None:
        return self._houder.sessie if self._opslag.is_open else None

    @property
    def verbinding(self) -> Verbinding:
        return self._toestand.value

    @property
    def catalogus(self) -> Catalogus:
        return self._catalogus.value

    @property
    def catalogus_changed(self) -> Signal[Catalogus]:
        return self._catalogus.changed

    @property
    def bewaart(self) -> str:
        return " ".join(melding for melding in (self._opslag.melding, self._achtergrond.melding) if melding)

    def now(self) -> datetime:
        return self._clock()

    async def wipe(self) -> None:
        await self.zoeken.end()
        is_erased = await self.aanmelden.wipe()
        for part in (self.klanten, self.zaken, self.vastgezet, self.terugbelnotities, self.eformulieren):
            part.forget()
        self.zoeken.begin()
        if not is_erased:
            raise UserError(
                "De opgeslagen klanten zijn niet gewist: de schijf laat het niet toe.",
                code="wissen",
                advice="Ze worden niet meer getoond. Het wordt vanzelf opnieuw geprobeerd zolang dit venster open is."
                " Meld dit aan de beheerder.",
            )

    @property
    def has_left(self) -> bool:
        """Whether somebody signed out whose work is in memory only."""
        return self._opslag.has_left

    async def can_let_go(self) -> bool:
        """Whether closing now loses nothing: False while there is work that stands in memory only."""
        opslag = self._opslag
        if self.has_left:
            return False
        if not opslag.is_open:
            return True
        try:
            await self.contacten.flush()
            await self.zaakaanmaken.flush()
            await self.dossier.flush()
        except dbapi2.Error:
            return False
        if self.dossier.is_loose:
            return False
        if await opslag.werker.run(opslag.werk.is_on_disk):
            return True
        drafts = (*self.contacten.open, *self.contacten.typed, *self.zaakaanmaken.concepten, *self.dossier.waiting)
        return not drafts and all(rij.stand is Wachtstand.GESLAAGD for rij in self.outbox.waiting())

    # life cycle

    async def start(self) -> None:
        """Start the embedded backend, or aim at the given one. Returns at once; `verbinding` tells the rest."""
        if self._ingebed is not None:
            self._ingebed.start()
        else:
            self._on_backend_ready(self._backend, "")
        self._taken.start("verbinding", self._toestand.look())
        self._taken.start("ingetrokken", self.aanmelden.check_withdrawn())
        self._taken.start("ontwaken", self._ontwaken.run())

    async def close(self) -> None:
        """Write what is not written, end every task, thread and child. The remembered session stays."""
        await self._end(tell=False)
        await self._taken.close()
        if self._ingebed is not None:
            await self._ingebed.stop()
        await self._client.close()
        await self._opslag.close()

    # inside

    async def _begin(self, sessie: Sessie) -> None:
        """Everything that belongs to a signed-in employee."""
        self._achtergrond.begin()
        await self._catalogus.begin()
        await self.outbox.start()
        await self.dossier.begin()  # before the drafts of zaken: they tell it what became of them
        await self.klanten.begin()
        await self.vastgezet.begin()
        await self.contacten.begin()
        await self.zaakaanmaken.begin()
        self.dossier.keep_only(self.zaakaanmaken.concepten)
        self._volger = Volger(lambda position: follow(self._client, position))
        self._volger.happened.connect(self.klanten.on_event)
        for shown in (self.terugbelnotities, self.zaken, self.eformulieren, self.dossier):
            self._volger.changed.connect(shown.on_change)
        self._volger.changed.connect(self.wijziging.emit)
        self._volger.meekijkers.connect(self.meekijkers.on_news)
        self._volger.epoch.connect(self.outbox.on_epoch)
        self._volger.resync.connect(self._on_resync)
        self._volger.connected.connect(self._on_stream)
        self._volger.connected.connect(self._getoond.on_stream)
        self._volger.connected.connect(self.zaakaanmaken.on_stream)
        self._taken.stop("verbinding")
        self._session_tasks.start("live", self._achtergrond.lasting("live", self._volger.run))
        self._session_tasks.start("sessie verversen", self._houder.keep())
        self._session_tasks.start("catalogus", self._keep_catalogus())
        if sessie.mag("zaken"):
            self._session_tasks.start("zaaktypen", self.zaakaanmaken.keep_catalogus())
        opslag = partial(self._opslag.keep, lambda: not self.aanmelden.is_locked)
        self._session_tasks.start("opslag", self._achtergrond.lasting("opslag", opslag))
        self._session_tasks.start("inzagen", self._achtergrond.lasting("inzagen", self.inzagen.run))
        self._session_tasks.start("namen", self.klanten.learn_names())
        self.zoeken.begin()
        self._toestand.show(reached=self._ready.is_set())
        self.sessie_changed.emit(sessie)
        self.bewaart_changed.emit(self.bewaart)
        await self.terugbelnotities.begin()

    async def _end(self, *, tell: bool = True) -> None:
        """Put the employee's things away."""
        was_open = self._opslag.is_open
        await self._session_tasks.close()
        self._volger = None
        if was_open:
            for drafts in (self.contacten, self.zaakaanmaken):
                try:
                    await drafts.end()
                except dbapi2.Error as fout:
                    self._achtergrond.report(fout)
            await self.dossier.end()
            await self.outbox.stop()
            for part in (self.meekijkers, self._getoond, self.klanten, self.terugbelnotities, self.zaken):
                await part.end()
            await self.eformulieren.end()
            self.vastgezet.end()
            await self.zoeken.end()
            self.adressen.forget()
        self._catalogus.end()
        self._houder.drop()
        await self._opslag.close_stores()
        if tell and self._opslag.has_left:
            self._taken.start("werk van eerder", self._opslag.save_left())
        if tell:
            self._toestand.show(reached=True)
            self._taken.start("verbinding", self._toestand.look())
            if was_open:
                self.sessie_changed.emit(None)

    async def _session_ended(self, fout: SignedOut) -> None:
        """The backend says that the session is over: withdrawn, or past its end."""
        await self.aanmelden.forget()
        if is_withdrawn(fout) and self._opslag.is_open:
            await self.zoeken.end()
            await self._opslag.wipe()
        await self._end()

    async def _keep_catalogus(self) -> None:
        while True:
            await self._catalogus.refresh()
            await asyncio.sleep(CATALOGUS_EVERY)

    async def _until_ready(self) -> None:
        try:
            async with asyncio.timeout(START_WAIT):
                await self._ready.wait()
        except TimeoutError:
            return  # the call itself says that nothing answers

    def _on_backend_ready(self, url: str, secret: str) -> None:
        self._client.aim(url, secret)
        self._ready.set()
        if self._volger is not None:
            self._volger.kick()

    def _on_backend_failed(self, melding: str) -> None:
        self._ready.set()
        self._client.look_away(melding)
        self._toestand.give_up_starting()
        self.failed.emit(KcsError(melding, code="ingebed"))

    def _on_session_ended(self, fout: SignedOut) -> None:
        self._taken.start("afgemeld", self._session_ended(fout))

    async def _remember(self, onthouden: OnthoudenSessie) -> None:
        await self.aanmelden.remember(onthouden)

    def _on_stream(self, connected: bool) -> None:
        self._toestand.show(reached=connected)
        if connected:
            self.outbox.kick()
            self.dossier.kick()
            self.inzagen.kick()
            self.terugbelnotities.on_resync()
            self.eformulieren.on_resync()
            self._session_tasks.start("vastgezet", self.vastgezet.renew())
            self._taken.start("ingetrokken", self.aanmelden.check_withdrawn())
            if self.catalogus == Catalogus():
                self._session_tasks.start("catalogus", self._keep_catalogus())

    def _on_expected(self, klanten: tuple[Klantverwijzing, ...]) -> None:
        if self.vastgezet.expect(klanten):
            self._session_tasks.start("verwacht", self.vastgezet.renew_later())

    def _on_verbinding(self, verbinding: Verbinding) -> None:
        """Reached without anybody signed in: also a seat that nobody uses any more hears of a withdrawal."""
        if verbinding is Verbinding.AFGEMELD:
            self._taken.start("ingetrokken", self.aanmelden.check_withdrawn())

    def _on_store_back(self, _: None) -> None:
        self._session_tasks.also("werk van eerder", self._take_in())

    async def _take_in(self) -> None:
        """Drafts of zaken come last: how they stand, the outbox says."""
        await self.outbox.take_in()
        await self.contacten.take_in()
        await self.dossier.take_in()
        await self.zaakaanmaken.take_in()

    def _on_woke(self, _: float) -> None:
        """The machine slept: what waited waits no longer, and the stream of before is dead without saying so."""
        self.outbox.kick()
        if self._volger is not None:
            self._session_tasks.start("live", self._achtergrond.lasting("live", self._volger.run))

    def _on_resync(self, _: None) -> None:
        self.klanten.on_resync()
        self.terugbelnotities.on_resync()
        self.zaken.on_resync()
        self.eformulieren.on_resync()
        self.outbox.kick()

    def _doel(self) -> Doel:
        contact = self.contacten.active
        return Doel(contact.kanaal.value, contact.vraag.product, contact.id) if contact is not None else Doel()


def open_seat(
    profile: Path,
    *,
    backend: str = "",
    clock: Callable[[], datetime] = utc_now,
    sleutelbos: Sleutelbos | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
    termijnen: Bewaartermijnen | None = None,
) -> SeatService:
    """Build the seat on the running loop. `backend` "" starts the embedded one; raises InvalidInput for a bad address.

    Use::

        seat = open_seat(profile, backend=url_or_empty)
        await seat.start()
        sessie = await seat.aanmelden.resume() or ...   # sign_in, then choose
        ...
        await seat.close()
    """
    adres = check_address(backend) if backend else EMBEDDED
    return SeatService(
        profile, adres, clock, sleutelbos or OsSleutelbos(), Client(transport), termijnen or Bewaartermijnen()
    )
