"""The drafts of zaken of one employee: changed in memory at once, on disk within a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kcs_desktop.cache.zaakconcepten import read_concepten, save_concepten
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.zaakconcept import Conceptstand, Zaakconcept
from kcs_desktop.services.bewaarder import Bewaarder
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.sync.taken import Taken


class Zaakconcepten:
    """By id, oldest first."""

    def __init__(self, opslag: Opslag, on_error: Callable[[BaseException], None]) -> None:
        self.changed: Signal[Zaakconcept] = Signal()
        self._opslag = opslag
        self._concepten: dict[str, Zaakconcept] = {}
        self._bewaarder = Bewaarder(opslag, self._write, on_error)
        self._taken = Taken(on_error)

    @property
    def all(self) -> Sequence[Zaakconcept]:
        return tuple(self._concepten.values())

    def find(self, concept: str) -> Zaakconcept | None:
        return self._concepten.get(concept)

    def get(self, concept: str) -> Zaakconcept:
        try:
            return self._concepten[concept]
        except KeyError:
            raise NotFound("Deze zaak in voorbereiding is er niet meer.") from None

    def of_command(self, opdracht: str) -> Zaakconcept | None:
        """The draft that this command makes, or reserves a number for."""
        return next((al for al in self.all if opdracht in (al.opdracht, al.reservering)), None)

    def put(self, concept: Zaakconcept) -> Zaakconcept:
        if self._concepten.get(concept.id) != concept:
            self._concepten[concept.id] = concept
            self._bewaarder.touch(concept.id)
            self.changed.emit(concept)
        return concept

    def drop(self, concept: Zaakconcept) -> None:
        """Let go of it, and tell how it stood."""
        if self._concepten.pop(concept.id, None) is not None:
            self._bewaarder.touch(concept.id)
            self.changed.emit(concept)

    async def begin(self) -> None:
        """Bring back the drafts as they were left."""
        bewaard = await self._opslag.werker.run(read_concepten, self._opslag.werk)
        self._concepten = {concept.id: concept for concept in bewaard if concept.stand is not Conceptstand.GEMAAKT}
        self._taken.start("zaakconcepten bewaren", self._bewaarder.keep_saving())

    async def take_in(self) -> None:
        """The store holds its file again: drafts in it that could not be read before are there too."""
        for concept in await self._opslag.werker.run(read_concepten, self._opslag.werk):
            if concept.id not in self._concepten:
                self.put(concept)

    async def end(self) -> None:
        await self._taken.close()
        try:
            await self.flush()
        finally:
            self._concepten.clear()
            self._bewaarder.forget()

    async def flush(self) -> None:
        """Everything that changed is on disk when this returns; raises what the store raised."""
        await self._bewaarder.flush()

    async def _write(self, namen: set[str]) -> None:
        over = [self._concepten[naam] for naam in namen if naam in self._concepten]
        await self._opslag.werker.run(save_concepten, self._opslag.werk, over, namen.difference(self._concepten))
