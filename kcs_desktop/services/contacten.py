"""The open contacts: changed in memory at once, on disk within a second, registered through the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from kcs_desktop.cache.werkbestand import LOS
from kcs_desktop.domain.catalogus import Catalogus
from kcs_desktop.domain.errors import InvalidInput, NotFound
from kcs_desktop.domain.klant import DigitaalAdres, Klantbeeld, Klantverwijzing
from kcs_desktop.domain.klantcontact import Contact, Contactstand, GeraadpleegdeBron, Kanaal, Vraag
from kcs_desktop.domain.opdracht import KlantcontactRegistreren, Opdracht
from kcs_desktop.domain.schermtoestand import Getypt
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.services import kanaalkeuze, losscherm
from kcs_desktop.services.afronden import as_contact, as_opdracht, problems_of
from kcs_desktop.services.bewaarder import Bewaarder
from kcs_desktop.services.losscherm import LosScherm
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.sync.taken import Taken, done

T = TypeVar("T", bound=msgspec.Struct)

_BLANK = Vraag("")


class ContactenService:
    """Implements `sdk.Contacten`."""

    def __init__(
        self,
        opslag: Opslag,
        outbox: OutboxService,
        *,
        sessie: Callable[[], Sessie | None],
        clock: Callable[[], datetime],
        on_error: Callable[[BaseException], None],
        catalogus: Callable[[], Catalogus] = Catalogus,
        beeld: Callable[[Klantverwijzing], Klantbeeld | None] = lambda _klant: None,
    ) -> None:
        self.changed: Signal[Contact] = Signal()
        self.activated: Signal[Contact | None] = Signal()
        self.returned: Signal[None] = Signal()
        self._opslag = opslag
        self._outbox = outbox
        self._sessie = sessie
        self._clock = clock
        self._catalogus = catalogus
        self._beeld = beeld
        self._contacten: dict[str, Contact] = {}
        self._active = ""
        self._cancelled: Contact | None = None
        self._finished: dict[str, Opdracht] = {}
        self._los = LosScherm()
        self._bewaarder = Bewaarder(opslag, self._write, on_error)  # by id or LOS + place; "" is which is active
        self._volgorde: dict[str, int] = {}
        self._taken = Taken(on_error)
        outbox.withdrawn.connect(self._reopen)

    @property
    def open(self) -> tuple[Contact, ...]:
        return tuple(self._contacten.values())

    @property
    def active(self) -> Contact | None:
        return self._contacten.get(self._active)

    @property
    def kanaal(self) -> Kanaal:
        return kanaalkeuze.kanaal_for(self._sessie(), self.kept_screen(kanaalkeuze.NAAM))

    def start(
        self,
        kanaal: Kanaal | None = None,
        *,
        klant: Klantverwijzing | None = None,
        beller: str = "",
        digitale_adressen: tuple[DigitaalAdres, ...] = (),
    ) -> Contact:
        contact = Contact(
            new_id(),
            new_id(),
            kanaal or self.kanaal,
            self._clock(),
            (Vraag(new_id()),),
            klant=klant,
            digitale_adressen=digitale_adressen,
            beller=beller,
        )
        self._use(contact.kanaal)
        self._put(contact)
        self.activate(contact.id)
        return contact

    def activate(self, contact: str) -> Contact:
        gekozen = self._get(contact)
        if self._active != contact:
            self._active = contact
            self._bewaarder.touch(contact)
            self.activated.emit(gekozen)
        return gekozen

    def change(self, contact: str, **velden: Any) -> Contact:
        gewijzigd = self._put(_replaced(self._get(contact), velden))
        if "kanaal" in velden:
            self._use(gewijzigd.kanaal)
        return gewijzigd

    def remember_screen(self, contact: str, tab: str, toestand: str) -> None:
        if not contact:
            if self._los.remember(tab, toestand):
                self._bewaarder.touch(LOS + tab)
            return
        oud = self._contacten.get(contact)
        if oud is not None and oud.scherm.get(tab) != toestand:
            self._contacten[contact] = _replaced(oud, {"scherm": {**oud.scherm, tab: toestand}})
            self._bewaarder.touch(contact)

    def kept_screen(self, tab: str) -> str:
        return self._los.at(tab)

    def kept_screens(self, begin: str) -> Mapping[str, str]:
        return self._los.under(begin)

    @property
    def typed(self) -> Sequence[Getypt]:
        return self._los.typed

    def change_vraag(
        self, contact: str, vraag: str, *, herkomst: Mapping[str, str] | None = None, **velden: Any
    ) -> Contact:
        oud = self._get(contact)
        rij = _find_vraag(oud, vraag)
        # Typed text is never prefilled over: a field that is filled without an origin was typed.
        nieuw = {
            naam: waarde
            for naam, waarde in velden.items()
            if not (herkomst and naam in herkomst and _is_typed(rij, naam))
        }
        herkomsten = {naam: bron for naam, bron in rij.herkomst.items() if naam not in nieuw}
        herkomsten |= {naam: bron for naam, bron in (herkomst or {}).items() if naam in nieuw}
        gewijzigd = _replaced(rij, {**nieuw, "herkomst": herkomsten})
        vragen = tuple(gewijzigd if andere.id == vraag else andere for andere in oud.vragen)
        return self._put(_replaced(oud, {"vragen": vragen}))

    def add_vraag(self, contact: str) -> Contact:
        oud = self._get(contact)
        vragen = (*oud.vragen, Vraag(new_id()))
        return self._put(_replaced(oud, {"vragen": vragen, "actieve_vraag": len(vragen) - 1}))

    def activate_vraag(self, contact: str, index: int) -> Contact:
        oud = self._get(contact)
        return self._put(_replaced(oud, {"actieve_vraag": min(max(0, index), len(oud.vragen) - 1)}))

    def remove_vraag(self, contact: str, vraag: str) -> Contact:
        """Remove a vraag; the last one is emptied instead, because a contact has at least one."""
        oud = self._get(contact)
        _find_vraag(oud, vraag)
        vragen = tuple(rij for rij in oud.vragen if rij.id != vraag) or (Vraag(new_id()),)
        actief = min(oud.actieve_vraag, len(vragen) - 1)
        return self._put(_replaced(oud, {"vragen": vragen, "actieve_vraag": actief}))

    def consulted(self, bron: GeraadpleegdeBron, *, vraag: str = "") -> None:
        contact = self.active
        if contact is None:
            return
        rij = _find_vraag(contact, vraag) if vraag else contact.vraag
        if any((al.soort, al.titel, al.verwijzing) == (bron.soort, bron.titel, bron.verwijzing) for al in rij.bronnen):
            return
        self.change_vraag(contact.id, rij.id, bronnen=(*rij.bronnen, bron))

    def problems(self, contact: str) -> Sequence[InvalidInput]:
        huidig = self._get(contact)
        beeld = self._beeld(huidig.klant) if huidig.klant is not None else None
        return problems_of(huidig, self._catalogus(), beeld)

    def finish(self, contact: str) -> Opdracht:
        if contact in self._finished:
            return self._finished[contact]
        huidig = self._get(contact)
        if fouten := self.problems(contact):
            raise fouten[0]
        nu = self._clock()
        opdracht = as_opdracht(huidig, nu)
        klaar = _replaced(huidig, {"stand": Contactstand.AFGEROND, "beeindigd_op": nu})
        self._finished[contact] = opdracht
        self._outbox.put(opdracht, f"Contact met {huidig.titel}", contact=huidig)
        self._leave(klaar)
        return opdracht

    def cancel(self, contact: str) -> None:
        huidig = self._get(contact)
        self._cancelled = huidig
        weg = self._opslag.werker.post(self._opslag.werk.remove_contact, contact)
        self._taken.also(f"annuleren {contact}", done(weg))
        self._leave(_replaced(huidig, {"stand": Contactstand.GEANNULEERD, "beeindigd_op": self._clock()}))

    def undo_cancel(self) -> Contact | None:
        terug, self._cancelled = self._cancelled, None
        if terug is None:
            return None
        self._put(terug)
        return self.activate(terug.id)

    # for the seat

    async def begin(self) -> None:
        """Bring back the contacts of this employee as they were left."""
        opslag = self._opslag
        bewaard = await opslag.werker.run(opslag.werk.contacten)
        self._contacten = {contact.id: contact for contact in bewaard}
        self._volgorde = {contact.id: nummer for nummer, contact in enumerate(bewaard)}
        actief = await opslag.werker.run(opslag.werk.active_contact)
        self._los.begin(await opslag.werker.run(losscherm.read, opslag.werk))
        self._active = actief if actief in self._contacten else next(iter(self._contacten), "")
        self._taken.start("concepten bewaren", self._bewaarder.keep_saving())
        for contact in bewaard:
            self.changed.emit(contact)
        self.activated.emit(self.active)

    async def take_in(self) -> None:
        """The store holds its file again: open contacts in it that could not be read before stand open too, and what
        was typed without one where nothing was typed since."""
        opslag = self._opslag
        for contact in await opslag.werker.run(opslag.werk.contacten):
            if contact.id not in self._volgorde:  # never seen in this session, not finished and not cancelled in it
                self._contacten[contact.id] = contact
                self._volgorde[contact.id] = max(self._volgorde.values(), default=-1) + 1
                self.changed.emit(contact)
        for plek in self._los.take_in(await opslag.werker.run(losscherm.read, opslag.werk)):
            self._bewaarder.touch(LOS + plek)
        self.returned.emit(None)

    async def end(self) -> None:
        """Write what is not written yet and let go of this employee's contacts."""
        await self._taken.close()
        await self.flush()
        self._contacten.clear()
        self._finished.clear()
        self._volgorde.clear()
        self._bewaarder.forget()
        self._los.end()
        self._active, self._cancelled = "", None
        self.activated.emit(None)

    async def flush(self) -> None:
        """Everything that changed is on disk when this returns; raises what the store raised."""
        await self._bewaarder.flush()

    def keep_now(self, contact: str) -> None:
        """Hand this draft to the store before whatever comes next; what changed is tried again as ever."""
        opslag = self._opslag
        if opslag.is_open:
            over = opslag.werker.post(opslag.werk.save_contacten, self._rows({contact}), self._active)
            self._taken.also(f"bewaren {contact}", done(over))

    async def _write(self, namen: set[str]) -> None:
        opslag = self._opslag
        los = self._los.to_write({naam.removeprefix(LOS) for naam in namen if naam.startswith(LOS)})
        await opslag.werker.run(opslag.werk.save_contacten, self._rows(namen), self._active, los)

    def _rows(self, namen: set[str]) -> list[tuple[int, Contact]]:
        return [(self._volgorde.get(naam, 0), self._contacten[naam]) for naam in namen if naam in self._contacten]

    def _reopen(self, opdracht: Opdracht) -> None:
        """A contact whose registration was taken back is open again, whole; the store has it already."""
        if not isinstance(opdracht.gegevens, KlantcontactRegistreren):
            return
        contact = as_contact(opdracht, opdracht.gegevens)
        self._finished.pop(contact.id, None)
        self._put(contact)
        self.activate(contact.id)

    def _use(self, kanaal: Kanaal) -> None:
        self.remember_screen("", kanaalkeuze.NAAM, kanaalkeuze.kept(self._sessie(), kanaal))

    def _get(self, contact: str) -> Contact:
        try:
            return self._contacten[contact]
        except KeyError:
            raise NotFound("Dit contact is niet meer open.") from None

    def _put(self, contact: Contact) -> Contact:
        self._contacten[contact.id] = contact
        self._volgorde.setdefault(contact.id, max(self._volgorde.values(), default=-1) + 1)
        self._bewaarder.touch(contact.id)
        self.changed.emit(contact)
        return contact

    def _leave(self, contact: Contact) -> None:
        del self._contacten[contact.id]
        self._bewaarder.spare(contact.id)
        self.changed.emit(contact)
        if self._active == contact.id:
            self._active = next(reversed(self._contacten), "")
            self._bewaarder.touch("")
            self.activated.emit(self.active)


def _replaced(oud: T, velden: Mapping[str, Any]) -> T:
    return msgspec.structs.replace(oud, **velden)


def _find_vraag(contact: Contact, vraag: str) -> Vraag:
    for rij in contact.vragen:
        if rij.id == vraag:
            return rij
    raise NotFound("Deze vraag is er niet meer.")


def _is_typed(vraag: Vraag, veld: str) -> bool:
    return getattr(vraag, veld) != getattr(_BLANK, veld) and veld not in vraag.herkomst
