"""The rows of the outbox in memory: their order, and which one of a customer may go. Sends nothing.

Commands of one customer go one after another. One that has no future by itself (refused, set apart), that the backend
keeps failing on or that waits for another role lets those behind it pass: one bad command must not keep a customer's
other work from being registered. A command that names what another makes waits for that one, whoever it is about.
Only a change never passes another change that still waits: "remove this number"
before "add it" would leave the number standing (ADR 0010).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kcs_desktop.cache.werkbestand import Uitgaand
from kcs_desktop.domain.klant import KlantSleutel, SoortKlant
from kcs_desktop.domain.klantidentiteit import aggregate, is_same
from kcs_desktop.domain.opdracht import KlantRegistreren, KlantWijzigen, Opdracht, klant_of, needed_by
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand

SETTLED = frozenset({Wachtstand.GESLAAGD, Wachtstand.GEWEIGERD, Wachtstand.APART})
PASSED_AFTER = 10  # answers in a row that the backend failed on this one command; then it holds up nobody


class Rij(msgspec.Struct):
    """One command. `wachtrij` is what the window sees of it."""

    nr: int
    groep: str
    wachtrij: Wachtrij
    niet_voor: float = 0.0  # loop time
    storingen: int = 0  # failures of the backend in a row
    sinds_uitkomst: int = 0  # how many commands had an outcome when the first of those failures came
    onbereikt: int = 0  # attempts in a row that never left this machine
    wacht_op_rol: bool = False  # the role that was signed in with may not do this: another one may
    is_bekend: bool = False  # the backend said "running": ask for the outcome instead of handing in again

    @property
    def id(self) -> str:
        return self.wachtrij.opdracht.id

    @property
    def is_open(self) -> bool:
        return self.wachtrij.stand not in SETTLED

    @property
    def is_held(self) -> bool:
        """It does not go by itself: it waits for another role, or is being taken back."""
        return self.wacht_op_rol or self.wachtrij.trekt_terug


class Rijen:
    """All commands of one employee, by id."""

    def __init__(self) -> None:
        self._rijen: dict[str, Rij] = {}

    def load(self, bewaard: Iterable[Uitgaand]) -> None:
        """Take over what the store held; a command that was under way is simply handed in again."""
        for rij in bewaard:
            if rij.opdracht is None:
                self._rijen[rij.id] = Rij(rij.nr, rij.groep, _unreadable(rij))
                continue
            stand = Wachtstand(rij.stand) if rij.stand in set(Wachtstand) else Wachtstand.WACHT
            if stand is Wachtstand.BEZIG:
                stand = Wachtstand.WACHT
            wachtrij = Wachtrij(rij.opdracht, stand, rij.titel, rij.sinds, rij.pogingen, rij.reden, rij.uitkomst)
            self._rijen[rij.id] = Rij(rij.nr, rij.groep, wachtrij)

    def add(self, rij: Rij) -> None:
        self._rijen[rij.id] = rij

    def get(self, opdracht: str) -> Rij | None:
        return self._rijen.get(opdracht)

    def drop(self, opdracht: str) -> None:
        del self._rijen[opdracht]

    def in_order(self) -> list[Rij]:
        return sorted(self._rijen.values(), key=lambda rij: rij.nr)

    def shown(self) -> list[Wachtrij]:
        """As the window sees them: each waiting one says behind which other it waits."""
        voor = self._before()
        return [
            msgspec.structs.replace(rij.wachtrij, achter=kop.wachtrij.titel)
            if (kop := voor.get(rij.id))
            else rij.wachtrij
            for rij in self.in_order()
        ]

    def heads(self) -> list[Rij]:
        """Those that may go: the first open command of each customer, and what may pass one that keeps failing."""
        voor = self._before()
        return [rij for rij in self.in_order() if rij.is_open and rij.id not in voor]

    def _before(self) -> dict[str, Rij]:
        """Behind which other command each one waits; who may go is not in it."""
        bezet: dict[str, Rij] = {}  # the one under way or next, per customer
        gepasseerd: dict[str, Rij] = {}  # the first change that is passed, per customer
        voor: dict[str, Rij] = {}
        for rij in self.in_order():
            if not rij.is_open:
                continue
            is_wijziging = isinstance(rij.wachtrij.opdracht.gegevens, KlantWijzigen)
            if (kop := bezet.get(rij.groep)) is not None:
                voor[rij.id] = kop
            elif (kop := self._needed(rij)) is not None:
                bezet[rij.groep] = voor[rij.id] = kop
            elif is_wijziging and (kop := gepasseerd.get(rij.groep)) is not None:
                voor[rij.id] = kop  # and what is no change passes both
            elif not _passed(rij):
                bezet[rij.groep] = rij
            elif is_wijziging:
                gepasseerd[rij.groep] = rij
        return voor

    def _needed(self, rij: Rij) -> Rij | None:
        """What stands before it, of whatever customer, and makes what it names."""
        nodig = (self._rijen.get(naam) for naam in needed_by(rij.wachtrij.opdracht.gegevens))
        return next((al for al in nodig if al is not None and al.is_open and al.nr < rij.nr and not _passed(al)), None)

    def group_of(self, sleutel: KlantSleutel) -> str:
        """The order this customer's commands stand in: that of what is open already, whatever key it went by."""
        for rij in self._rijen.values():
            klant = klant_of(rij.wachtrij.opdracht.gegevens)
            if rij.is_open and klant is not None and is_same(klant.sleutel, sleutel):
                return rij.groep
        return aggregate(sleutel)


def _passed(rij: Rij) -> bool:
    return rij.wacht_op_rol or rij.storingen >= PASSED_AFTER


def _unreadable(rij: Uitgaand) -> Wachtrij:
    """A row of a newer or damaged version, set apart: the person it shows is only there to fill the place."""
    return Wachtrij(
        Opdracht(rij.id, KlantRegistreren(SoortKlant.PERSOON), rij.sinds),
        Wachtstand.APART,
        rij.titel,
        rij.sinds,
        rij.pogingen,
        "Deze opdracht kan niet worden gelezen en wordt niet verstuurd. De gegevens blijven bewaard.",
        rij.uitkomst,
        is_leesbaar=False,
    )
