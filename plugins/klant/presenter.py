"""What the Klant tab knows and does: which customer is shown, how far it is loaded, what may be done with it.

Qt-free and async; the view calls it and listens to `changed`. It owns the watch on the shown customer, and holds no
copy of what the seat's services own: the picture is theirs, the forms are here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import StrEnum

from kcs_desktop.sdk import (
    Bronstand,
    DigitaalAdres,
    KcsError,
    Klantbeeld,
    Klantverwijzing,
    Recht,
    Seat,
    Sessie,
    Signal,
    SoortDigitaalAdres,
    SoortKlant,
    Verbinding,
    Watch,
)
from plugins.klant.bewerken import Bewerken
from plugins.klant.koppeling import Koppeling
from plugins.klant.registreren import Registratieformulier
from plugins.klant.sleutels import is_same, reference
from plugins.klant.toestand import Pagina, Toestand
from ui.sdk import NO_CONNECTION, Gezelschap

# Seconds that a picture from memory or the store stands before the registers are asked: it is painted first, and who
# leafs through contacts asks nothing for those that are passed by.
RUST = 0.1


class Deel(StrEnum):
    """A part of the tab that must be shown anew."""

    PAGINA = "pagina"
    KOP = "kop"
    CONTACTEN = "contacten"
    NOTITIES = "notities"
    ZAKEN = "zaken"
    RELATIES = "relaties"
    ACTIES = "acties"
    BEWERKEN = "bewerken"
    GEZELSCHAP = "gezelschap"


class KlantPresenter:
    """One per tab. `close` must be called when the tab goes."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.changed: Signal[Deel] = Signal()
        self.pagina = Pagina.START
        self.klant: Klantverwijzing | None = None
        self.beeld: Klantbeeld | None = None
        self.fout: KcsError | None = None
        self.meer_fout: KcsError | None = None
        self.meer_laadt = False
        self.bewerken = Bewerken(seat, lambda: self.changed.emit(Deel.BEWERKEN))
        self.koppeling = Koppeling(seat, self)
        self.gezelschap = Gezelschap(seat, lambda: self.changed.emit(Deel.GEZELSCHAP))
        self._watch: Watch | None = None
        self._disconnect: list[Callable[[], None]] = [
            seat.klanten.changed.connect(self._on_beeld_changed),
            seat.contacten.changed.connect(lambda _contact: self._on_contact()),
            seat.contacten.activated.connect(lambda _contact: self._on_contact()),
            seat.outbox.changed.connect(self.bewerken.on_outbox_changed),
            seat.sessie_changed.connect(self._on_sessie),
            seat.vastgezet.changed.connect(lambda _sleutel: self.changed.emit(Deel.KOP)),
        ]
        self._medewerker = _account(seat.sessie)

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self._disconnect.clear()
        self.gezelschap.close()
        self._release()

    # --- which customer -------------------------------------------------------------------------------------------

    def show(self, klant: Klantverwijzing) -> bool:
        """Make this the shown customer. False when it was already: then nothing has to be loaded."""
        if self.pagina is Pagina.BEELD and self.is_shown(klant):
            return False
        self._release()
        self.pagina, self.klant = Pagina.BEELD, klant
        self.beeld, self.fout, self.meer_fout = None, None, None
        self._watch = self.seat.klanten.watch(klant)
        self.bewerken.of_klant(klant)
        self._emit_all()
        if (known := self.seat.klanten.known(klant)) is not None:
            self._take(known)  # drawn once, with what it holds, not first as a name alone
        else:
            self.gezelschap.at(klant)
        return True

    def is_shown(self, klant: Klantverwijzing) -> bool:
        """Whether this customer is the one of this tab, if it shows one."""
        return self.klant is not None and is_same(self.klant.sleutel, klant.sleutel)

    def show_start(self) -> None:
        self._release()
        self.pagina, self.klant, self.beeld, self.fout = Pagina.START, None, None, None
        self.gezelschap.at(None)
        self.bewerken.of_klant(None)
        self._emit_all()

    def show_registreren(self, soort: SoortKlant) -> None:
        """Open the form for an unknown customer; a contact person is registered for the shown company."""
        werkt_voor = None
        if soort is SoortKlant.CONTACTPERSOON and self.is_bedrijf and self.beeld is not None:
            werkt_voor = reference(self.beeld)
        self.bewerken.begin_registratie(soort, werkt_voor)
        self.pagina = Pagina.REGISTREREN
        self.changed.emit(Deel.PAGINA)

    def reopen_registreren(self, formulier: Registratieformulier) -> None:
        """Back in a form that was closed without registering."""
        self.bewerken.restore(self.bewerken.formulier, formulier)
        self.pagina = Pagina.REGISTREREN
        self.changed.emit(Deel.PAGINA)

    def leave_registreren(self) -> None:
        """Back to what was shown before the form."""
        self.bewerken.end_registratie()
        self.pagina = Pagina.BEELD if self.klant is not None else Pagina.START
        self.changed.emit(Deel.PAGINA)

    def _release(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    # --- loading --------------------------------------------------------------------------------------------------

    async def load(self) -> None:
        """Every part of the shown customer, as it arrives. An error is kept in `fout`, not raised."""
        klant = self.klant
        if klant is None:
            return
        self.fout = None
        delen, is_first = self.seat.klanten.open(klant), True
        try:
            async for beeld in delen:
                if self.klant is not klant:
                    return
                self._take(beeld)
                if is_first and beeld.bronnen:
                    await asyncio.sleep(RUST)
                is_first = False
        except KcsError as error:
            if self.klant is klant:
                self.fout = error
                self._emit_all()
        finally:
            # What is left half-way must end here, not when memory is tidied up: it may be waiting for an answer.
            if (sluit := getattr(delen, "aclose", None)) is not None:
                await sluit()

    async def more(self) -> None:
        """The next page of contacts; a failure stands with the button, and what is there stays."""
        klant = self.klant
        if klant is None or not self.has_more or self.meer_laadt:
            return
        self.meer_laadt, self.meer_fout = True, None
        self.changed.emit(Deel.CONTACTEN)
        try:
            beeld = await self.seat.klanten.more_contacten(klant)
            if self.klant is klant:
                self._take(beeld)
        except KcsError as error:
            if self.klant is klant:
                self.meer_fout = error
        finally:
            self.meer_laadt = False
            self.changed.emit(Deel.CONTACTEN)

    @property
    def asked_early(self) -> bool:
        """Whether a source of the shown customer still waits for a backend that was not there."""
        return self.beeld is not None and any(bron.stand is Bronstand.WACHT for bron in self.beeld.bronnen)

    @property
    def has_more(self) -> bool:
        return self.beeld is not None and len(self.beeld.contacten) < self.beeld.contacten_totaal

    def _take(self, beeld: Klantbeeld) -> None:
        before, self.beeld = self.beeld, beeld
        if before == beeld:
            return
        self.klant = reference(beeld) if self.klant is None else self.klant
        bronnen = before is None or before.bronnen != beeld.bronnen
        self.changed.emit(Deel.KOP)
        if bronnen or before is None or before.contacten != beeld.contacten:
            self.changed.emit(Deel.CONTACTEN)
        if bronnen or before is None or before.terugbelnotities != beeld.terugbelnotities:
            self.changed.emit(Deel.NOTITIES)
        if bronnen or before is None or before.zaken != beeld.zaken:
            self.changed.emit(Deel.ZAKEN)
        if bronnen or before is None or before.relaties != beeld.relaties:
            self.changed.emit(Deel.RELATIES)
        self.changed.emit(Deel.ACTIES)
        self.gezelschap.at(reference(beeld))
        self.bewerken.live(beeld)
        self.koppeling.note_sources()

    def _on_beeld_changed(self, beeld: Klantbeeld) -> None:
        if self.klant is not None and is_same(self.klant.sleutel, beeld.sleutel):
            self._take(beeld)

    def _on_sessie(self, sessie: Sessie | None) -> None:
        """Another employee at this seat sees nothing of what the previous one had open."""
        medewerker = _account(sessie)
        if medewerker and medewerker != self._medewerker:
            self._medewerker = medewerker
            self.bewerken.restore(None, None)
            self.show_start()
        else:
            self.changed.emit(Deel.ACTIES)

    def _on_contact(self) -> None:
        self.koppeling.note_sources()
        self.changed.emit(Deel.ACTIES)
        self.changed.emit(Deel.RELATIES)

    def _emit_all(self) -> None:
        for deel in Deel:
            self.changed.emit(deel)

    # --- what may be done -----------------------------------------------------------------------------------------

    @property
    def reference(self) -> Klantverwijzing | None:
        """The shown customer with the fullest keys that are known."""
        return reference(self.beeld) if self.beeld is not None else self.klant

    @property
    def may_change(self) -> bool:
        """Whether this sign-in may change the CRM; the backend decides, this keeps the button honest."""
        sessie = self.seat.sessie
        return sessie is not None and sessie.mag("crm", Recht.WIJZIGEN)

    @property
    def may_see_zaken(self) -> bool:
        sessie = self.seat.sessie
        return sessie is not None and sessie.mag("zaken")

    @property
    def without_connection(self) -> str:
        """Why the registers cannot be asked now; "" when they can."""
        return "" if self.seat.verbinding is Verbinding.VERBONDEN else NO_CONNECTION

    @property
    def is_bedrijf(self) -> bool:
        return self.klant is not None and self.klant.sleutel.soort is SoortKlant.ORGANISATIE

    def phone(self) -> str:
        """The number to copy: the preferred one, else the first; "" when there is none. Never another number."""
        return _first(self.beeld, SoortDigitaalAdres.TELEFOONNUMMER)

    def pin(self) -> str:
        """Pin the shown customer, or let go of it; what was done, in words."""
        klant = self.reference
        if klant is None:
            return ""
        vastgezet = not self.seat.vastgezet.holds(klant)
        self.seat.vastgezet.pin(klant, vastgezet=vastgezet)
        if vastgezet:
            return "Vastgezet. U kunt deze klant ook zonder verbinding lezen."
        return "Losgemaakt. Deze klant wordt niet langer bewaard dan andere klanten."

    @property
    def is_pinned(self) -> bool:
        klant = self.reference
        return klant is not None and self.seat.vastgezet.holds(klant)

    def begin_wijzigen(self) -> bool:
        """Open the form over the shown customer; an open one stays as it is."""
        return self.beeld is not None and self.may_change and self.bewerken.begin_wijziging(self.beeld)

    # --- standing again -------------------------------------------------------------------------------------------

    def toestand(self) -> Toestand:
        """What of the presenter must come back; the view adds selection and scroll."""
        return Toestand(
            pagina=self.pagina,
            klant=self.klant,
            formulier=self.bewerken.formulier,
            registratie=self.bewerken.registratie,
            opdracht=self.bewerken.registratie_opdracht,
        )

    def restore(self, toestand: Toestand) -> bool:
        """Stand as then. True when the customer has to be loaded."""
        laden = False
        if toestand.klant is None:
            self.show_start()
        else:
            laden = self.show(toestand.klant)
        self.bewerken.restore(toestand.formulier, toestand.registratie, toestand.opdracht)
        if toestand.pagina is Pagina.REGISTREREN and toestand.registratie is not None:
            self.pagina = Pagina.REGISTREREN
        if self.beeld is not None:
            self.bewerken.live(self.beeld)
        self.changed.emit(Deel.PAGINA)
        self.bewerken.take_up()
        return laden


def _account(sessie: Sessie | None) -> str:
    return sessie.medewerker.gebruikersnaam if sessie is not None else ""


def _first(beeld: Klantbeeld | None, soort: SoortDigitaalAdres) -> str:
    adressen: list[DigitaalAdres] = [a for a in beeld.digitale_adressen if a.soort is soort] if beeld else []
    return min(adressen, key=lambda a: not a.standaard).adres if adressen else ""
