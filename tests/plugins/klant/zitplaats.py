"""A seat that answers what a test laid ready: our own protocols, no doubles of other systems."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import msgspec

from kcs_desktop.domain.opdracht import Uitkomststand
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.sdk import (
    Audit,
    Catalogus,
    Contact,
    Contacten,
    DigitaalAdres,
    GeraadpleegdeBron,
    Getypt,
    InvalidInput,
    Kanaal,
    Klantbeeld,
    Klanten,
    KlantRegistreren,
    Klantverwijzing,
    KlantWijzigen,
    Medewerker,
    Meekijkers,
    Opdracht,
    Outbox,
    Seat,
    Sessie,
    Signal,
    Uitkomst,
    Vastgezet,
    Verbinding,
    Vraag,
    Wachtrij,
    Wachtstand,
    Werkplek,
    Wijziging,
    Zaken,
    Zoeken,
    typed_in,
)
from plugins.klant.sleutels import is_same
from tests.harness.seat_adressen import FakeAdressen
from tests.harness.seat_dossier import FakeDossier
from tests.harness.seat_eformulieren import FakeEformulieren
from tests.harness.seat_fake import FakeMeekijkers, FakeVastgezet
from tests.harness.seat_terugbellen import FakeTerugbelnotities
from tests.harness.seat_zaakaanmaken import FakeZaakaanmaken
from tests.harness.seat_zaken import FakeZaken
from tests.harness.seat_zoeken import FakeZoeken

NU = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


class NepWatch:
    def __init__(self) -> None:
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class NepKlanten:
    """`antwoorden` are given one by one by `open`; an exception among them is raised there."""

    def __init__(self) -> None:
        self.changed: Signal[Klantbeeld] = Signal()
        self.antwoorden: list[Klantbeeld | Exception] = []
        self.meer: Klantbeeld | Exception | None = None
        self.recente: tuple[Klantbeeld, ...] = ()
        self.in_geheugen: tuple[Klantbeeld, ...] = ()
        self.opdrachten: list[Opdracht] = []
        self.watches: list[NepWatch] = []
        self.geopend: list[Klantverwijzing] = []
        self.poort = asyncio.Event()
        self.poort.set()

    def recent(self) -> Sequence[Klantbeeld]:
        return self.recente

    def known(self, klant: Klantverwijzing) -> Klantbeeld | None:
        return next((beeld for beeld in self.in_geheugen if is_same(beeld.sleutel, klant.sleutel)), None)

    async def open(self, klant: Klantverwijzing) -> AsyncIterator[Klantbeeld]:
        self.geopend.append(klant)
        for antwoord in list(self.antwoorden):
            await self.poort.wait()
            if isinstance(antwoord, Exception):
                raise antwoord
            if is_same(antwoord.sleutel, klant.sleutel):
                yield antwoord

    def watch(self, klant: Klantverwijzing) -> NepWatch:
        self.watches.append(NepWatch())
        return self.watches[-1]

    async def more_contacten(self, klant: Klantverwijzing) -> Klantbeeld:
        await self.poort.wait()
        if isinstance(self.meer, Exception):
            raise self.meer
        assert self.meer is not None
        return self.meer

    def change(self, wijziging: KlantWijzigen) -> Opdracht:
        return self._queue(wijziging)

    def register(self, registratie: KlantRegistreren) -> Opdracht:
        return self._queue(registratie)

    def _queue(self, gegevens: KlantWijzigen | KlantRegistreren) -> Opdracht:
        self.opdrachten.append(Opdracht(new_id(), gegevens, NU))
        return self.opdrachten[-1]


class NepContacten:
    kanaal = Kanaal.CHAT

    def __init__(self) -> None:
        self.los: dict[str, str] = {}
        self.vraagvelden: list[dict[str, Any]] = []
        self.changed: Signal[Contact] = Signal()
        self.activated: Signal[Contact | None] = Signal()
        self.returned: Signal[None] = Signal()
        self.geraadpleegd: list[GeraadpleegdeBron] = []
        self.per_vraag: list[tuple[str, str]] = []
        self._open: dict[str, Contact] = {}
        self._active = ""

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
        contact = Contact(new_id(), new_id(), kanaal or self.kanaal, NU, (Vraag(new_id()),), klant=klant, beller=beller)
        self._open[contact.id] = contact
        return self.activate(contact.id)

    def activate(self, contact: str) -> Contact:
        self._active = contact
        self.activated.emit(self._open[contact])
        return self._open[contact]

    def change(self, contact: str, **velden: Any) -> Contact:
        self._open[contact] = msgspec.structs.replace(self._open[contact], **velden)
        self.changed.emit(self._open[contact])
        return self._open[contact]

    def deactivate(self) -> None:
        """No contact is the active one, as after the last was finished."""
        self._active = ""

    def kept_screen(self, tab: str) -> str:
        return self.los.get(tab, "")

    def kept_screens(self, begin: str) -> Mapping[str, str]:
        return {plek: toestand for plek, toestand in self.los.items() if plek.startswith(begin) and toestand}

    @property
    def typed(self) -> Sequence[Getypt]:
        return typed_in(self.los)

    def remember_screen(self, contact: str, tab: str, toestand: str) -> None:
        if not contact:
            self.los[tab] = toestand
            return
        oud = self._open[contact]
        self._open[contact] = msgspec.structs.replace(oud, scherm={**oud.scherm, tab: toestand})

    def consulted(self, bron: GeraadpleegdeBron, *, vraag: str = "") -> None:
        self.geraadpleegd.append(bron)
        self.per_vraag.append((vraag, bron.titel))

    def change_vraag(
        self, contact: str, vraag: str, *, herkomst: Mapping[str, str] | None = None, **velden: Any
    ) -> Contact:
        self.vraagvelden.append(velden)

        def changed(al: Vraag) -> Vraag:
            kept = {veld: bron for veld, bron in al.herkomst.items() if veld not in velden}
            return msgspec.structs.replace(al, **velden, herkomst={**kept, **(herkomst or {})})

        vragen = tuple(changed(al) if al.id == vraag else al for al in self._open[contact].vragen)
        return self.change(contact, vragen=vragen)

    def add_vraag(self, contact: str) -> Contact:
        vragen = (*self._open[contact].vragen, Vraag(new_id()))
        return self.change(contact, vragen=vragen, actieve_vraag=len(vragen) - 1)

    def activate_vraag(self, contact: str, index: int) -> Contact:
        return self._open[contact]

    def remove_vraag(self, contact: str, vraag: str) -> Contact:
        return self._open[contact]

    def problems(self, contact: str) -> Sequence[InvalidInput]:
        return ()

    def finish(self, contact: str) -> Opdracht:
        raise AssertionError("the tab never finishes a contact")

    def cancel(self, contact: str) -> None:
        raise AssertionError("the tab never cancels a contact")

    def undo_cancel(self) -> Contact | None:
        return None


class NepOutbox:
    def __init__(self) -> None:
        self.changed: Signal[Wachtrij] = Signal()
        self.rijen: list[Wachtrij] = []
        self.removed: list[str] = []
        self.retried: list[str] = []

    def waiting(self) -> Sequence[Wachtrij]:
        return self.rijen

    def retry(self, opdracht: str) -> None:
        self.retried.append(opdracht)
        self.settle(opdracht, Wachtstand.WACHT)

    async def withdraw(self, opdracht: str) -> bool:
        return False

    def remove(self, opdracht: str) -> bool:
        self.removed.append(opdracht)
        return True

    def unreadable_drafts(self) -> int:
        return 0

    async def export(self, path: Path) -> None: ...

    def put(self, gegevens: Any, titel: str, *, id: str = "", contact: str = "") -> Opdracht:  # noqa: A002 -- the field
        self.rijen.append(Wachtrij(Opdracht(id or new_id(), gegevens, NU, contact), Wachtstand.WACHT, titel, NU))
        return self.rijen[-1].opdracht

    def settle(self, opdracht: str, stand: Wachtstand, reden: str = "") -> None:
        """It stands so, without an answer of the backend."""
        place = next(nr for nr, rij in enumerate(self.rijen) if rij.opdracht.id == opdracht)
        self.rijen[place] = msgspec.structs.replace(self.rijen[place], stand=stand, reden=reden)
        self.changed.emit(self.rijen[place])

    def confirm(self, opdracht: Opdracht, **resultaat: Any) -> None:
        uitkomst = Uitkomst(opdracht.id, Uitkomststand.GESLAAGD, resultaat)
        self.changed.emit(Wachtrij(opdracht, Wachtstand.GESLAAGD, "", NU, uitkomst=uitkomst))

    def refuse(self, opdracht: Opdracht, **fout: Any) -> None:
        uitkomst = Uitkomst(opdracht.id, Uitkomststand.GEWEIGERD, fout=fout)
        self.changed.emit(Wachtrij(opdracht, Wachtstand.GEWEIGERD, "", NU, uitkomst=uitkomst))


class NepSeat:
    """The whole seat; `rechten` may be changed by a test."""

    def __init__(self) -> None:
        self.nep_klanten = NepKlanten()
        self.nep_contacten = NepContacten()
        self.nep_outbox = NepOutbox()
        self.nep_meekijkers = FakeMeekijkers()
        self.nep_vastgezet = FakeVastgezet()
        self.terugbelnotities = FakeTerugbelnotities()
        self.eformulieren = FakeEformulieren()
        self.nep_zaken = FakeZaken()
        self.adressen = FakeAdressen()
        self.zaakaanmaken = FakeZaakaanmaken(self.nep_outbox, self.now)
        self.dossier = FakeDossier()
        self.nep_zoeken = FakeZoeken()
        self.rechten: dict[str, int] = {"crm": 2, "basisregistraties": 1}
        self.werkplek_soort = "balie"
        self.verbinding = Verbinding.VERBONDEN
        self.verbinding_changed: Signal[Verbinding] = Signal()
        self.sessie_changed: Signal[Sessie | None] = Signal()
        self.wijziging: Signal[Wijziging] = Signal()
        self.catalogus = Catalogus()
        self.bewaart = ""
        self.bewaart_changed: Signal[str] = Signal()

    async def wipe(self) -> None: ...

    def set_verbinding(self, verbinding: Verbinding) -> None:
        self.verbinding = verbinding
        self.verbinding_changed.emit(verbinding)

    @property
    def sessie(self) -> Sessie | None:
        medewerker = Medewerker("s.bakker", "S. Bakker", ("snelbalie",))
        plek = Werkplek("balie-3", "Balie 3", self.werkplek_soort)
        return Sessie("s1", medewerker, plek, ("snelbalie",), self.rechten, NU + timedelta(hours=8))

    @property
    def klanten(self) -> Klanten:
        return self.nep_klanten

    @property
    def contacten(self) -> Contacten:
        return self.nep_contacten

    @property
    def vastgezet(self) -> Vastgezet:
        return self.nep_vastgezet

    @property
    def zaken(self) -> Zaken:
        return self.nep_zaken

    @property
    def meekijkers(self) -> Meekijkers:
        return self.nep_meekijkers

    @property
    def outbox(self) -> Outbox:
        return self.nep_outbox

    @property
    def zoeken(self) -> Zoeken:
        return self.nep_zoeken

    @property
    def audit(self) -> Audit:
        return cast(Audit, None)

    def now(self) -> datetime:
        return NU


def as_seat(seat: NepSeat) -> Seat:
    """The fake seen as the protocol, so that mypy checks that it is one."""
    return seat
