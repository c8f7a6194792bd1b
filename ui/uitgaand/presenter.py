"""The outbox in words, without Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kcs_desktop.sdk import Seat, Signal, Wachtrij, Wachtstand

_ZONE = ZoneInfo("Europe/Amsterdam")

_TITELS = {
    Wachtstand.WACHT: "Wacht",
    Wachtstand.BEZIG: "Wordt verstuurd",
    Wachtstand.GESLAAGD: "Geregistreerd",
    Wachtstand.GEWEIGERD: "Geweigerd",
}


class UitgaandPresenter:
    """`changed` fires when a command comes, moves or goes."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.changed: Signal[None] = Signal()
        self._disconnect = seat.outbox.changed.connect(lambda _rij: self.changed.emit(None))

    def close(self) -> None:
        self._disconnect()

    def rows(self) -> Sequence[Wachtrij]:
        """What needs attention first: refused, then waiting in order of making, then what has arrived."""
        volgorde = {Wachtstand.GEWEIGERD: 0, Wachtstand.BEZIG: 1, Wachtstand.WACHT: 1, Wachtstand.GESLAAGD: 2}
        return sorted(self._seat.outbox.waiting(), key=lambda rij: (volgorde[rij.stand], rij.sinds))

    def open_count(self) -> int:
        """How many were not settled, or refused: the number beside the connection."""
        return sum(1 for rij in self._seat.outbox.waiting() if rij.stand is not Wachtstand.GESLAAGD)

    def retry(self, opdracht: str) -> None:
        self._seat.outbox.retry(opdracht)

    def withdraw(self, opdracht: str) -> bool:
        return self._seat.outbox.withdraw(opdracht)


def subtitle(rij: Wachtrij) -> str:
    """ "Wacht sinds 14:05, 3 pogingen. De server is niet bereikbaar." """
    woord = "sinds" if rij.stand in (Wachtstand.WACHT, Wachtstand.BEZIG) else "om"
    delen = [f"{_TITELS[rij.stand]} {woord} {_clock(rij.sinds)}"]
    if rij.pogingen > 1:
        delen.append(f"{rij.pogingen} pogingen")
    zin = ", ".join(delen) + "."
    return f"{zin} {rij.reden}".strip()


def _clock(moment: datetime) -> str:
    return moment.astimezone(_ZONE).strftime("%H:%M")
