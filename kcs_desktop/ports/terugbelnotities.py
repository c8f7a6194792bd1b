"""Callback notes as work: the lists, live, and what an employee does with a note."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from kcs_desktop.domain.opdracht import Opdracht
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.terugbeltaak import Belresultaat, Lijst, Taaklijst, Taakstand, Terugbelnieuws, Terugbeltaak
from kcs_desktop.ports.klanten import Watch


class Terugbelnotities(Protocol):
    """Reading is cache first; writing goes through the outbox, and shows at once."""

    changed: Signal[Lijst]  # this list has other content, or a command about one of its notes
    counted: Signal[int]  # what needs attention: own notes that are late and those escalated to him, else own open ones
    nieuws: Signal[Terugbelnieuws]  # own notes are due today, or more were escalated: `take_news` gives it

    @property
    def aandacht(self) -> int:
        """The last `counted`."""
        ...

    def known(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> Taaklijst:
        """What is in memory, to be drawn at once."""
        ...

    def take_news(self) -> Terugbelnieuws:
        """What was not told yet since the sign-in, together; whoever takes it shows it."""
        ...

    async def load(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> None:
        """From the store where nothing is in memory, then anew. A failure is told in the list, never raised."""
        ...

    async def more(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> None:
        """The next page; raises what kept it from coming."""
        ...

    def watch(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> Watch:
        """Keep this list live as long as it is held."""
        ...

    def claim(self, taak: Terugbeltaak, *, take_over: bool = False) -> Opdracht: ...

    def hand_back(self, taak: Terugbeltaak) -> Opdracht: ...

    def assign(self, taak: Terugbeltaak, *, afdeling: str = "", groep: str = "", medewerker: str = "") -> Opdracht: ...

    def reschedule(self, taak: Terugbeltaak, moment: str, uiterlijk: datetime | None = None) -> Opdracht: ...

    def attempt(self, taak: Terugbeltaak, resultaat: Belresultaat, toelichting: str = "") -> Opdracht: ...

    def finish(self, taak: Terugbeltaak, resultaat: Belresultaat, toelichting: str = "") -> Opdracht: ...
