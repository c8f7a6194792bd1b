"""Changing and registering: the open forms, the commands that left them, and what the register said.

Qt-free. A command is forgotten only when it was confirmed or when the employee decided about its refusal. One that was
set apart may have been carried out: it is sent again as it is, never replaced by another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from kcs_desktop.sdk import (
    InvalidInput,
    Klantbeeld,
    KlantRegistreren,
    KlantSleutel,
    Klantverwijzing,
    KlantWijzigen,
    Seat,
    Signal,
    SoortKlant,
    Wachtrij,
    Wachtstand,
)
from plugins.klant import conflict
from plugins.klant.registreren import Registratieformulier, known_of
from plugins.klant.sleutels import is_same
from plugins.klant.wijzigen import Wijzigformulier, open_form

_MISLUKT = (Wachtstand.GEWEIGERD, Wachtstand.APART)
_KLAAR = (Wachtstand.GESLAAGD, *_MISLUKT)


class Weigering(msgspec.Struct, frozen=True):
    """A change that was refused for another reason than a conflict; `formulier` brings back what was typed.

    `is_apart`: it was set apart instead, and nobody knows whether it was carried out.
    """

    opdracht: str
    reden: str
    formulier: Wijzigformulier | None = None
    is_apart: bool = False


class Bewerken:
    """Forms and their commands for the shown customer. `on_change` is called after everything that must be seen."""

    def __init__(self, seat: Seat, on_change: Callable[[], None]) -> None:
        self._seat = seat
        self._on_change = on_change
        self.formulier: Wijzigformulier | None = None
        self.registratie: Registratieformulier | None = None
        self.registratie_opdracht = ""
        self.registratie_reden = ""
        self.conflict: conflict.Conflict | None = None
        self.weigering: Weigering | None = None
        self.geregistreerd: Signal[Klantverwijzing] = Signal()
        self._klant: Klantverwijzing | None = None
        self._beeld: Klantbeeld | None = None
        self._verstuurd: dict[str, Wijzigformulier | None] = {}
        self._registraties: dict[str, Registratieformulier] = {}
        self._afgehandeld: set[str] = set()

    def of_klant(self, klant: Klantverwijzing | None) -> None:
        """Another customer is shown: its own refused commands come up, the form of the previous one goes."""
        self._klant, self._beeld, self.formulier = klant, None, None
        self.conflict, self.weigering = None, None

    def restore(
        self, formulier: Wijzigformulier | None, registratie: Registratieformulier | None, opdracht: str = ""
    ) -> None:
        """Stand as then; `opdracht` is the command with which `registratie` left, "" when it did not."""
        self.formulier, self.registratie = formulier, registratie
        self.registratie_opdracht = opdracht if registratie is not None else ""
        self.registratie_reden = ""
        self._on_change()

    def take_up(self) -> None:
        """Hear what became of a registration that left before; one that was taken back can be sent again."""
        opdracht, registratie = self.registratie_opdracht, self.registratie
        if not opdracht or registratie is None:
            return
        self._registraties[opdracht] = registratie
        rij = next((rij for rij in self._seat.outbox.waiting() if rij.opdracht.id == opdracht), None)
        if rij is None:
            self._registraties.pop(opdracht)
            self.registratie_opdracht = ""
            self._on_change()
        elif rij.stand in _KLAAR:
            self.on_outbox_changed(rij)
        elif self.registratie_reden:  # it was set apart, and goes again
            self.registratie_reden = ""
            self._on_change()

    # --- changing -------------------------------------------------------------------------------------------------

    def begin_wijziging(self, beeld: Klantbeeld) -> bool:
        """True when a form was opened; an open one is left alone."""
        if self.formulier is not None:
            return False
        self.formulier = open_form(beeld)
        self._on_change()
        return True

    def restore_wijziging(self, formulier: Wijzigformulier) -> None:
        """Open a form again that was closed without saving, for the same customer only."""
        if self._is_shown(formulier.klant) and self.formulier is None:
            self.formulier = formulier
            if self._beeld is not None:
                formulier.live(self._beeld)
            self._on_change()

    def end_wijziging(self) -> None:
        self.formulier = None
        self._on_change()

    def save(self) -> bool:
        """Queue what was changed and close the form. Raises the first InvalidInput; False when nothing changed."""
        formulier = self.formulier
        if formulier is None:
            return False
        wijziging = formulier.wijziging()
        self.formulier = None
        if wijziging is not None:
            self._send(wijziging, formulier)
        self._on_change()
        return wijziging is not None

    def _send(self, wijziging: KlantWijzigen, formulier: Wijzigformulier | None) -> None:
        opdracht = self._seat.klanten.change(wijziging)
        self._verstuurd[opdracht.id] = formulier

    def live(self, beeld: Klantbeeld) -> None:
        """A fresh picture: mark in the open form what a colleague changed, and look for refused commands."""
        first = self._beeld is None
        self._beeld = beeld
        changed = self.formulier is not None and self.formulier.live(beeld)
        if first:
            for rij in self._seat.outbox.waiting():
                if rij.stand in _MISLUKT:
                    self.on_outbox_changed(rij)
        if changed:
            self._on_change()

    # --- what the register said -----------------------------------------------------------------------------------

    def on_outbox_changed(self, rij: Wachtrij) -> None:
        gegevens = rij.opdracht.gegevens
        if rij.opdracht.id == self.registratie_opdracht and rij.stand is Wachtstand.WACHT:
            self.take_up()  # it may have been taken back
        if self.weigering is not None and self.weigering.opdracht == rij.opdracht.id:
            self._verstuurd.setdefault(rij.opdracht.id, self.weigering.formulier)
            self.weigering = None  # it was set apart, and goes again or was let go of
            self._on_change()
        if rij.stand not in _KLAAR or rij.opdracht.id in self._afgehandeld:
            return
        if isinstance(gegevens, KlantRegistreren):
            self._on_registratie(rij)
        elif isinstance(gegevens, KlantWijzigen) and self._is_shown(gegevens.klant):
            formulier = self._verstuurd.pop(rij.opdracht.id, None)
            if rij.stand in _MISLUKT:
                self._on_refused(rij, gegevens, formulier)
            self._on_change()

    def _is_shown(self, klant: Klantverwijzing) -> bool:
        return self._klant is not None and is_same(self._klant.sleutel, klant.sleutel)

    def _on_refused(self, rij: Wachtrij, wijziging: KlantWijzigen, formulier: Wijzigformulier | None) -> None:
        fout = _fout(rij)
        if fout.get("code") == "conflict" and self._beeld is not None:
            huidig = fout.get("huidig")
            found = conflict.compare(
                rij.opdracht.id, wijziging, self._beeld, huidig if isinstance(huidig, dict) else {}
            )
            if found.getoond:
                self.conflict = found
                return
            opnieuw = found.opnieuw()
            if opnieuw is None:  # it stands as wanted already
                self._settled(rij.opdracht.id)
                return
        is_apart = rij.stand is Wachtstand.APART
        self.weigering = Weigering(rij.opdracht.id, _reden(rij), formulier, is_apart)

    def choose(self, sleutel: str, mijn: bool) -> None:
        """Mark per field of the conflict which version it will be."""
        if self.conflict is not None:
            for veld in self.conflict.velden:
                if veld.sleutel == sleutel:
                    veld.mijn_versie = mijn
            self._on_change()

    def settle(self) -> bool:
        """Carry out what was chosen. True when a new command was queued."""
        if self.conflict is None:
            return False
        opdracht, opnieuw = self.conflict.opdracht, self.conflict.opnieuw()
        self.conflict = None
        if opnieuw is not None:
            self._send(opnieuw, None)
        self._settled(opdracht)
        self._on_change()
        return opnieuw is not None

    def _settled(self, opdracht: str) -> None:
        """The employee decided about a refused command, so it need not be kept; never before what replaces it is."""
        self._afgehandeld.add(opdracht)
        self._seat.outbox.remove(opdracht)

    def postpone(self) -> None:
        """Decide later: the refusal stays in the outbox, and comes up when this customer is opened again."""
        self.conflict = None
        self._on_change()

    def dismiss(self) -> None:
        """The employee read it. Of what was set apart that decides nothing: it stays in the outbox."""
        weigering, self.weigering = self.weigering, None
        if weigering is not None:
            if weigering.is_apart:
                self._verstuurd[weigering.opdracht] = weigering.formulier
            else:
                self._settled(weigering.opdracht)
            self._on_change()

    def reopen(self) -> None:
        """Back in the form with what was typed before the refusal; what was set apart is sent again."""
        weigering = self.weigering
        if weigering is not None and weigering.is_apart:
            self._seat.outbox.retry(weigering.opdracht)
            return
        if weigering is None or self._beeld is None:
            return
        self.weigering = None
        self.formulier = weigering.formulier or open_form(self._beeld)
        self.formulier.live(self._beeld)
        self._settled(weigering.opdracht)
        self._on_change()

    # --- registering ----------------------------------------------------------------------------------------------

    def begin_registratie(self, soort: SoortKlant, werkt_voor: Klantverwijzing | None) -> None:
        """Open the form. What was typed for the same kind is still there, with what became of it: under way as long as
        its command waits, so that it is not sent a second time, or refused."""
        if self.registratie is None or (self.registratie.soort, self.registratie.werkt_voor) != (soort, werkt_voor):
            known = known_of(self._seat.contacten.active)
            self.registratie = Registratieformulier(soort, dict(known), werkt_voor, known)
            self.registratie_reden = self.registratie_opdracht = ""
        self._on_change()

    @property
    def is_registratie_apart(self) -> bool:
        """Whether nobody knows if the shown registration was carried out; `registratie_reden` says why."""
        return bool(self.registratie_opdracht and self.registratie_reden)

    def end_registratie(self) -> None:
        self.registratie, self.registratie_opdracht, self.registratie_reden = None, "", ""
        self._on_change()

    def register(self) -> None:
        """Queue the registration. Raises the first InvalidInput. A second call while it waits does nothing, and sends
        the same again where it was set apart."""
        formulier = self.registratie
        if self.is_registratie_apart:
            self._seat.outbox.retry(self.registratie_opdracht)
        if formulier is None or self.registratie_opdracht:
            return
        opdracht = self._seat.klanten.register(formulier.registratie())
        self._registraties[opdracht.id] = formulier
        self.registratie_opdracht, self.registratie_reden = opdracht.id, ""
        self._on_change()

    def _on_registratie(self, rij: Wachtrij) -> None:
        formulier = self._registraties.pop(rij.opdracht.id, None)
        if formulier is None:
            return
        is_shown = self.registratie_opdracht == rij.opdracht.id
        partij = str(rij.uitkomst.resultaat.get("partij", "")) if rij.uitkomst is not None else ""
        if rij.stand is Wachtstand.GESLAAGD and partij:
            if is_shown:
                self.registratie, self.registratie_opdracht = None, ""
            self.geregistreerd.emit(
                Klantverwijzing(KlantSleutel(formulier.soort, partij=partij), formulier.shown_name())
            )
        elif rij.stand is Wachtstand.APART:
            self._registraties[rij.opdracht.id] = formulier
            if is_shown:
                self.registratie_reden = _reden(rij)
        elif is_shown:
            self.registratie_opdracht, self.registratie_reden = "", _reden(rij)
            # The form holds it all again, under a new command: the old one must never be sent beside that.
            self._settled(rij.opdracht.id)
        self._on_change()


def _fout(rij: Wachtrij) -> dict[str, Any]:
    return rij.uitkomst.fout if rij.uitkomst is not None else {}


def _reden(rij: Wachtrij) -> str:
    fout = _fout(rij)
    regels = [str(param.get("reason", "")) for param in fout.get("invalidParams", []) if isinstance(param, dict)]
    return " ".join(regel for regel in regels if regel) or str(fout.get("detail") or fout.get("title") or rij.reden)


def first_problem(problems: list[InvalidInput], field: str) -> str:
    """The message at this field, "" when it is right."""
    return next((problem.message for problem in problems if problem.field == field), "")
