"""Another window has this profile: say so, and take over when asked. Also what the window that let go shows."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

import msgspec

from kcs_desktop.sdk import Signal


class Slot(Protocol):
    """The lock of the profile, as `services.profielslot` gives it."""

    async def ask(self) -> str: ...

    def can_end_other(self) -> bool: ...

    async def end_other(self) -> bool: ...


class Bezetstand(StrEnum):
    """How it stands between the two windows."""

    AL_OPEN = "al-open"
    OVERGENOMEN = "overgenomen"
    GEVRAAGD = "gevraagd"
    HANGT = "hangt"
    BEZIG = "bezig"
    BLIJFT = "blijft"


class Tekst(msgspec.Struct, frozen=True):
    """What the page says; `knop` is the action, `einde` the one that ends the other window."""

    titel: str
    uitleg: str
    knop: str = ""
    einde: str = ""


_TEKSTEN = {
    Bezetstand.AL_OPEN: Tekst(
        "KCS Desktop is al open",
        "Op deze werkplek is KCS Desktop al open in een ander venster. Gaat u hier verder, dan bewaart het andere"
        " venster uw werk en laat het los.",
        "Hier verder werken",
    ),
    Bezetstand.OVERGENOMEN: Tekst(
        "U werkt verder in een ander venster",
        "Een ander venster van KCS Desktop heeft uw werk overgenomen. Alles is bewaard. U kunt dit venster sluiten.",
        "Toch hier verder werken",
    ),
    Bezetstand.GEVRAAGD: Tekst("Even geduld", "Het andere venster bewaart uw werk en laat het los."),
    Bezetstand.BEZIG: Tekst(
        "Het andere venster is nog bezig",
        "Het bewaart uw werk, maar dat duurt langer dan gewoon. Uw werk is veilig. Wacht even en probeer het opnieuw.",
        "Opnieuw proberen",
    ),
    Bezetstand.HANGT: Tekst(
        "Het andere venster reageert niet",
        "Wat u daar typte is tot de laatste seconde bewaard. U kunt het opnieuw proberen, of het andere venster"
        " afsluiten en hier verder werken.",
        "Opnieuw proberen",
        "Ander venster afsluiten",
    ),
    Bezetstand.BLIJFT: Tekst(
        "Het andere venster laat niet los",
        "Het draait misschien op een andere computer met dezelfde map. Uw werk daar is bewaard. Sluit het daar af, of"
        " vraag de beheerder om hulp.",
        "Opnieuw proberen",
    ),
}


class BezetPresenter:
    """`changed` when the page must be drawn again, `obtained` when this window may work."""

    def __init__(self, slot: Slot, stand: Bezetstand) -> None:
        self._slot = slot
        self.stand = stand
        self.changed: Signal[None] = Signal()
        self.obtained: Signal[None] = Signal()

    @property
    def tekst(self) -> Tekst:
        return _TEKSTEN[self.stand]

    async def take_over(self) -> None:
        """Ask the other window to let go."""
        self._show(Bezetstand.GEVRAAGD)
        uitkomst = await self._slot.ask()
        if uitkomst == "gekregen":
            self.obtained.emit(None)
        elif uitkomst == "hangt" and self._slot.can_end_other():
            self._show(Bezetstand.HANGT)
        else:
            self._show(Bezetstand.BLIJFT if uitkomst == "hangt" else Bezetstand.BEZIG)

    async def end_other(self) -> None:
        """End the other window, which did not respond."""
        self._show(Bezetstand.GEVRAAGD)
        if await self._slot.end_other():
            self.obtained.emit(None)
        else:
            self._show(Bezetstand.BLIJFT)

    def _show(self, stand: Bezetstand) -> None:
        self.stand = stand
        self.changed.emit(None)
