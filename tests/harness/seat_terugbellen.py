"""The worklists of a seat without a backend: what a test lays ready, and what it was asked to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kcs_desktop.domain.opdracht import Opdracht, TerugbelnotitieClaimen
from kcs_desktop.domain.terugbeltaak import Terugbelnieuws
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.sdk import Belresultaat, KcsError, Lijst, Signal, Taaklijst, Taakstand, Terugbeltaak


class FakeGreep:
    """Counts itself among those held."""

    def __init__(self, held: list[FakeGreep]) -> None:
        self._held = held
        held.append(self)

    def close(self) -> None:
        if self in self._held:
            self._held.remove(self)


class FakeTerugbelnotities:
    """`lijsten` are what is known; `gedaan` what the employee did, as (name, uuid, arguments)."""

    def __init__(self) -> None:
        self.changed: Signal[Lijst] = Signal()
        self.counted: Signal[int] = Signal()
        self.nieuws: Signal[Terugbelnieuws] = Signal()
        self.ongelezen = Terugbelnieuws()
        self.aandacht = 0
        self.lijsten: dict[tuple[Lijst, Taakstand], Taaklijst] = {}
        self.geladen: list[tuple[Lijst, Taakstand]] = []
        self.gedaan: list[tuple[str, str, dict[str, Any]]] = []
        self.grepen: list[FakeGreep] = []
        self.meer: Taaklijst | KcsError | None = None

    def lay(self, lijst: Taaklijst) -> None:
        self.lijsten[lijst.lijst, lijst.stand] = lijst
        self.changed.emit(lijst.lijst)

    def known(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> Taaklijst:
        return self.lijsten.get((lijst, stand)) or Taaklijst(lijst, stand)

    def take_news(self) -> Terugbelnieuws:
        nieuws, self.ongelezen = self.ongelezen, Terugbelnieuws()
        return nieuws

    def remind(self, nieuws: Terugbelnieuws) -> None:
        """The guard reminds of this."""
        self.ongelezen += nieuws
        self.nieuws.emit(nieuws)

    async def load(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> None:
        self.geladen.append((lijst, stand))

    async def more(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> None:
        if isinstance(self.meer, KcsError):
            raise self.meer
        if self.meer is not None:
            self.lay(self.meer)

    def watch(self, lijst: Lijst, stand: Taakstand = Taakstand.OPEN) -> FakeGreep:
        return FakeGreep(self.grepen)

    def claim(self, taak: Terugbeltaak, *, take_over: bool = False) -> Opdracht:
        return self._did("claim", taak, take_over=take_over)

    def hand_back(self, taak: Terugbeltaak) -> Opdracht:
        return self._did("hand_back", taak)

    def assign(self, taak: Terugbeltaak, *, afdeling: str = "", groep: str = "", medewerker: str = "") -> Opdracht:
        return self._did("assign", taak, afdeling=afdeling, groep=groep, medewerker=medewerker)

    def reschedule(self, taak: Terugbeltaak, moment: str, uiterlijk: datetime | None = None) -> Opdracht:
        return self._did("reschedule", taak, moment=moment, uiterlijk=uiterlijk)

    def attempt(self, taak: Terugbeltaak, resultaat: Belresultaat, toelichting: str = "") -> Opdracht:
        return self._did("attempt", taak, resultaat=resultaat, toelichting=toelichting)

    def finish(self, taak: Terugbeltaak, resultaat: Belresultaat, toelichting: str = "") -> Opdracht:
        return self._did("finish", taak, resultaat=resultaat, toelichting=toelichting)

    def _did(self, name: str, taak: Terugbeltaak, **arguments: Any) -> Opdracht:
        self.gedaan.append((name, taak.uuid, arguments))
        return Opdracht(new_id(), TerugbelnotitieClaimen(taak.uuid), datetime(2026, 11, 24, 9, 42, tzinfo=UTC))
