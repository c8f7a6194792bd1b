"""What an employee does with zaken: begin one out of a contact, fill its form in, and make it, drop it or leave it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from kcs_desktop.domain.errors import KcsError, NotFound
from kcs_desktop.domain.klantcontact import Contact
from kcs_desktop.domain.zaakconcept import Conceptstand, Zaakconcept
from kcs_desktop.domain.zaakgegevens import Locatie
from kcs_desktop.services.seat import SeatService
from tests.faults.journal import Journal, told
from tests.faults.script import KEEP, Actie

_DATE = "1-12-2026"


def as_typed(concept: Zaakconcept) -> dict[str, Any]:
    """A draft as the journal has it."""
    antwoorden: dict[str, list[str]] = {}
    for al in concept.eigenschappen:
        antwoorden.setdefault(al.eigenschap, []).append(al.waarde)
    return {
        "id": concept.id,
        "stand": concept.stand.value,
        "omschrijving": concept.omschrijving,
        "toelichting": concept.toelichting,
        "plek": concept.locatie.tekst if concept.locatie is not None else "",
        "antwoorden": antwoorden,
    }


class Zaken:
    """`typed` writes down how a contact stands; making a zaak names it in its contact."""

    def __init__(
        self,
        seat: SeatService,
        journal: Journal,
        pause: Callable[[], Awaitable[None]],
        typed: Callable[[Contact], None],
    ) -> None:
        self._seat = seat
        self._aan = seat.zaakaanmaken
        self._journal = journal
        self._pause = pause
        self._typed_contact = typed
        self._typed: dict[str, dict[str, Any]] = {}  # what was typed in each draft; the rest was filled in by itself

    async def begin(self, actie: Actie, contact: str) -> Zaakconcept | None:
        """A draft out of this contact; None while nobody knows which zaken there are."""
        if actie.zaak is None or not await self._knows_catalogue():
            return None
        await self._pause()
        self._journal.write("gaat zaak beginnen", nr=actie.nr)
        concept = self._aan.start(actie.zaak.zaaktype, contact=contact)
        reservering = self._seat.outbox.find(concept.reservering)
        assert reservering is not None
        told(self._journal, "gewijzigd", reservering.opdracht, nr=actie.nr)
        self._typed[concept.id] = {}
        self._write_down(concept.id)
        return concept

    async def fill_in(self, actie: Actie, concept: str) -> None:
        """Everything that its form asks; the omschrijving is the name of the action."""
        assert actie.zaak is not None
        await self._type(concept, omschrijving=actie.wordt)
        for text in actie.zaak.stukken:
            await self._type(concept, toelichting=text)
        await self._type(concept, locatie=Locatie(toelichting=f"bij {actie.wordt}"))
        await self._pause()
        for veld in self._aan.form(concept).velden:
            if veld.verplicht and not self._get(concept).waarden(veld.id):
                answer = veld.keuzes[0] if veld.keuzes else {"datum": _DATE}.get(veld.soort.value, "1")
                made = self._aan.fill(concept, veld.id, answer)
                self._typed[concept].setdefault("antwoorden", {})[veld.id] = list(made.waarden(veld.id))
        self._write_down(concept)

    async def make(self, concept: str) -> None:
        """The command; a form that cannot be shown now is dropped."""
        await self._pause()
        huidig = self._get(concept)
        if self._aan.problems(concept):
            await self.drop(concept)
            return
        self._journal.write("maakt aan", concept=concept, opdracht=huidig.opdracht)
        opdracht = self._aan.create(concept)
        told(self._journal, "aangemaakt", opdracht, concept=concept)
        for contact in self._seat.contacten.open:
            if contact.id == huidig.contact:
                self._typed_contact(contact)

    async def drop(self, concept: str) -> None:
        await self._pause()
        huidig = self._get(concept)
        if not huidig.nummer:
            self._journal.write("trekt in", opdracht=huidig.reservering)
        self._journal.write("annuleert zaak", concept=concept)
        self._aan.cancel(concept)
        self._journal.write("zaak geannuleerd", concept=concept)

    async def tidy_up(self) -> None:
        """Make what was under way when the seat died."""
        for concept in self._aan.concepten:
            if concept.stand is not Conceptstand.VERSTUURD and KEEP not in concept.toelichting:
                await self.make(concept.id)

    async def _knows_catalogue(self) -> bool:
        if self._aan.may_start and not self._aan.catalogus.keuzes:
            await self._pause()
            try:
                await self._aan.refresh()
            except KcsError as fout:
                self._journal.write("geen zaaktypen", code=fout.code)
        return bool(self._aan.catalogus.keuzes)

    async def _type(self, concept: str, **velden: Any) -> None:
        await self._pause()
        self._get(concept)
        locatie = velden.get("locatie")
        wordt = {"plek": locatie.tekst} if locatie is not None else velden
        self._journal.write("gaat zaak typen", concept=concept, wordt=wordt)
        self._aan.change(concept, **velden)
        self._typed[concept] |= wordt
        self._write_down(concept)

    def _write_down(self, concept: str) -> None:
        state = msgspec.json.decode(msgspec.json.encode(self._typed[concept]))
        self._journal.write("zaak getypt", zaak={"id": concept, **state})

    def _get(self, concept: str) -> Zaakconcept:
        found = self._aan.concept(concept)
        if found is None:
            raise NotFound
        return found
