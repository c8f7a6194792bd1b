"""A command in the outbox, and the state of the connection, as the window shows them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.opdracht import Opdracht, Uitkomst


class Wachtstand(StrEnum):
    """Where a command stands in the outbox.

    GEWEIGERD is the backend's answer about it: what it was to do is not done, and may be done by another command. APART
    has no answer and gets none by trying again by itself: it cannot be read, this backend does not know it, or it keeps
    failing there. An answer may have been lost before that, so nobody knows whether it was carried out: its data are
    kept for the employee, and what it was to do is handed in again under no other id.
    """

    WACHT = "wacht"
    BEZIG = "bezig"
    GESLAAGD = "geslaagd"
    GEWEIGERD = "geweigerd"
    APART = "apart"


class Wachtrij(msgspec.Struct, frozen=True, omit_defaults=True):
    """One command in the outbox, as the window shows it."""

    opdracht: Opdracht
    stand: Wachtstand
    titel: str  # "Contact met J. van Duinrode"
    sinds: datetime
    pogingen: int = 0
    reden: str = ""
    uitkomst: Uitkomst | None = None
    volgende_poging: datetime | None = None  # None: as soon as it can be
    achter: str = ""  # title of the command of the same customer that goes first
    trekt_terug: bool = False  # it is being taken back: it stands here until the store let go of it, and does not go
    is_leesbaar: bool = True  # False: `opdracht` only fills the place; the data are in the store
