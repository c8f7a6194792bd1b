"""Links a document that the backend has to its zaak: hands in the command, and follows it in the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kcs_desktop.domain.opdracht import DocumentToevoegen, Opdracht
from kcs_desktop.domain.toevoeging import Toevoeging, Toevoegstand
from kcs_desktop.domain.wachtrij import Wachtrij, Wachtstand
from kcs_desktop.services.onderweg import Onderwegs
from kcs_desktop.services.outbox import OutboxService

BESMET = "In dit bestand is een virus gevonden. Het wordt niet toegevoegd. Vraag de klant om een ander bestand."


class Koppeling:
    """`may_always`: whether this role adds documents to any zaak; else only to one that it had made."""

    def __init__(
        self,
        rijen: Onderwegs,
        outbox: OutboxService,
        *,
        may_always: Callable[[], bool],
        clock: Callable[[], datetime],
    ) -> None:
        self._rijen = rijen
        self._outbox = outbox
        self._may_always = may_always
        self._clock = clock
        outbox.changed.connect(self._look_at)
        outbox.withdrawn.connect(self._on_withdrawn)

    def link(self, naam: str) -> None:
        """Hand in the command, where everything it needs is there."""
        al = self._rijen.get(naam).toevoeging
        if al.stand is not Toevoegstand.GEREED or not al.bevestigd or not al.zaak.uuid:
            return
        opdracht = Opdracht(
            al.opdracht,
            self._gegevens(al),
            self._clock(),
            contact=al.contact,
            product=al.product,
            kanaal=al.kanaal,
        )
        # The command is kept before the row says that it is: what was cut off between the two is handed in again.
        self._look_at(self._outbox.put(opdracht, f"Document toevoegen: {al.titel}"))

    def look_up(self, al: Toevoeging) -> None:
        """How the command that it waits for stands in the outbox."""
        if (rij := self._outbox.find(al.opdracht)) is not None:
            self._look_at(rij)
        elif al.stand is Toevoegstand.KOPPELT:
            # Taken back, or done so long ago that the outbox forgot it; confirmed again it is still the same command.
            self._rijen.change(al.id, stand=Toevoegstand.GEREED, bevestigd=False, is_apart=False)

    def _gegevens(self, al: Toevoeging) -> DocumentToevoegen:
        return DocumentToevoegen(
            al.zaak.uuid,
            al.id,
            al.naam,
            al.titel,
            al.informatieobjecttype,
            al.vertrouwelijkheidaanduiding,
            al.beschrijving,
            al.ontvangstdatum,
            aanmaking="" if self._may_always() else al.aanmaking,
        )

    def _look_at(self, rij: Wachtrij) -> None:
        for al in [row.toevoeging for row in self._rijen.all]:
            if al.opdracht == rij.opdracht.id:
                self._on_linked(al, rij)

    def _on_linked(self, al: Toevoeging, rij: Wachtrij) -> None:
        """One that was set apart may still be added: its command can be tried again."""
        if al.stand in {Toevoegstand.TOEGEVOEGD, Toevoegstand.BESMET}:
            return
        match rij.stand:
            case Wachtstand.GESLAAGD:
                resultaat = rij.uitkomst.resultaat if rij.uitkomst is not None else {}
                document = str(resultaat.get("document") or "")
                stand = Toevoegstand.TOEGEVOEGD
                self._rijen.change(al.id, stand=stand, document=document, reden="", is_apart=False)
            case Wachtstand.GEWEIGERD:
                code = rij.uitkomst.fout.get("code") if rij.uitkomst is not None else ""
                stand = Toevoegstand.BESMET if code == "bestand-besmet" else Toevoegstand.MISLUKT
                reden = BESMET if stand is Toevoegstand.BESMET else rij.reden
                self._rijen.change(al.id, stand=stand, reden=reden, is_apart=False)
            case _:
                is_apart = rij.stand is Wachtstand.APART
                reden = rij.reden if is_apart else ""
                self._rijen.change(al.id, stand=Toevoegstand.KOPPELT, reden=reden, is_apart=is_apart)

    def _on_withdrawn(self, opdracht: Opdracht) -> None:
        """Taken back before it went: it stands ready again, to be confirmed or let go of."""
        for al in [row.toevoeging for row in self._rijen.all]:
            if al.opdracht == opdracht.id and al.stand is Toevoegstand.KOPPELT:
                self._rijen.change(al.id, stand=Toevoegstand.GEREED, bevestigd=False)
