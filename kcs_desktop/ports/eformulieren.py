"""E-formulieren: zaken that a form on the website made and that nobody took on yet."""

from __future__ import annotations

from typing import Protocol

from kcs_desktop.domain.eformulier import Eformulierlijst
from kcs_desktop.domain.signal import Signal
from kcs_desktop.ports.klanten import Watch


class Eformulieren(Protocol):
    """One worklist of the whole municipality, as far as the rights on zaken reach."""

    changed: Signal[None]

    @property
    def lijst(self) -> Eformulierlijst:
        """What is known now; also without connection."""
        ...

    async def load(self) -> None:
        """From the store, then from the register. A failure stands in the list."""
        ...

    def watch(self) -> Watch:
        """Keep the list live until the returned watch is closed."""
        ...

    async def recognise(self, uuid: str) -> None:
        """Ask the base registers who sent this one, where the form and the own registration do not say it and the role
        may. Does nothing else; what cannot be found stays as it is."""
        ...
