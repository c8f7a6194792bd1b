"""Every write of the window goes through here: kept in the encrypted store, then sent until it has its outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path

from kcs_desktop.cache.toevoegingen import read_toevoegingen, unreadable_toevoegingen
from kcs_desktop.cache.werkbestand import Onleesbaar, Werkbestand
from kcs_desktop.cache.zaakconcepten import read_concepten, unreadable_concepten
from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.klantcontact import Contact
from kcs_desktop.domain.klantidentiteit import aggregate, is_same
from kcs_desktop.domain.opdracht import KlantcontactRegistreren, Opdracht, klant_of, order_of
from kcs_desktop.domain.schermtoestand import typed_in
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.services.afronden import as_contact
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.uitvoer import as_export, write_private
from kcs_desktop.sync.loket import Loket
from kcs_desktop.sync.rijen import Rij
from kcs_desktop.sync.taken import Taken, done
from kcs_desktop.sync.uitzender import Uitzender

_NOT_TAKEN_BACK = "De opdracht kon niet worden teruggetrokken: de schijf laat het niet toe."
_STAYS = "De opdracht is bewaard en wordt nog verstuurd. Maak ruimte vrij en probeer het opnieuw."


class OutboxService:
    """Implements `sdk.Outbox`. Between sign-out and sign-in it is empty."""

    def __init__(
        self,
        opslag: Opslag,
        loket: Loket,
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
    ) -> None:
        self.changed: Signal[Wachtrij] = Signal()
        self.withdrawn: Signal[Opdracht] = Signal()
        self._opslag = opslag
        self._loket = loket
        self._clock = clock
        self._on_error = on_error
        self._uitzender: Uitzender | None = None
        self._taken = Taken(on_error)
        self._saving: dict[str, tuple[Wachtrij, str]] = {}  # handed in, not in the store yet; with its group
        self._saved: dict[str, int] = {}  # of those: in the store under this number, 0 where that failed
        self._volgnummer = 0
        self._onleesbaar = 0

    # sdk.Outbox

    def waiting(self) -> Sequence[Wachtrij]:
        """What has no success yet, and what succeeded in the last 48 hours, in the order it was done."""
        bekend = self._uitzender.rows() if self._uitzender else []
        return [*bekend, *(wachtrij for wachtrij, _ in self._saving.values())]

    def retry(self, opdracht: str) -> None:
        if self._uitzender is not None:
            self._uitzender.retry(opdracht)

    async def withdraw(self, opdracht: str) -> bool:
        # Who asked may go away; the command is not to stay between the two.
        taak = self._taken.also(f"terugtrekken {opdracht}", self._withdraw(opdracht))
        uitkomst: bool | UserError = await asyncio.shield(taak)
        if isinstance(uitkomst, UserError):
            raise uitkomst
        return uitkomst

    def remove(self, opdracht: str) -> bool:
        rij = self._uitzender.remove(opdracht) if self._uitzender is not None else None
        if rij is not None:
            self._taken.also(f"weghalen {opdracht}", self._gone(rij, self._post(self._opslag.werk.erase, rij)))
        return rij is not None

    def unreadable_drafts(self) -> int:
        return self._onleesbaar

    async def export(self, path: Path) -> None:
        opslag, nu = self._opslag, self._clock()
        if not opslag.is_open:
            raise UserError("Meld u eerst aan.", code="uitvoer")
        await opslag.werker.run(_export, opslag.werk, path, nu)

    # for the other services

    def put(self, opdracht: Opdracht, titel: str, *, contact: Contact | None = None) -> Wachtrij:
        """Queue a command; `contact` is the draft that it replaces. The same id again gives what is there."""
        bekend = self.find(opdracht.id)
        if bekend is not None:
            return bekend
        wachtrij = Wachtrij(opdracht, Wachtstand.WACHT, titel, self._clock())
        groep, opslag = self._group_of(opdracht), self._opslag
        # Handed to the store at once: what is drawn for it does not hold it up. A store that takes nothing raises here,
        # and nothing waits for it.
        over = opslag.werker.post(opslag.werk.add, opdracht, groep, titel, contact.id if contact else "")
        self._saving[opdracht.id] = (wachtrij, groep)
        self._taken.also(f"bewaren {opdracht.id}", self._save(opdracht.id, over))
        self.changed.emit(wachtrij)
        return wachtrij

    def find(self, opdracht: str) -> Wachtrij | None:
        return next((rij for rij in self.waiting() if rij.opdracht.id == opdracht), None)

    def unfinished(self) -> int:
        """How many commands have no outcome yet."""
        return sum(rij.stand in {Wachtstand.WACHT, Wachtstand.BEZIG} for rij in self.waiting())

    async def start(self) -> None:
        """Take up the employee's outbox where it was left."""
        opslag = self._opslag
        await opslag.werker.run(opslag.werk.forget_done, self._clock() - opslag.termijnen.opdracht)
        rijen = await opslag.werker.run(opslag.werk.outbox)
        self._onleesbaar = len(await opslag.werker.run(_unreadable, opslag.werk))
        self._uitzender = Uitzender(self._loket, opslag.werk, opslag.werker, on_error=self._on_error, clock=self._clock)
        self._uitzender.changed.connect(self.changed.emit)
        self._uitzender.other_epoch.connect(self.on_epoch)
        self._uitzender.epoch = await opslag.werker.run(opslag.werk.epoch)
        self._uitzender.load(rijen)
        self._volgnummer = max((rij.nr for rij in rijen), default=0)
        self._taken.start("uitzenden", self._uitzender.run())

    async def take_in(self) -> None:
        """The store holds its file again: what stood in it and could not be read goes too, in its place."""
        rijen = await self._opslag.werker.run(self._opslag.werk.outbox)
        if self._uitzender is not None:
            self._uitzender.take_in(rijen)
            self._volgnummer = max(self._volgnummer, *(rij.nr for rij in rijen), 0)

    async def stop(self) -> None:
        """Let what is being saved be saved, then stop sending."""
        await self._taken_saving()
        await self._taken.close()
        self._uitzender = None
        self._saving.clear()
        self._saved.clear()
        self._onleesbaar = 0

    def kick(self) -> None:
        """The connection or the session is back."""
        if self._uitzender is not None:
            self._uitzender.kick()

    def on_epoch(self, epoch: str) -> None:
        """The feed told its epoch, or the backend refused a command for it."""
        self._taken.also("epoch", self._enter(epoch))

    async def _enter(self, epoch: str) -> None:
        opslag = self._opslag
        # Everything that is still kept: a backup may be older than a day, and what the backend has it knows by its id.
        sinds = self._clock() - opslag.termijnen.opdracht
        opnieuw = await opslag.werker.run(opslag.werk.enter_epoch, epoch, sinds)
        if self._uitzender is not None:
            self._uitzender.epoch = epoch
            self._uitzender.offer_again(opnieuw)
            self._uitzender.kick()

    async def _taken_saving(self) -> None:
        while self._saving:
            await self._opslag.werker.run(_nothing)

    async def _save(self, opdracht: str, over: Future[int]) -> None:
        nr = 0
        try:
            nr = over.result() if over.done() else await done(over)
        except Exception as fout:  # noqa: BLE001 -- a full disk: sending at once is all that can still be done
            self._on_error(fout)
        finally:
            self._saved[opdracht] = nr
            self._hand_over()

    def _hand_over(self) -> None:
        """In the order in which they were given, whichever was heard of first: one may be about what the one before it
        does."""
        for opdracht in tuple(self._saving):
            if opdracht not in self._saved:
                break
            (wachtrij, groep), nr = self._saving.pop(opdracht), self._saved.pop(opdracht)
            # A store in memory that could not read its file counts from one again; the order here goes on.
            self._volgnummer = max(self._volgnummer + 1, nr)
            if self._uitzender is not None:
                self._uitzender.add(self._volgnummer, groep, wachtrij)

    async def _withdraw(self, opdracht: str) -> bool | UserError:
        while opdracht in self._saving:  # handed in, not stored yet
            await self._opslag.werker.run(_nothing)
        uitzender, opslag = self._uitzender, self._opslag
        rij = uitzender.hold(opdracht) if uitzender is not None else None
        if uitzender is None or rij is None:
            return False
        al = rij.wachtrij.opdracht
        contact = as_contact(al, al.gegevens) if isinstance(al.gegevens, KlantcontactRegistreren) else None
        weg = opslag.werker.post(opslag.werk.withdraw, opdracht, contact)
        try:
            is_withdrawn = await done(weg)
        except Exception as fout:  # noqa: BLE001 -- a full disk: it stands there again, and the employee is told
            self._on_error(fout)
            uitzender.let_go(rij)
            return UserError(_NOT_TAKEN_BACK, code="terugtrekken", advice=_STAYS)
        if not is_withdrawn:
            uitzender.let_go(rij)
            return False
        uitzender.take_back(rij)
        self.withdrawn.emit(al)
        return True

    def _post(self, erase: Callable[[str], None], rij: Rij) -> Future[None]:
        return self._opslag.werker.post(erase, rij.id)

    async def _gone(self, rij: Rij, weg: Future[None]) -> None:
        """What the store would not let go of stands there again, rather than come back by surprise tomorrow."""
        try:
            await done(weg)
        except Exception as fout:  # noqa: BLE001 -- a full disk: the employee is told
            self._on_error(fout)
            if self._uitzender is not None:
                self._uitzender.put_back(rij)

    def _group_of(self, opdracht: Opdracht) -> str:
        """What must keep its order: commands about one customer or one note; anything else stands by itself."""
        klant = klant_of(opdracht.gegevens)
        if klant is None:
            return order_of(opdracht.gegevens) or opdracht.id
        for wachtrij, groep in self._saving.values():
            ander = klant_of(wachtrij.opdracht.gegevens)
            if ander is not None and is_same(ander.sleutel, klant.sleutel):
                return groep
        bekend = self._uitzender.group_of(klant.sleutel) if self._uitzender is not None else aggregate(klant.sleutel)
        return bekend or opdracht.id


def _export(werk: Werkbestand, path: Path, op: datetime) -> None:
    zaken, getypt = read_concepten(werk), typed_in(werk.loose_screen())
    documenten = [al.toevoeging for al in read_toevoegingen(werk)]
    contacten, onleesbaar = werk.contacten(), werk.unreadable_drafts()
    inhoud = as_export(werk.outbox(), contacten, onleesbaar, op, zaken, getypt, documenten, _unreadable_values(werk))
    write_private(path, inhoud)


def _unreadable(werk: Werkbestand) -> list[Onleesbaar]:
    return [*werk.unreadable_drafts(), *_unreadable_values(werk)]


def _unreadable_values(werk: Werkbestand) -> list[Onleesbaar]:
    """Drafts of zaken, documents on their way, and what was typed without a contact."""
    return [*unreadable_concepten(werk), *unreadable_toevoegingen(werk), *werk.unreadable_typed()]


def _nothing() -> None:
    """Queued behind other work, it ends when that has."""
