"""What a handler of a command gets, and what it must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from kcs_desktop.backend.audit.regel import Auditregel
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.opdrachten.herhalen import Verloop
from kcs_desktop.backend.opdrachten.slot import hold_slots
from kcs_desktop.backend.principal import Verzoek
from kcs_desktop.backend.standards.port import Register
from kcs_desktop.domain.rechten import Recht


class Werk(msgspec.Struct, frozen=True):
    """One unit of work, the registers to write to, who asks and why.

    `register` is Klantinteracties; `registers` holds every one by its name. Where one of them is upstream a handler
    runs several times over, each time a step further (`verloop`), and only its last run is kept. So it reads registers
    through these alone, and takes the time from `nu`.
    """

    unit: UnitOfWork
    register: Register
    verzoek: Verzoek
    doelbinding: str
    registers: Mapping[str, Register] = {}
    verloop: Verloop | None = None
    begonnen: datetime | None = None
    opdracht: str = ""  # the id of the command

    @property
    def nu(self) -> datetime:
        """The same in every run: upstream, when the command first came in."""
        return self.begonnen or self.unit.now

    async def hold(self, *names: str) -> None:
        """Hold these names to the end of the command, so that no other one looks for and makes the same."""
        if self.verloop is not None:
            self.verloop.hold(*names)
        else:
            await hold_slots(self.unit, *names)

    def audit(self, handeling: str, soort: str, waarde: str, *verwant: tuple[str, str]) -> None:
        """Note what was done to whom."""
        self.unit.audit(
            Auditregel(
                self.verzoek.wie, handeling, soort, waarde, self.doelbinding, bron="klantinteracties", verwant=verwant
            )
        )


class Handler(Protocol):
    """One kind of command. Stateless."""

    def required(self, gegevens: Any) -> Sequence[tuple[str, Recht]]:
        """The rights it takes."""
        ...

    def subject(self, gegevens: Any) -> tuple[str, str]:
        """(soort, waarde) for the audit line of a refusal."""
        ...

    def clean(self, gegevens: Any) -> Any:
        """The payload fit to store. Raises InvalidBody with the seat's own field names."""
        ...

    async def carry_out(self, werk: Werk, gegevens: Any) -> dict[str, Any]:
        """The effect, within the unit; returns the outcome's `resultaat`."""
        ...
