"""Where something is: addresses of the BAG while it is typed."""

from __future__ import annotations

from typing import Protocol

from kcs_desktop.domain.adresvoorstel import Adresantwoord, Adresvoorstel
from kcs_desktop.domain.zaakgegevens import Locatie


class Adressen(Protocol):
    """Never raises for a register or line that fails: what was typed is a location too, and `melding` says so."""

    async def find(self, tekst: str) -> Adresantwoord:
        """What this may be the beginning of. Waits until the typing pauses: cancel the one before for each key.
        A street is among them too while no house number was typed."""
        ...

    async def resolve(self, voorstel: Adresvoorstel) -> Locatie:
        """The whole address with its point; as far as it was known where the BAG does not answer."""
        ...
