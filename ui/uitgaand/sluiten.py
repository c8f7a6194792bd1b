"""Closing a window whose work stands in memory only: say what would be gone, and let the employee choose. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from kcs_desktop.sdk import Conceptstand, KcsError, Seat, Signal, Wachtstand, local

TITEL = "Uw werk is nog niet bewaard"
SAVED = "Opgeslagen in {naam}. Het bestand bevat persoonsgegevens. U kunt nu sluiten."
SAVED_BESIDE = "Opgeslagen in {naam}, met {stukken} ernaast. Ze bevatten persoonsgegevens. U kunt nu sluiten."
_UNSENT = (Conceptstand.OPEN, Conceptstand.GEWEIGERD)


class Sluitkeuze(StrEnum):
    """What the employee wants."""

    BLIJVEN = "blijven"
    SLUITEN = "sluiten"


class SluitPresenter:
    """`chosen` once; `changed` when the page must be drawn again. `may_export`: whoever is there is the employee.
    `has_left`: whether somebody signed out whose work is in memory."""

    def __init__(self, seat: Seat, *, may_export: bool, has_left: Callable[[], bool]) -> None:
        self._seat = seat
        self._has_left = has_left
        self.may_export = may_export
        self.melding = ""
        self.chosen: Signal[Sluitkeuze] = Signal()
        self.changed: Signal[None] = Signal()

    @property
    def uitleg(self) -> str:
        wat = at_risk(self._seat, has_left=self._has_left()) or "wat u het laatst wijzigde"
        export = " Of exporteer het eerst, bijvoorbeeld naar een andere schijf." if self.may_export else ""
        return (
            f"Dit staat alleen in het geheugen van dit venster: {wat}. Sluit u nu, dan is het weg."
            f" Blijf tot het is bewaard of verzonden; dan sluit dit venster vanzelf.{export}"
        )

    def file_name(self) -> str:
        """What the file is called unless the employee says otherwise."""
        return f"niet bewaard {local(self._seat.now()):%Y-%m-%d %H.%M}.json"

    async def export(self, path: Path) -> None:
        """Write everything that would be gone to this file, and the content of documents beside it."""
        try:
            await self._seat.outbox.export(path)
            stukken = await self._seat.dossier.export(path)
        except KcsError as fout:
            self.melding = f"{fout.message} {fout.advice}".strip()
        else:
            beside = "1 document" if len(stukken) == 1 else f"{len(stukken)} documenten"
            self.melding = (SAVED_BESIDE if stukken else SAVED).format(naam=path.name, stukken=beside)
        self.changed.emit(None)

    def stay(self) -> None:
        self.chosen.emit(Sluitkeuze.BLIJVEN)

    def close_anyway(self) -> None:
        self.chosen.emit(Sluitkeuze.SLUITEN)


def at_risk(seat: Seat, *, has_left: bool = False) -> str:
    """ "2 open contacten, 1 opdracht zonder bevestiging en getypte tekst"; "" where there is nothing. `has_left`:
    somebody signed out whose work is in memory."""
    contacten = len(seat.contacten.open)
    onbevestigd = {rij.opdracht.id for rij in seat.outbox.waiting() if rij.stand is not Wachtstand.GESLAAGD}
    opdrachten = len(onbevestigd)
    zaken = sum(al.stand in _UNSENT for al in seat.zaakaanmaken.concepten)
    documenten = sum(al.opdracht not in onbevestigd for al in seat.dossier.waiting)  # one in a command counts as that
    delen = []
    if contacten:
        delen.append("1 open contact" if contacten == 1 else f"{contacten} open contacten")
    if opdrachten:
        delen.append(f"{opdrachten} {'opdracht' if opdrachten == 1 else 'opdrachten'} zonder bevestiging")
    if zaken:
        delen.append("1 zaak die u nog niet aanmaakte" if zaken == 1 else f"{zaken} zaken die u nog niet aanmaakte")
    if documenten:
        woord = "document dat nog niet is" if documenten == 1 else "documenten die nog niet zijn"
        delen.append(f"{documenten} {woord} toegevoegd")
    if seat.contacten.typed:
        delen.append("tekst die u typte en nog niet vastlegde")
    if has_left:
        delen.append("het werk van wie zich hier heeft afgemeld")
    return " en ".join(filter(None, (", ".join(delen[:-1]), *delen[-1:])))
