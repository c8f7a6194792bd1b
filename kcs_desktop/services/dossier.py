"""Documents on their way into a dossier: kept, sent in pieces, looked at by the scanner, then linked by a command.

Only the command registers anything. A file that was sent and not linked when the window closed is linked after the
next sign-in; one that nobody confirms is dropped by the backend.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from kcs_desktop.api.bestanden import Bestanden, Bestandstand
from kcs_desktop.api.catalogi import read_documenttypen
from kcs_desktop.api.client import Client, Doel
from kcs_desktop.cache.bijlagen import total
from kcs_desktop.cache.toevoegingen import Onderweg
from kcs_desktop.domain.bestandsoverdracht import NO_ROOM
from kcs_desktop.domain.errors import (
    Forbidden,
    KcsError,
    NotFound,
    RetryableError,
    SignedOut,
    TimedOut,
    Unreachable,
    UserError,
)
from kcs_desktop.domain.gebeurtenis import Wijziging
from kcs_desktop.domain.rechten import Recht
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.toevoeging import (
    ENDED,
    NOTHING_LEFT,
    UNDER_WAY,
    Toevoeging,
    Toevoegstand,
    incoming_first,
    missing_in,
    title_of,
    type_for,
)
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakbeeld import Zaakdocument
from kcs_desktop.domain.zaakconcept import Conceptstand, Zaakconcept
from kcs_desktop.domain.zaaktype import Documenttype
from kcs_desktop.ports.dossier import Voorbeeld, Voortgang
from kcs_desktop.services.documentlezer import Documentlezer, no_progress
from kcs_desktop.services.documentuitvoer import write_beside
from kcs_desktop.services.inlezen import COPIES_AT_MOST, read_in
from kcs_desktop.services.koppelen import BESMET, Koppeling
from kcs_desktop.services.onderweg import Onderwegs
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.versturen import Verzending
from kcs_desktop.sync.taken import Taken
from kcs_desktop.sync.terugval import pause

AT_ONCE = 2  # files that are sent side by side
ASK_AGAIN = 4.0  # seconds until the scanner's outcome is asked; the feed usually tells it sooner
_UNSENT = frozenset({Toevoegstand.WACHT, Toevoegstand.VERSTUURT, Toevoegstand.MISLUKT})
_EIGEN = frozenset({"titel", "informatieobjecttype", "vertrouwelijkheidaanduiding", "beschrijving", "ontvangstdatum"})
_LATER = "Geen verbinding. Het wordt vanzelf verstuurd als die er weer is."
_AGAIN = "Het wordt vanzelf opnieuw geprobeerd."
_replace = msgspec.structs.replace


class DossierService:
    """Implements `sdk.Dossier`."""

    def __init__(
        self,
        client: Client,
        opslag: Opslag,
        outbox: OutboxService,
        rijen: Onderwegs,
        *,
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self.changed: Signal[Toevoeging] = rijen.changed
        self._client = client
        self._bestanden = Bestanden(client)
        self._lezer = Documentlezer(client, doel)
        self._opslag = opslag
        self._outbox = outbox
        self._rijen = rijen
        self._sessie = sessie
        self._doel = doel
        self._clock = clock
        self._toeval = random.Random()  # noqa: S311 -- spreads retries, guards nothing
        self._soorten: dict[str, tuple[Documenttype, ...]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._kicked = asyncio.Event()
        self._taken = Taken(on_error)
        self._koppeling = Koppeling(rijen, outbox, may_always=lambda: self._may("dossier"), clock=clock)

    # sdk.Dossier

    def may_add(self, zaak: Zaakverwijzing) -> bool:
        return self._may("dossier" if zaak.uuid else "zaken")

    def of(self, zaak: Zaakverwijzing) -> Sequence[Toevoeging]:
        return tuple(al.toevoeging for al in self._rijen.all if _is_same(al.toevoeging.zaak, zaak))

    @property
    def waiting(self) -> Sequence[Toevoeging]:
        return tuple(al.toevoeging for al in self._waiting)

    @property
    def _waiting(self) -> list[Onderweg]:
        return [al for al in self._rijen.all if al.toevoeging.stand not in NOTHING_LEFT]

    async def export(self, path: Path) -> Sequence[str]:
        return await asyncio.to_thread(write_beside, path, self._rijen.folder, self._waiting)

    def failed(self) -> Sequence[Toevoeging]:
        alle = [row.toevoeging for row in self._rijen.all]
        mis = (Toevoegstand.MISLUKT, Toevoegstand.BESMET)
        return [al for al in alle if al.stand in mis and al.zaak.uuid and self._outbox.find(al.opdracht) is None]

    async def types(self, zaaktype_url: str) -> Sequence[Documenttype]:
        if zaaktype_url not in self._soorten:
            gelezen = await read_documenttypen(self._client, zaaktype_url, self._doel())
            self._soorten[zaaktype_url] = incoming_first(gelezen)
        return self._soorten[zaaktype_url]

    async def add(
        self, zaak: Zaakverwijzing, bron: Path | bytes, naam: str = "", *, soorten: Sequence[Documenttype] = ()
    ) -> Toevoeging:
        if not self.may_add(zaak):
            raise Forbidden("Met uw rol kunt u geen documenten toevoegen.")
        naam = naam or (bron.name if isinstance(bron, Path) else "document")
        bestand, folder = new_id(), self._rijen.folder
        ruimte = 0 if self._opslag.is_in_memory else COPIES_AT_MOST - await asyncio.to_thread(total, folder)
        gelezen = await asyncio.to_thread(read_in, bron, naam, folder / bestand, ruimte)
        if not self._opslag.is_open or folder != self._rijen.folder:
            raise SignedOut  # who chose it is gone; the copy goes at their next sign-in
        soort, nu, doel = type_for(gelezen.naam, tuple(soorten)), self._clock(), self._doel()
        toevoeging = Toevoeging(
            bestand,
            new_id(),
            zaak,
            gelezen.naam,
            gelezen.bron.omvang,
            nu,
            mediatype=gelezen.oordeel.mediatype,
            melding=gelezen.oordeel.melding,
            titel=title_of(gelezen.naam),
            informatieobjecttype=soort.uuid if soort is not None else "",
            vertrouwelijkheidaanduiding=soort.vertrouwelijkheidaanduiding if soort is not None else "",
            ontvangstdatum=local(nu).date(),
            contact=doel.contact,
            product=doel.product,
            kanaal=doel.kanaal,
        )
        self._rijen.put(Onderweg(toevoeging, gelezen.bron))
        self._go_on(bestand)
        return toevoeging

    def change(self, toevoeging: str, **velden: Any) -> Toevoeging:
        if vreemd := set(velden) - _EIGEN:
            raise TypeError(f"a document has no field to change named {', '.join(sorted(vreemd))}")
        huidig = self._rijen.get(toevoeging).toevoeging
        if huidig.stand in {Toevoegstand.KOPPELT, Toevoegstand.TOEGEVOEGD}:
            raise UserError("Dit document is al toegevoegd.", code="toegevoegd")
        return self._rijen.change(toevoeging, **velden)

    def confirm(self, toevoegingen: Collection[str]) -> None:
        for naam in toevoegingen:
            if (mist := missing_in(self._rijen.get(naam).toevoeging)) is not None:
                raise mist
        for naam in toevoegingen:
            if self._rijen.get(naam).toevoeging.stand not in ENDED:
                self._rijen.change(naam, bevestigd=True)
                self._koppeling.link(naam)

    def retry(self, toevoeging: str) -> None:
        oud = self._rijen.get(toevoeging)
        if oud.toevoeging.is_apart:  # it may have been added: only the same command adds no second one
            self._outbox.retry(oud.toevoeging.opdracht)
            return
        if oud.toevoeging.stand is not Toevoegstand.MISLUKT:
            return
        self._outbox.remove(oud.toevoeging.opdracht)
        # The backend may have dropped the file, or hold another content under this id.
        nieuw = _replace(
            oud.toevoeging, id=new_id(), opdracht=new_id(), stand=Toevoegstand.WACHT, verstuurd=0, reden=""
        )
        self._rijen.replace(toevoeging, Onderweg(nieuw, oud.bron))
        self._go_on(nieuw.id)

    def cancel(self, toevoeging: str) -> None:
        huidig = self._rijen.get(toevoeging).toevoeging
        if huidig.stand is Toevoegstand.KOPPELT:
            raise UserError(
                "Dit document wordt al toegevoegd.", code="toegevoegd", advice="Trek de opdracht terug bij Uitgaand."
            )
        self._outbox.remove(huidig.opdracht)
        self._rijen.drop(toevoeging)
        self._taken.start(f"versturen {toevoeging}", self._drop(toevoeging))

    def cancel_all(self, zaak: Zaakverwijzing) -> None:
        for al in self.of(zaak):
            if al.stand is not Toevoegstand.KOPPELT:
                self.cancel(al.id)

    async def open(self, document: Zaakdocument, progress: Voortgang = no_progress) -> Voorbeeld:
        return await self._lezer.open(document, progress)

    async def save(self, document: Zaakdocument, path: Path, progress: Voortgang = no_progress) -> None:
        await self._lezer.save(document, path, progress)

    # for the seat

    async def begin(self) -> None:
        """Take up what was on its way; the outbox must have begun."""
        await self._rijen.begin()
        self._take_up(self._rijen.all)

    @property
    def is_loose(self) -> bool:
        """Whether closing now loses content: it stands in memory only, and the backend has not all of it."""
        return any(al.bron.los and al.toevoeging.stand in _UNSENT for al in self._rijen.all)

    async def take_in(self) -> None:
        """The store holds its file again; the outbox must have taken in what is in it."""
        self._take_up(await self._rijen.take_in())

    async def flush(self) -> None:
        await self._rijen.flush()

    async def end(self) -> None:
        await self._taken.close()
        await self._rijen.end()
        self._soorten.clear()

    def kick(self) -> None:
        """The connection is back."""
        self._kicked.set()

    def on_change(self, wijziging: Wijziging) -> None:
        """The feed tells that the scanner has looked."""
        if wijziging.soort == "bestand" and self._rijen.find(wijziging.id) is not None:
            self._kicked.set()

    # sending, inside

    def _may(self, functie: str) -> bool:
        sessie = self._sessie()
        return sessie is not None and sessie.mag(functie, Recht.WIJZIGEN)

    def _take_up(self, rijen: Sequence[Onderweg]) -> None:
        for al in rijen:
            self._koppeling.look_up(al.toevoeging)
            self._koppeling.link(al.toevoeging.id)
            if al.toevoeging.stand not in ENDED:
                self._go_on(al.toevoeging.id)

    def _go_on(self, toevoeging: str) -> None:
        self._taken.start(f"versturen {toevoeging}", self._send(toevoeging))

    async def _send(self, naam: str) -> None:
        """Until it ended, or waits for the employee or its zaak."""
        pogingen = 0
        while (rij := self._rijen.find(naam)) is not None and rij.toevoeging.stand in UNDER_WAY:
            try:
                stand = await self._send_once(rij)
            except SignedOut:
                return  # the session ends, and with the next one this begins again
            except (RetryableError, UserError) as fout:
                if isinstance(fout, UserError) and fout.code != NO_ROOM:
                    reden = " ".join(filter(None, (fout.message, fout.advice)))
                    self._rijen.change(naam, stand=Toevoegstand.MISLUKT, reden=reden)
                    return
                pogingen += 1
                reden = _LATER if isinstance(fout, Unreachable | TimedOut) else f"{fout.message} {_AGAIN}"
                self._rijen.change(naam, stand=_waiting(rij.toevoeging), reden=reden)
                await self._wait(pause(pogingen, self._toeval))
                continue
            pogingen = 0
            self._received(naam, stand)
            if self._rijen.get(naam).toevoeging.stand is Toevoegstand.ONDERZOEK:
                await self._wait(ASK_AGAIN)

    async def _drop(self, naam: str) -> None:
        """Let the backend forget what it has of it now; else it does so by itself after a week."""
        with suppress(KcsError):
            await self._bestanden.drop(naam)
            self._kicked.set()  # there may be room for one that waits

    async def _send_once(self, rij: Onderweg) -> Bestandstand:
        al = rij.toevoeging
        if al.stand is Toevoegstand.ONDERZOEK:
            with suppress(NotFound):  # what it had is gone, as after a backup that was put back
                return await self._bestanden.state(al.id)
        async with self._turns:
            verzending = Verzending(self._bestanden, al.id, al.naam, al.mediatype, rij.bron, self._rijen.folder)
            return await verzending.run(
                lambda bytes_: self._rijen.change(al.id, stand=Toevoegstand.VERSTUURT, verstuurd=bytes_, reden="")
            )

    def _received(self, naam: str, stand: Bestandstand) -> None:
        match stand.stand:
            case "besmet":
                self._rijen.change(naam, stand=Toevoegstand.BESMET, reden=BESMET)
            case "onderzoek":
                self._rijen.change(naam, stand=Toevoegstand.ONDERZOEK, reden=stand.reden)
            case "ontvangen":
                self._rijen.change(naam, stand=Toevoegstand.WACHT)
            case _:
                self._rijen.change(naam, stand=Toevoegstand.GEREED, is_onderzocht=stand.stand == "schoon", reden="")
                self._koppeling.link(naam)

    async def _wait(self, seconds: float) -> None:
        self._kicked.clear()
        try:
            async with asyncio.timeout(seconds):
                await self._kicked.wait()
        except TimeoutError:
            return

    # the drafts of zaken

    def on_concept(self, concept: Zaakconcept) -> None:
        """A draft of a zaak changed: once it is made, what was chosen with it belongs to that zaak. By sending it the
        employee said so."""
        if concept.stand is not Conceptstand.GEMAAKT:
            return
        for al in self._of_drafts({concept.id}):
            zaak = _replace(al.zaak, uuid=concept.zaak, identificatie=concept.nummer)
            self._rijen.change(al.id, zaak=zaak, aanmaking=concept.opdracht, bevestigd=True)
            self._koppeling.link(al.id)

    def let_go_of(self, concept: Zaakconcept) -> None:
        """A draft of a zaak that was cancelled does not come back."""
        for al in self._of_drafts({concept.id}):
            self.cancel(al.id)

    def keep_only(self, concepten: Sequence[Zaakconcept]) -> None:
        """These are the drafts of zaken that there are; the window was cut off while it let go of another."""
        if not self._rijen.is_known:
            return  # that other may be one that cannot be read
        er_zijn = {concept.id for concept in concepten}
        for al in self._of_drafts({row.toevoeging.zaak.opdracht for row in self._rijen.all} - er_zijn):
            self.cancel(al.id)

    def _of_drafts(self, concepten: Collection[str]) -> Sequence[Toevoeging]:
        alle = [row.toevoeging for row in self._rijen.all]
        return [al for al in alle if not al.zaak.uuid and al.zaak.opdracht in concepten]


def _waiting(al: Toevoeging) -> Toevoegstand:
    """Back in line; what the scanner has does not have to be sent again."""
    return al.stand if al.stand is Toevoegstand.ONDERZOEK else Toevoegstand.WACHT


def _is_same(een: Zaakverwijzing, ander: Zaakverwijzing) -> bool:
    if een.uuid and ander.uuid:
        return een.uuid == ander.uuid
    return bool(een.opdracht) and een.opdracht == ander.opdracht


def dossier_at(
    client: Client,
    opslag: Opslag,
    outbox: OutboxService,
    profile: Path,
    *,
    sessie: Callable[[], Sessie | None],
    doel: Callable[[], Doel],
    clock: Callable[[], datetime],
    on_error: Callable[[BaseException], None],
) -> DossierService:
    """The real one, with copies in this profile."""
    rijen = Onderwegs(opslag, profile, on_error)
    return DossierService(client, opslag, outbox, rijen, sessie=sessie, doel=doel, clock=clock, on_error=on_error)
