"""What the contact panel does, without Qt: reads the active contact, writes every keystroke back to it.

Typing a note without a contact starts one, for the customer on screen if there is one: nobody has to remember to
press a button before helping.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any

import msgspec

from kcs_desktop.sdk import (
    MAX_GEVRAAGDE_HANDELING,
    MAX_ONDERWERP,
    Conceptstand,
    Contact,
    InvalidInput,
    Kanaal,
    KlantSleutel,
    Klantverwijzing,
    Lijstvraag,
    Product,
    Resultaat,
    Seat,
    Signal,
    SoortDigitaalAdres,
    Terugbelverzoek,
    Vraag,
    Zaakconcept,
    asked_only,
    display_full_day,
    display_time,
    local,
    one_line,
    promised_by,
    questions_for,
    shorten,
    toelichting_from,
    with_answer,
)
from ui.contactpaneel.brongroepen import Brongroep, grouped
from ui.contactpaneel.stand import NAAM, Stand, from_text, to_text
from ui.gezelschap import Gezelschap


class Paneelstand(StrEnum):
    """NOTEREN while helping; AFRONDEN when the panel is unfolded and Enter registers."""

    NOTEREN = "noteren"
    AFRONDEN = "afronden"


class ContactpaneelPresenter:
    """One per window. `shown_klant` tells which customer the window shows, None when none."""

    def __init__(self, seat: Seat, shown_klant: Callable[[], Klantverwijzing | None]) -> None:
        self._seat = seat
        self._shown_klant = shown_klant
        self.changed: Signal[None] = Signal()
        self.finished: Signal[Contact] = Signal()
        self._disconnect = [
            seat.contacten.changed.connect(self._on_contact_changed),
            seat.contacten.activated.connect(lambda _contact: self._on_activated()),
            seat.klanten.changed.connect(lambda _beeld: self._fill_in_nummers()),
            seat.zaakaanmaken.changed.connect(lambda _concept: self._on_concept()),
        ]
        self.gezelschap = Gezelschap(seat, lambda: self.changed.emit(None))
        self._join()
        self._told: Sequence[str] = ()  # the zaken that needed the employee when that was last told

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self.gezelschap.close()

    @property
    def contact(self) -> Contact | None:
        return self._seat.contacten.active

    @property
    def stand(self) -> Paneelstand:
        return Paneelstand.AFRONDEN if self.kept().afronden else Paneelstand.NOTEREN

    @property
    def producten(self) -> Sequence[Product]:
        return self._seat.catalogus.producten

    @property
    def afdelingen(self) -> Sequence[str]:
        return self._seat.catalogus.afdelingen

    @property
    def medewerkers(self) -> dict[str, str]:
        return self._seat.catalogus.medewerkers

    @property
    def groepen(self) -> Sequence[str]:
        return tuple(self._seat.catalogus.groepen)

    def questions(self, verzoek: Terugbelverzoek) -> tuple[Lijstvraag, ...]:
        """What its department wants to be asked before this note is left."""
        return questions_for(verzoek, self._seat.catalogus)

    def promise(self, verzoek: Terugbelverzoek) -> str:
        """What the customer may be told; "" where that is not known."""
        nu = self._seat.now()
        uiterlijk = promised_by(verzoek, self._seat.catalogus, nu)
        if uiterlijk is None:
            return ""
        dag = display_full_day(local(uiterlijk).date(), local(nu).date())
        return f"Beloof: wij bellen u uiterlijk {dag} voor {display_time(uiterlijk)}."

    @property
    def bronnen(self) -> tuple[Brongroep, ...]:
        """What was consulted for the active vraag."""
        contact = self.contact
        return grouped(contact.vraag.bronnen) if contact is not None else ()

    def product(self, naam: str) -> Product | None:
        """The catalogue's product of that name, whatever the capitals."""
        gezocht = naam.strip().casefold()
        return next((product for product in self.producten if product.naam.casefold() == gezocht), None)

    @property
    def kanaal(self) -> Kanaal:
        """Of the active contact, else of the one that typing would start."""
        contact = self.contact
        return contact.kanaal if contact is not None else self._seat.contacten.kanaal

    def ensure_contact(self) -> Contact:
        """The active contact, or a new one for the customer on screen."""
        contact = self.contact
        if contact is not None:
            return contact
        return self._seat.contacten.start(klant=self._shown_klant())

    def type(self, veld: str, tekst: str) -> None:
        """One field of the active vraag was typed in: onderwerp, notitie, product or afdeling."""
        if self.contact is None and not tekst.strip():
            self.changed.emit(None)  # a space or an Enter says nothing yet, and stays nowhere
            return
        contact = self.ensure_contact()
        if getattr(contact.vraag, veld) == tekst:
            return
        velden: dict[str, Any] = {veld: tekst}
        verzoek = contact.vraag.terugbelverzoek
        if veld == "notitie" and verzoek is not None and is_from_note(verzoek, contact.vraag.notitie):
            toelichting = toelichting_from(tekst, verzoek)
            velden["terugbelverzoek"] = msgspec.structs.replace(verzoek, toelichting=toelichting)
        self._seat.contacten.change_vraag(contact.id, contact.vraag.id, **velden)

    def choose_product(self, naam: str) -> None:
        """A product fills what the employee has not typed: the afdeling and, when empty, the onderwerp."""
        product = self.product(naam)
        if product is None:
            self.type("product", naam)
            return
        contact = self.ensure_contact()
        vraag = contact.vraag
        velden: dict[str, Any] = {"product": product.naam}
        herkomst: dict[str, str] = {}
        for veld, waarde in (("afdeling", product.afdeling), ("onderwerp", product.naam)):
            if not getattr(vraag, veld) or vraag.herkomst.get(veld) in {"product", "notitie", "zaaktype"}:
                velden[veld] = waarde
                herkomst[veld] = "product"
        self._seat.contacten.change_vraag(contact.id, vraag.id, herkomst=herkomst, **velden)

    def choose_resultaat(self, resultaat: Resultaat) -> None:
        """A contactverzoek needs what a colleague must do; the rest is filled in from the customer and the product.

        With another result what was typed for it stays, for who chooses it again; it is not registered.
        """
        contact = self.ensure_contact()
        vraag = contact.vraag
        is_verzoek = resultaat is Resultaat.CONTACTVERZOEK
        verzoek = self._prefilled_verzoek(contact, vraag) if is_verzoek else vraag.terugbelverzoek
        self._seat.contacten.change_vraag(contact.id, vraag.id, resultaat=resultaat, terugbelverzoek=verzoek)

    def change_verzoek(self, veld: str, waarde: str | bool) -> None:
        """One field of the callback note was typed in or ticked."""
        contact = self.contact
        if contact is None or contact.vraag.terugbelverzoek is None:
            return
        verzoek = contact.vraag.terugbelverzoek
        if getattr(verzoek, veld) == waarde:
            return
        if veld == "telefoonnummer":
            self._keep_without_nummer(contact, is_empty=not waarde)
        nieuw = asked_only(msgspec.structs.replace(verzoek, **{veld: waarde}), self._seat.catalogus)
        self._seat.contacten.change_vraag(contact.id, contact.vraag.id, terugbelverzoek=nieuw)

    def change_antwoord(self, vraag: str, antwoord: str) -> None:
        """One question of the list was answered; answers of a department chosen before go."""
        contact = self.contact
        if contact is None or contact.vraag.terugbelverzoek is None:
            return
        verzoek = asked_only(with_answer(contact.vraag.terugbelverzoek, vraag, antwoord), self._seat.catalogus)
        self._seat.contacten.change_vraag(contact.id, contact.vraag.id, terugbelverzoek=verzoek)

    def choose_kanaal(self, kanaal: Kanaal) -> None:
        contact = self.ensure_contact()
        self._seat.contacten.change(contact.id, kanaal=kanaal)

    def toggle_bron(self, index: int, *, meegenomen: bool) -> None:
        """Leave the sources of one line out of the registration, or take them in again."""
        contact = self.contact
        if contact is None:
            return
        bronnen = list(contact.vraag.bronnen)
        for place in self.bronnen[index].plaatsen:
            bronnen[place] = msgspec.structs.replace(bronnen[place], meegenomen=meegenomen)
        self._seat.contacten.change_vraag(contact.id, contact.vraag.id, bronnen=tuple(bronnen))

    @property
    def may_make_zaak(self) -> bool:
        return self._seat.zaakaanmaken.may_start

    @property
    def zaken_under_way(self) -> Sequence[str]:
        """The names of the zaken that were begun for this contact and not sent."""
        begonnen = (Conceptstand.OPEN, Conceptstand.GEWEIGERD)
        return [one_line(al.naam, 60) for al in self._own_concepten if al.stand in begonnen]

    @property
    def zaken_apart(self) -> Sequence[str]:
        """The names of those that were sent, and of which nobody knows whether they were made."""
        return [one_line(al.naam, 60) for al in self._own_concepten if al.is_apart]

    @property
    def _own_concepten(self) -> Sequence[Zaakconcept]:
        contact = self.contact
        return [al for al in self._seat.zaakaanmaken.concepten if contact is not None and al.contact == contact.id]

    def take_off_zaak(self) -> None:
        """The active vraag is about no zaak after all."""
        contact = self.contact
        if contact is not None:
            self._seat.contacten.change_vraag(contact.id, contact.vraag.id, zaak=None)

    def add_vraag(self) -> None:
        contact = self.ensure_contact()
        self._seat.contacten.add_vraag(contact.id)

    def remove_vraag(self) -> Callable[[], None] | None:
        """Remove the active vraag; returns what brings it back, None when it is the only one."""
        contact = self.contact
        if contact is None or len(contact.vragen) < 2:
            return None
        self._seat.contacten.remove_vraag(contact.id, contact.vraag.id)
        return partial(self._put_back, contact.id, contact.actieve_vraag, contact.vraag)

    def _put_back(self, contact_id: str, place: int, vraag: Vraag) -> None:
        contact = next((open_ for open_ in self._seat.contacten.open if open_.id == contact_id), None)
        if contact is None:
            return
        vragen = list(contact.vragen)
        vragen.insert(place, vraag)
        self._seat.contacten.activate(contact_id)
        self._seat.contacten.change(contact_id, vragen=tuple(vragen), actieve_vraag=vragen.index(vraag))

    def begin_finish(self) -> None:
        """Unfold: fill in what is known. Enter then registers."""
        contact = self.contact
        if contact is None:
            return
        for vraag in contact.vragen:
            self._prefill_onderwerp(contact, vraag)
        self._keep(afronden=True)
        self.changed.emit(None)

    def begin_callback(self) -> None:
        """The button Terugbellen: the same, with the result contactverzoek."""
        self.choose_resultaat(Resultaat.CONTACTVERZOEK)
        self.begin_finish()

    def fold(self) -> bool:
        """One step back; False when there was nothing to fold."""
        if not self.kept().afronden:
            return False
        self._keep(afronden=False)
        self.changed.emit(None)
        return True

    def problems(self) -> Sequence[InvalidInput]:
        """What keeps the contact from being registered, in the panel's order."""
        contact = self.contact
        return () if contact is None else self._seat.contacten.problems(contact.id)

    def register(self) -> bool:
        """Queue the registration. False when something is missing: the first missing field then has the focus."""
        contact = self.contact
        if contact is None:
            return False
        problems = self._seat.contacten.problems(contact.id)
        if problems:
            self._show_vraag_of(contact, problems[0])
            self.changed.emit(None)
            return False
        self._seat.contacten.finish(contact.id)
        self.finished.emit(contact)
        return True

    def cancel(self) -> Contact | None:
        """Cancel the active contact; `undo_cancel` brings it back."""
        contact = self.contact
        if contact is not None:
            self._keep(afronden=False)
            self._seat.contacten.cancel(contact.id)
        return contact

    def undo_cancel(self) -> None:
        self._seat.contacten.undo_cancel()

    def kept(self) -> Stand:
        """How the panel stood for the active contact."""
        contact = self.contact
        return from_text(contact.scherm.get(NAAM, "")) if contact else Stand()

    def keep_cursor(self, anker: int, plaats: int) -> None:
        """Where the selection in the note begins and where the cursor stands, for when this vraag is shown again."""
        contact = self.contact
        if contact is not None:
            bekend = {vraag.id for vraag in contact.vragen}
            oud = {naam: plek for naam, plek in self.kept().cursor.items() if naam in bekend}
            self._keep(cursor={**oud, contact.vraag.id: (anker, plaats)})

    def keep_scroll(self, plaats: int) -> None:
        self._keep(scroll=plaats)

    def _keep(self, **velden: Any) -> None:
        contact = self.contact
        if contact is not None:
            nieuw = msgspec.structs.replace(self.kept(), **velden)
            self._seat.contacten.remember_screen(contact.id, NAAM, to_text(nieuw))

    def _show_vraag_of(self, contact: Contact, problem: InvalidInput) -> None:
        delen = problem.field.split(".")
        if delen[0] == "vragen" and len(delen) > 1 and int(delen[1]) != contact.actieve_vraag:
            self._seat.contacten.activate_vraag(contact.id, int(delen[1]))

    def _prefill_onderwerp(self, contact: Contact, vraag: Vraag) -> None:
        if vraag.onderwerp.strip():
            return
        eerste_zin = next((zin.strip() for zin in vraag.notitie.replace(". ", ".\n").splitlines() if zin.strip()), "")
        voorstel, bron = (vraag.product, "product") if vraag.product else (eerste_zin.rstrip("."), "notitie")
        if voorstel:
            self._seat.contacten.change_vraag(
                contact.id, vraag.id, herkomst={"onderwerp": bron}, onderwerp=shorten(voorstel, MAX_ONDERWERP)
            )

    def _prefilled_verzoek(self, contact: Contact, vraag: Vraag) -> Terugbelverzoek:
        bestaand = vraag.terugbelverzoek or Terugbelverzoek()
        handeling = bestaand.gevraagde_handeling or vraag.onderwerp or vraag.product
        if not handeling and vraag.notitie:
            handeling = vraag.notitie.splitlines()[0]
        verzoek = msgspec.structs.replace(
            bestaand,
            afdeling=bestaand.afdeling or vraag.afdeling,
            telefoonnummer=bestaand.telefoonnummer or self._nummer_for(contact, vraag),
            gevraagde_handeling=shorten(handeling, MAX_GEVRAAGDE_HANDELING),
        )
        toelichting = bestaand.toelichting or toelichting_from(vraag.notitie, verzoek)
        return msgspec.structs.replace(verzoek, toelichting=toelichting)

    def _join(self) -> None:
        """A colleague in this contact's customer is told of here, whatever tab is in front."""
        self.gezelschap.at(self.contact.klant if self.contact is not None else None)

    def _on_activated(self) -> None:
        self._join()
        self._fill_in_nummers()
        self.changed.emit(None)

    def _on_contact_changed(self, contact: Contact) -> None:
        if self.contact is None or contact.id == self.contact.id:
            self._join()
            self._fill_in_nummers()
            self.changed.emit(None)

    def _fill_in_nummers(self) -> None:
        """In the callback notes without one: the customer, or the picture, may come after the note was begun."""
        contact = self.contact
        for vraag in contact.vragen if contact is not None else ():
            verzoek = vraag.terugbelverzoek
            if contact is None or verzoek is None or verzoek.telefoonnummer:
                continue
            if nummer := self._nummer_for(contact, vraag):
                nieuw = msgspec.structs.replace(verzoek, telefoonnummer=nummer)
                if is_from_note(verzoek, vraag.notitie):
                    toelichting = toelichting_from(vraag.notitie, nieuw)
                    nieuw = msgspec.structs.replace(nieuw, toelichting=toelichting)
                self._seat.contacten.change_vraag(contact.id, vraag.id, terugbelverzoek=nieuw)

    def _nummer_for(self, contact: Contact, vraag: Vraag) -> str:
        """The number that called, else the customer's; "" where none is known, or where it was taken out by hand."""
        if vraag.id in self.kept().zonder_nummer:
            return ""
        return contact.beller or (self._known_nummer(contact.klant) if contact.klant is not None else "")

    def _keep_without_nummer(self, contact: Contact, *, is_empty: bool) -> None:
        others = (al.id for al in contact.vragen if al.id != contact.vraag.id)
        kept = tuple(al for al in others if al in self.kept().zonder_nummer)
        self._keep(zonder_nummer=(*kept, contact.vraag.id) if is_empty else kept)

    def _on_concept(self) -> None:
        if (names := (*self.zaken_under_way, "", *self.zaken_apart)) != self._told:
            self._told = names
            self.changed.emit(None)

    def _known_nummer(self, klant: Klantverwijzing) -> str:
        """The preferred number of a customer whose picture was opened here; "" when there is none."""
        gezocht = _key(klant.sleutel)
        beeld = self._seat.klanten.known(klant)  # as it is on screen, also while it is still being read
        if beeld is None:
            beeld = next((b for b in self._seat.klanten.recent() if _key(b.sleutel) == gezocht), None)
        adressen = beeld.digitale_adressen if beeld else ()
        nummers = [adres for adres in adressen if adres.soort is SoortDigitaalAdres.TELEFOONNUMMER]
        beste = next((adres for adres in nummers if adres.standaard), nummers[0] if nummers else None)
        return beste.adres if beste else ""


def is_from_note(verzoek: Terugbelverzoek, notitie: str) -> bool:
    """Whether the explanation is still the note of the vraag, so that it follows what is typed there."""
    return verzoek.toelichting == toelichting_from(notitie, verzoek)


def _key(sleutel: KlantSleutel) -> str:
    """One key per customer that does not change when the register learns to know it."""
    return sleutel.bsn or sleutel.vestigingsnummer or sleutel.kvk_nummer or sleutel.partij
