"""A command in the outbox, and the state of the connection, as the window shows them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.opdracht import Opdracht, Uitkomst


class Wachtstand(StrEnum):
    """Where a command stands in the outbox."""

    WACHT = "wacht"
    BEZIG = "bezig"
    GESLAAGD = "geslaagd"
    GEWEIGERD = "geweigerd"


class Wachtrij(msgspec.Struct, frozen=True, omit_defaults=True):
    """One command in the outbox, as the window shows it."""

    opdracht: Opdracht
    stand: Wachtstand
    titel: str  # "Contact met J. van Duinrode"
    sinds: datetime
    pogingen: int = 0
    reden: str = ""
    uitkomst: Uitkomst | None = None
