"""The hands of the employee: each action through the seat's services, with what was told written down.

Every change is in the journal twice: before it, as what is about to happen, and after it, as what the window showed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from pathlib import Path
from random import Random
from typing import Any, ClassVar, cast

import msgspec

from kcs_desktop.domain.errors import KcsError, NotFound
from kcs_desktop.domain.klant import Bron, Bronstand, DigitaalAdres, Klantbeeld, SoortDigitaalAdres, SoortKlant
from kcs_desktop.domain.klantcontact import Contact, Kanaal
from kcs_desktop.domain.opdracht import AdresWijziging, KlantRegistreren, KlantWijzigen, Opdracht
from kcs_desktop.services.seat import SeatService
from tests.faults.employee_dossier import Dossier
from tests.faults.employee_notes import Notes
from tests.faults.employee_zaken import Zaken
from tests.faults.journal import Journal, told
from tests.faults.script import DROP, MAKE, Actie, Vraagplan, customer
from tests.faults.told import FROM_STORE

PAUSE = 0.05  # seconds, the longest between two pieces of text


class Employee:
    """`act` does one action; `tidy_up` finishes what a kill broke off."""

    def __init__(
        self,
        seat: SeatService,
        journal: Journal,
        chance: Random,
        sign_in: Callable[[], Awaitable[None]],
        *,
        folder: Path,
        number: int = 0,
        handled: Iterable[str] = (),
    ) -> None:
        """`number` is that of the seat; `handled` are the callback notes that it worked on before;
        in `folder` its files are."""
        self._seat = seat
        self._journal = journal
        self._chance = chance
        self._sign_in = sign_in
        self._dossier = Dossier(seat, journal, self._pause, folder)
        self._zaken = Zaken(seat, journal, self._pause, self._typed)
        self._notes = Notes(seat, journal, self._pause, number, set(handled))

    async def act(self, actie: Actie) -> None:
        await self._ready()
        self._journal.write("actie", nr=actie.nr, soort=actie.soort)
        try:
            await self._DO[actie.soort](self, actie)
        except NotFound as fout:
            # Only what was never told to be kept may be gone; the checker looks whether it was.
            self._journal.write("weg", nr=actie.nr, tekst=fout.message)

    async def tidy_up(self) -> None:
        """Finish the contacts that were under way when the seat died; those meant to stay open stay open."""
        await self._ready()
        self._dossier.tidy_up()
        await self._zaken.tidy_up()
        await self._ready()
        for contact in self._seat.contacten.open:
            if contact.vraag.onderwerp and not contact.beller:
                await self._finish(contact.id)

    async def _ready(self) -> None:
        if self._seat.sessie is None:
            await self._sign_in()

    async def _pause(self) -> None:
        await asyncio.sleep(self._chance.uniform(0.0, PAUSE))
        await self._ready()

    # actions

    async def _contact(self, actie: Actie) -> None:
        contact = await self._fill_in(actie)
        await self._finish(contact)

    async def _draft(self, actie: Actie) -> None:
        await self._fill_in(actie, beller="0612345678")

    async def _cancel(self, actie: Actie) -> None:
        self._drop(await self._fill_in(actie))

    async def _withdraw(self, actie: Actie) -> None:
        contact = await self._fill_in(actie)
        opdracht = await self._finish(contact)
        await self._pause()
        self._journal.write("trekt in", opdracht=opdracht)
        if await self._seat.outbox.withdraw(opdracht):
            self._journal.write("ingetrokken", opdracht=opdracht)
            if self._chance.random() < 0.5:  # it stands open again
                self._drop(contact)
        else:
            self._journal.write("niet ingetrokken", opdracht=opdracht)

    async def _open(self, actie: Actie) -> None:
        await self._look(actie.bsn)

    async def _phone(self, actie: Actie) -> None:
        beeld = await self._look(actie.bsn)
        if beeld is None or not any(bron.naam == "klantinteracties" and bron.opgehaald_op for bron in beeld.bronnen):
            return  # nobody changes what was not shown
        await self._ready()
        soort = SoortDigitaalAdres.TELEFOONNUMMER
        gezien = next((adres for adres in beeld.digitale_adressen if adres.soort is soort), None)
        wordt = DigitaalAdres(soort, actie.wordt, standaard=gezien.standaard if gezien else False)
        wijziging = KlantWijzigen(customer(actie.bsn), (AdresWijziging(gezien, wordt),))
        self._journal.write("gaat wijzigen", nr=actie.nr)
        self._told("gewijzigd", self._seat.klanten.change(wijziging), nr=actie.nr)

    async def _company(self, actie: Actie) -> None:
        self._journal.write("gaat wijzigen", nr=actie.nr)
        registratie = KlantRegistreren(SoortKlant.ORGANISATIE, naam=actie.wordt)
        self._told("gewijzigd", self._seat.klanten.register(registratie), nr=actie.nr)

    async def _note(self, actie: Actie) -> None:
        await self._notes.work_on_one(actie)

    async def _zaak(self, actie: Actie) -> None:
        assert actie.zaak is not None
        contact = await self._fill_in(actie)
        concept = await self._zaken.begin(actie, contact)
        if concept is not None:
            await self._zaken.fill_in(actie, concept.id)
            if actie.zaak.einde == MAKE:
                await self._zaken.make(concept.id)
            elif actie.zaak.einde == DROP:
                await self._zaken.drop(concept.id)
        await self._pause()
        if actie.zaak.is_contact_kept:
            await self._finish(contact)
        else:
            self._drop(contact)

    async def _document(self, actie: Actie) -> None:
        await self._dossier.add(actie, await self._look(actie.bsn))

    # parts of them

    async def _look(self, bsn: str) -> Klantbeeld | None:
        self._journal.write("gaat openen", bsn=bsn)
        beeld: Klantbeeld | None = None
        is_first, asked = True, set[str]()
        try:
            beelden = cast("AsyncGenerator[Klantbeeld, None]", self._seat.klanten.open(customer(bsn)))
            async with aclosing(beelden):
                async for beeld in beelden:
                    if is_first and _shows_something(beeld):  # before any register was asked
                        self._journal.write("gezien", bsn=bsn, bron=FROM_STORE)
                    is_first = False
                    answered = {bron.naam for bron in beeld.bronnen if bron.naam in asked and _has_answered(bron)}
                    for bron in sorted(answered):
                        self._journal.write("gezien", bsn=bsn, bron=bron)
                    asked = (asked - answered) | {bron.naam for bron in beeld.bronnen if bron.stand is Bronstand.LAADT}
        except KcsError as fout:
            self._journal.write("niet gezien", bsn=bsn, code=fout.code)
        return beeld

    async def _fill_in(self, actie: Actie, beller: str = "") -> str:
        """A contact with everything filled in; its id."""
        klant = customer(actie.bsn) if actie.bsn else None
        self._journal.write("gaat beginnen", nr=actie.nr)
        kanaal = self._chance.choice((Kanaal.BALIE, Kanaal.TELEFOON))
        contact = self._seat.contacten.start(kanaal, klant=klant, beller=beller)
        self._typed(contact)
        for number, plan in enumerate(actie.vragen):
            if number:
                await self._ready()
                self._typed(self._seat.contacten.add_vraag(contact.id))
            vraag = self._open_contact(contact.id).vragen[number].id
            await self._fill_vraag(contact.id, vraag, plan)
        return contact.id

    async def _fill_vraag(self, contact: str, vraag: str, plan: Vraagplan) -> None:
        for note in plan.stukken:
            await self._pause()
            self._journal.write("gaat typen", contact=contact, vraag=vraag, notitie=note)
            self._typed(self._seat.contacten.change_vraag(contact, vraag, notitie=note))
        await self._pause()
        self._typed(
            self._seat.contacten.change_vraag(
                contact,
                vraag,
                onderwerp=plan.onderwerp,
                resultaat=plan.resultaat,
                terugbelverzoek=plan.terugbelverzoek,
            )
        )

    async def _finish(self, contact: str) -> str:
        """Register it; the id of the command."""
        await self._ready()
        huidig = self._open_contact(contact)
        self._journal.write("rondt af", contact=contact, opdracht=huidig.opdracht)
        opdracht = self._seat.contacten.finish(contact)
        self._told("afgerond", opdracht, contact=contact)
        return opdracht.id

    def _drop(self, contact: str) -> None:
        self._open_contact(contact)
        self._journal.write("annuleert", contact=contact)
        self._seat.contacten.cancel(contact)
        self._journal.write("geannuleerd", contact=contact)

    def _open_contact(self, contact: str) -> Contact:
        found = next((al for al in self._seat.contacten.open if al.id == contact), None)
        if found is None:
            raise NotFound
        return found

    def _typed(self, contact: Contact) -> None:
        self._journal.write("getypt", contact=as_typed(contact))

    def _told(self, wat: str, opdracht: Opdracht, **feiten: object) -> None:
        told(self._journal, wat, opdracht, **feiten)

    _DO: ClassVar[dict[str, Callable[[Employee, Actie], Awaitable[None]]]] = {
        "contact": _contact,
        "anoniem": _contact,
        "concept": _draft,
        "annuleren": _cancel,
        "intrekken": _withdraw,
        "openen": _open,
        "telefoon": _phone,
        "bedrijf": _company,
        "notitie": _note,
        "zaak": _zaak,
        "document": _document,
    }


def as_typed(contact: Contact) -> dict[str, Any]:
    """A contact as the journal has it. Of a zaak that is being made it keeps which: the rest comes by itself."""
    made: dict[str, Any] = msgspec.to_builtins(contact)
    for vraag in made["vragen"]:
        if "zaak" in vraag:
            vraag["zaak"] = vraag["zaak"].get("opdracht", "")
    return made


def _has_answered(bron: Bron) -> bool:
    return bron.stand is Bronstand.KLAAR and not bron.uit_cache


def _shows_something(beeld: Klantbeeld) -> bool:
    return beeld.persoon is not None or any(bron.opgehaald_op is not None for bron in beeld.bronnen)
