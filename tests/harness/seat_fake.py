"""A seat without a backend, for tests and pictures of the window: it keeps its promises in memory.

A fake of our own protocols only; what it shows is in `seat_content`. It holds no rule that the real seat decides.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from kcs_desktop.domain.opdracht import KlantcontactRegistreren, Opdracht, Uitkomst
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.sdk import (
    Auditantwoord,
    Catalogus,
    Contact,
    Contactstand,
    DigitaalAdres,
    GeraadpleegdeBron,
    Getypt,
    InvalidInput,
    Kanaal,
    Klantbeeld,
    KlantRegistreren,
    KlantSleutel,
    Klantverwijzing,
    KlantWijzigen,
    Meekijker,
    NotFound,
    Sessie,
    Signal,
    Verbinding,
    Vraag,
    Wachtrij,
    Wachtstand,
    Watch,
    Wijziging,
    typed_in,
)
from tests.harness.seat_adressen import FakeAdressen
from tests.harness.seat_content import CATALOGUS, NU, beeld_bakkerij, beeld_johanna, open_contacten, sessie
from tests.harness.seat_dossier import FakeDossier
from tests.harness.seat_eformulieren import FakeEformulieren
from tests.harness.seat_terugbellen import FakeTerugbelnotities
from tests.harness.seat_zaakaanmaken import FakeZaakaanmaken
from tests.harness.seat_zaken import FakeZaken
from tests.harness.seat_zoeken import FakeZoeken


class FakeVastgezet:
    """`namen` are the partijen that are pinned."""

    def __init__(self) -> None:
        self.changed: Signal[KlantSleutel] = Signal()
        self.namen: set[str] = set()

    def holds(self, klant: Klantverwijzing) -> bool:
        return klant.sleutel.partij in self.namen

    def pin(self, klant: Klantverwijzing, *, vastgezet: bool) -> None:
        (self.namen.add if vastgezet else self.namen.discard)(klant.sleutel.partij)
        self.changed.emit(klant.sleutel)


class FakeMeekijkers:
    """`hier` is who is at which customer, by partij; `joined` counts who is told that this seat is there."""

    def __init__(self) -> None:
        self.changed: Signal[KlantSleutel] = Signal()
        self.hier: dict[str, tuple[Meekijker, ...]] = {}
        self.joined = 0
        self.getypt: list[Klantverwijzing] = []

    def of(self, klant: Klantverwijzing) -> tuple[Meekijker, ...]:
        return self.hier.get(klant.sleutel.partij, ())

    def join(self, klant: Klantverwijzing) -> Watch:
        self.joined += 1

        def close() -> None:
            self.joined -= 1

        return FakeWatch(close)

    def typing(self, klant: Klantverwijzing) -> None:
        self.getypt.append(klant)

    def show(self, sleutel: KlantSleutel, *wie: Meekijker) -> None:
        """Colleagues come to, or leave, this customer."""
        self.hier[sleutel.partij] = wie
        self.changed.emit(sleutel)


class FakeWatch:
    def __init__(self, on_close: Callable[[], None]) -> None:
        self.close = on_close


class FakeKlanten:
    """`beelden` are what `open` gives, keyed by partij; `watched` counts held watches; `geopend` what was asked."""

    def __init__(self, outbox: FakeOutbox, now: Callable[[], datetime]) -> None:
        self.changed: Signal[Klantbeeld] = Signal()
        self.beelden: dict[str, Klantbeeld] = {b.sleutel.partij: b for b in (beeld_johanna(), beeld_bakkerij())}
        self.watched = 0
        self.geopend: list[Klantverwijzing] = []
        self._outbox = outbox
        self._now = now

    def recent(self) -> Sequence[Klantbeeld]:
        return tuple(self.beelden.values())

    def known(self, klant: Klantverwijzing) -> Klantbeeld | None:
        return self.beelden.get(klant.sleutel.partij) if klant in self.geopend else None

    async def open(self, klant: Klantverwijzing) -> AsyncIterator[Klantbeeld]:
        self.geopend.append(klant)
        beeld = self.beelden.get(klant.sleutel.partij)
        yield beeld or Klantbeeld(klant.sleutel, klant.naam, bijgewerkt_op=self._now())

    def watch(self, klant: Klantverwijzing) -> Watch:
        self.watched += 1

        def close() -> None:
            self.watched -= 1

        return FakeWatch(close)

    async def more_contacten(self, klant: Klantverwijzing) -> Klantbeeld:
        return self.beelden[klant.sleutel.partij]

    def change(self, wijziging: KlantWijzigen) -> Opdracht:
        return self._outbox.put(wijziging, f"Wijziging van {wijziging.klant.naam}")

    def register(self, registratie: KlantRegistreren) -> Opdracht:
        return self._outbox.put(registratie, "Nieuwe klant")


class FakeOutbox:
    """`put` queues; `settle` says what became of it. `exported` are the files asked for."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.changed: Signal[Wachtrij] = Signal()
        self._now = now
        self._rows: dict[str, Wachtrij] = {}
        self.retried: list[str] = []
        self.onleesbaar = 0
        self.exported: list[Path] = []
        self.export_fault: Exception | None = None

    def put(self, gegevens: Any, titel: str, *, id: str = "", contact: str = "") -> Opdracht:  # noqa: A002 -- the field
        opdracht = Opdracht(id or new_id(self._now()), gegevens, self._now(), contact)
        self._set(Wachtrij(opdracht, Wachtstand.WACHT, titel, self._now()))
        return opdracht

    def settle(self, opdracht: str, stand: Wachtstand, reden: str = "", uitkomst: Uitkomst | None = None) -> None:
        row = self._rows[opdracht]
        self._set(msgspec.structs.replace(row, stand=stand, reden=reden, uitkomst=uitkomst))

    def waiting(self) -> Sequence[Wachtrij]:
        return tuple(self._rows.values())

    def retry(self, opdracht: str) -> None:
        self.retried.append(opdracht)
        self.settle(opdracht, Wachtstand.WACHT)

    async def withdraw(self, opdracht: str) -> bool:
        if self._rows[opdracht].stand is not Wachtstand.WACHT:
            return False
        row = self._rows.pop(opdracht)
        self.changed.emit(msgspec.structs.replace(row, stand=Wachtstand.GEWEIGERD, reden="ingetrokken"))
        return True

    def remove(self, opdracht: str) -> bool:
        if self._rows[opdracht].stand not in {Wachtstand.GEWEIGERD, Wachtstand.APART}:
            return False
        row = self._rows.pop(opdracht)
        self.changed.emit(msgspec.structs.replace(row, stand=Wachtstand.GEWEIGERD))
        return True

    def unreadable_drafts(self) -> int:
        return self.onleesbaar

    async def export(self, path: Path) -> None:
        if isinstance(self.export_fault, Exception):
            raise self.export_fault
        self.exported.append(path)

    def _set(self, row: Wachtrij) -> None:
        self._rows[row.opdracht.id] = row
        self.changed.emit(row)


class FakeContacten:
    """Open contacts in memory. `complaints` is what `problems` answers, per contact; `kanaal` that of the next one."""

    kanaal = Kanaal.BALIE

    def __init__(self, outbox: FakeOutbox, now: Callable[[], datetime]) -> None:
        self.changed: Signal[Contact] = Signal()
        self.activated: Signal[Contact | None] = Signal()
        self.returned: Signal[None] = Signal()
        self.complaints: dict[str, list[InvalidInput]] = {}
        self.los: dict[str, str] = {}
        self._outbox = outbox
        self._now = now
        self._open: dict[str, Contact] = {}
        self._active = ""
        self._cancelled: list[Contact] = []
        self._finished: dict[str, Opdracht] = {}

    def lay_ready(self, contacten: Sequence[Contact]) -> None:
        """Put these open, the first one active, without emitting."""
        self._open = {c.id: c for c in contacten}
        self._active = contacten[0].id if contacten else ""

    @property
    def open(self) -> tuple[Contact, ...]:
        return tuple(self._open.values())

    @property
    def active(self) -> Contact | None:
        return self._open.get(self._active)

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
            self._now(),
            (Vraag(new_id()),),
            klant=klant,
            digitale_adressen=digitale_adressen,
            beller=beller,
        )
        self._open[contact.id] = contact
        self.changed.emit(contact)
        return self.activate(contact.id)

    def activate(self, contact: str) -> Contact:
        found = self._get(contact)
        if self._active != contact:
            self._active = contact
            self.activated.emit(found)
        return found

    def change(self, contact: str, **velden: Any) -> Contact:
        return self._put(msgspec.structs.replace(self._get(contact), **velden))

    def remember_screen(self, contact: str, tab: str, toestand: str) -> None:
        if not contact:
            self.los[tab] = toestand
        elif contact in self._open:
            found = self._open[contact]
            self._open[contact] = msgspec.structs.replace(found, scherm={**found.scherm, tab: toestand})

    def kept_screen(self, tab: str) -> str:
        return self.los.get(tab, "")

    def kept_screens(self, begin: str) -> Mapping[str, str]:
        return {plek: toestand for plek, toestand in self.los.items() if plek.startswith(begin) and toestand}

    @property
    def typed(self) -> Sequence[Getypt]:
        return typed_in(self.los)

    def change_vraag(
        self, contact: str, vraag: str, *, herkomst: Mapping[str, str] | None = None, **velden: Any
    ) -> Contact:
        found = self._get(contact)
        origin = dict(herkomst or {})

        def changed(v: Vraag) -> Vraag:
            kept = {k: h for k, h in v.herkomst.items() if k not in velden}
            return msgspec.structs.replace(v, **velden, herkomst={**kept, **origin})

        return self._put(
            msgspec.structs.replace(found, vragen=tuple(changed(v) if v.id == vraag else v for v in found.vragen))
        )

    def add_vraag(self, contact: str) -> Contact:
        found = self._get(contact)
        vragen = (*found.vragen, Vraag(new_id()))
        return self._put(msgspec.structs.replace(found, vragen=vragen, actieve_vraag=len(vragen) - 1))

    def activate_vraag(self, contact: str, index: int) -> Contact:
        return self.change(contact, actieve_vraag=index)

    def remove_vraag(self, contact: str, vraag: str) -> Contact:
        vragen = tuple(v for v in self._get(contact).vragen if v.id != vraag)
        return self.change(contact, vragen=vragen, actieve_vraag=0)

    def consulted(self, bron: GeraadpleegdeBron, *, vraag: str = "") -> None:
        if (contact := self.active) is None:
            return
        rij = next(v for v in contact.vragen if v.id == vraag) if vraag else contact.vraag
        if bron not in rij.bronnen:
            self.change_vraag(contact.id, rij.id, bronnen=(*rij.bronnen, bron))

    def problems(self, contact: str) -> Sequence[InvalidInput]:
        if contact in self.complaints:
            return self.complaints[contact]
        return [
            InvalidInput("Vul het onderwerp in.", field=f"vragen.{i}.onderwerp")
            for i, vraag in enumerate(self._get(contact).vragen)
            if not vraag.onderwerp
        ]

    def finish(self, contact: str) -> Opdracht:
        if contact in self._finished:
            return self._finished[contact]
        if problems := self.problems(contact):
            raise problems[0]
        found = self._get(contact)
        gegevens = KlantcontactRegistreren(contact, found.kanaal, found.begonnen_op, self._now(), (), klant=found.klant)
        opdracht = self._outbox.put(gegevens, f"Contact met {found.titel}", id=found.opdracht, contact=contact)
        self._finished[contact] = opdracht
        self._close(msgspec.structs.replace(found, stand=Contactstand.AFGEROND, beeindigd_op=self._now()))
        return opdracht

    def cancel(self, contact: str) -> None:
        found = self._get(contact)
        self._cancelled.append(found)
        self._close(msgspec.structs.replace(found, stand=Contactstand.GEANNULEERD))

    def undo_cancel(self) -> Contact | None:
        if not self._cancelled:
            return None
        contact = self._cancelled.pop()
        self._open[contact.id] = contact
        self.changed.emit(contact)
        return self.activate(contact.id)

    def _close(self, contact: Contact) -> None:
        del self._open[contact.id]
        self.changed.emit(contact)
        if self._active == contact.id:
            self._active = next(iter(self._open), "")
            self.activated.emit(self.active)

    def _get(self, contact: str) -> Contact:
        if contact not in self._open:
            raise NotFound("Dit contact is niet meer open.")
        return self._open[contact]

    def _put(self, contact: Contact) -> Contact:
        self._open[contact.id] = contact
        self.changed.emit(contact)
        return contact


class FakeAudit:
    """`paginas` are the answers per page, an exception among them is raised; `gevraagd` what was asked."""

    def __init__(self) -> None:
        self.paginas: list[Auditantwoord | Exception] = [Auditantwoord()]
        self.gevraagd: list[tuple[str, str, datetime | None, datetime | None, int]] = []

    async def ask(
        self, soort: str, waarde: str, van: datetime | None = None, tot: datetime | None = None, pagina: int = 1
    ) -> Auditantwoord:
        self.gevraagd.append((soort, waarde, van, tot, pagina))
        antwoord = self.paginas[pagina - 1]
        if isinstance(antwoord, Exception):
            raise antwoord
        return antwoord


class FakeSeat:
    """`nu` is its clock, `set_verbinding` and `set_sessie` its outside world."""

    def __init__(self, ingelogd: Sessie | None = None, *, met_contacten: bool = True, aangemeld: bool = True) -> None:
        self.nu = NU
        self.verbinding_changed: Signal[Verbinding] = Signal()
        self.sessie_changed: Signal[Sessie | None] = Signal()
        self.wijziging: Signal[Wijziging] = Signal()
        self.sessie: Sessie | None = (ingelogd or sessie()) if aangemeld else None
        self.verbinding = Verbinding.VERBONDEN
        self.catalogus: Catalogus = CATALOGUS
        self.bewaart = ""
        self.bewaart_changed: Signal[str] = Signal()
        self.wipes = 0
        self.outbox = FakeOutbox(self.now)
        self.klanten = FakeKlanten(self.outbox, self.now)
        self.contacten = FakeContacten(self.outbox, self.now)
        self.zoeken = FakeZoeken()
        self.audit = FakeAudit()
        self.meekijkers = FakeMeekijkers()
        self.vastgezet = FakeVastgezet()
        self.terugbelnotities = FakeTerugbelnotities()
        self.eformulieren = FakeEformulieren()
        self.zaken = FakeZaken()
        self.zaakaanmaken = FakeZaakaanmaken(self.outbox, self.now)
        self.adressen = FakeAdressen()
        self.dossier = FakeDossier()
        if met_contacten:
            self.contacten.lay_ready(open_contacten())

    def now(self) -> datetime:
        return self.nu

    async def wipe(self) -> None:
        self.wipes += 1

    def set_verbinding(self, verbinding: Verbinding) -> None:
        self.verbinding = verbinding
        self.verbinding_changed.emit(verbinding)

    def set_sessie(self, ingelogd: Sessie | None) -> None:
        self.sessie = ingelogd
        self.sessie_changed.emit(ingelogd)
