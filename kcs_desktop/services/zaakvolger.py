"""Lets the drafts of zaken follow their commands in the outbox: one reserves the number, one makes the zaak."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import msgspec

from kcs_desktop.domain.errors import UserError
from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.domain.zaakconcept import Conceptstand, Nummerstand, Zaakconcept
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.zaakconcepten import Zaakconcepten
from kcs_desktop.services.zaakuitkomst import after_create, after_reservation
from kcs_desktop.sync.taken import Taken

_replace = msgspec.structs.replace


class Zaakvolger:
    """`sent` tells of a draft whose zaak is being made, or was: what names it must name it as it is now."""

    def __init__(
        self, concepten: Zaakconcepten, outbox: OutboxService, on_error: Callable[[BaseException], None]
    ) -> None:
        self.sent: Signal[Zaakconcept] = Signal()
        self._concepten = concepten
        self._outbox = outbox
        self._taken = Taken(on_error)
        outbox.changed.connect(self._on_outbox)
        outbox.withdrawn.connect(self._on_withdrawn)

    def look_up(self) -> None:
        """Each draft as its commands stand in the outbox."""
        for concept in self._concepten.all:
            self._look_up(concept)

    def let_go_of_reservation(self, concept: Zaakconcept) -> None:
        """Where it was not sent yet; a number that was given stays unused."""
        if concept.nummer or self._outbox.find(concept.reservering) is None:
            return
        if not self._outbox.remove(concept.reservering):
            self._taken.also(f"reservering intrekken {concept.id}", self._withdraw(concept.reservering))

    async def end(self) -> None:
        await self._taken.close()

    def _on_outbox(self, rij: Wachtrij) -> None:
        concept = self._concepten.of_command(rij.opdracht.id)
        if concept is not None:
            self._take_over(concept, rij)

    def _on_withdrawn(self, opdracht: Opdracht) -> None:
        concept = self._concepten.of_command(opdracht.id)
        if concept is None:
            return
        if concept.opdracht == opdracht.id:
            self._concepten.put(_replace(concept.again(), stand=Conceptstand.OPEN))
        elif not concept.nummer:
            self._concepten.put(_replace(concept, nummerstand=Nummerstand.GEWEIGERD))

    def _look_up(self, concept: Zaakconcept) -> None:
        for opdracht in (concept.reservering, concept.opdracht):
            rij, nu = self._outbox.find(opdracht), self._concepten.find(concept.id)
            if nu is None:
                return
            if rij is not None:
                self._take_over(nu, rij)
            elif opdracht == nu.opdracht and nu.is_apart:
                self._concepten.put(_replace(nu, stand=Conceptstand.GEWEIGERD, is_apart=False))  # let go of at the end
            elif opdracht == nu.opdracht and nu.stand is Conceptstand.VERSTUURD:
                self._concepten.put(_replace(nu, stand=Conceptstand.OPEN))  # the store did not get it
            elif opdracht == nu.reservering and not nu.nummer:
                self._concepten.put(_replace(nu, nummerstand=Nummerstand.GEWEIGERD))  # nor this one

    def _take_over(self, concept: Zaakconcept, rij: Wachtrij) -> None:
        """What became of one of its commands."""
        if rij.opdracht.id == concept.reservering:
            nieuw = self._concepten.put(after_reservation(concept, rij))
            if rij.stand is Wachtstand.GEWEIGERD:
                self._taken.also(f"reservering weghalen {concept.id}", self._forget(rij.opdracht.id))
        else:
            nieuw = after_create(concept, rij)
            if nieuw.stand is Conceptstand.GEMAAKT:
                self._concepten.drop(nieuw)
            else:
                self._concepten.put(nieuw)
        if nieuw.stand in (Conceptstand.VERSTUURD, Conceptstand.GEMAAKT):
            self.sent.emit(nieuw)

    async def _withdraw(self, opdracht: str) -> None:
        with suppress(UserError):  # it stays in the outbox, where the employee sees it
            await self._outbox.withdraw(opdracht)

    async def _forget(self, opdracht: str) -> None:
        """A refused reservation holds nothing that anybody typed."""
        await asyncio.sleep(0)  # the row is told first
        self._outbox.remove(opdracht)
