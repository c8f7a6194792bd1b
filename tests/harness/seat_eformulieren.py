"""E-formulieren for the fake seats: what a test lays ready, and what was asked."""

from __future__ import annotations

from typing import Any

from kcs_desktop.sdk import Eformulier, Eformulierlijst, KlantSleutel, Klantverwijzing, Signal, SoortKlant
from tests.harness.seat_terugbellen import FakeGreep
from tests.harness.seat_zaken import NU, VANDAAG, regel

WIE = Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn="999990019"), "J. van Duinrode")


def formulier(nummer: int = 5001, **velden: Any) -> Eformulier:
    """One that came in this morning."""
    lijn = regel(
        nummer, "Parkeervergunning aanvragen", 56, omschrijving="Bewonersvergunning", stap=1, startdatum=VANDAAG
    )
    return Eformulier(lijn, **{"ontvangen": NU, "heeft_tijd": True, "klant": WIE, "vanuit": "formulier", **velden})


class FakeEformulieren:
    """`recognised` are those whose name was asked for; `grepen` the held watches."""

    def __init__(self) -> None:
        self.changed: Signal[None] = Signal()
        self.lijst = Eformulierlijst()
        self.geladen = 0
        self.recognised: list[str] = []
        self.grepen: list[FakeGreep] = []

    def lay(self, *formulieren: Eformulier, **velden: Any) -> None:
        self.lijst = Eformulierlijst(formulieren, **{"opgehaald_op": NU, **velden})
        self.changed.emit(None)

    async def load(self) -> None:
        self.geladen += 1

    def watch(self) -> FakeGreep:
        return FakeGreep(self.grepen)

    async def recognise(self, uuid: str) -> None:
        self.recognised.append(uuid)
