"""What the page on which a zaak is made knows and does, without Qt: what there is to choose, the draft that is being
filled in, where the customer is sent instead, and what was just sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from kcs_desktop.sdk import (
    Adresantwoord,
    Adresvoorstel,
    Conceptstand,
    Contact,
    InvalidInput,
    Klantbeeld,
    Klantverwijzing,
    Locatie,
    Recht,
    Seat,
    Sessie,
    Signal,
    Verbinding,
    Zaakconcept,
    Zaakformulier,
    Zaakregel,
    Zaaktypekeuze,
    clean,
    is_same,
    local,
    renewed_subject,
    subject_of,
)
from plugins.zaken import aanmaken_elders as elders
from plugins.zaken import aanmaken_tekst as tekst
from plugins.zaken.aanmaken_keuzes import Keuze, all_of, found, of_product

MEEST = 60  # rows to choose from
_EIGEN = ("omschrijving", "toelichting")
_LEEG = Zaakformulier("")


class Toestand(msgspec.Struct, omit_defaults=True):
    """What `restore` needs."""

    zoekt: str = ""
    concept: str = ""
    elders: str = ""


class AanmaakPresenter:
    """One per page; `close` when the page goes. `changed`: draw anew."""

    def __init__(self, seat: Seat) -> None:
        self.changed: Signal[None] = Signal()
        self.made: Signal[Zaakconcept] = Signal()  # the register has it
        self.outdated: Signal[None] = Signal()  # the catalogue at this seat offers what the register does not know
        self.zoekt = ""
        self.elders: Keuze | None = None
        self.concept: Zaakconcept | None = None
        self._seat = seat
        self._aan = seat.zaakaanmaken
        self._voor: Klantverwijzing | None = None
        self._gekozen: dict[str, Locatie] = {}  # by draft: the address that was chosen
        self._mee = ""  # the draft that was put away to be gone on with under another zaaktype
        self._plaats: dict[str, tuple[str, str]] = {}  # by draft: where it is, as it was typed in the two fields
        self._disconnect = [
            self._aan.changed.connect(self._on_concept),
            self._aan.catalogus_changed.connect(lambda _lijst: self.changed.emit(None)),
            seat.klanten.changed.connect(self._on_klant),
            seat.verbinding_changed.connect(lambda _stand: self.changed.emit(None)),
            seat.sessie_changed.connect(self._on_sessie),
        ]

    def close(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    # --- what there is --------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self._seat.now()

    @property
    def vandaag(self) -> date:
        return local(self._seat.now()).date()

    @property
    def is_online(self) -> bool:
        return self._seat.verbinding is Verbinding.VERBONDEN

    @property
    def may_start(self) -> bool:
        return self._aan.may_start

    @property
    def melding(self) -> str:
        """Why nothing can be chosen, or why the list is not of now."""
        return self._aan.catalogus.melding

    @property
    def laadt(self) -> bool:
        return self._aan.catalogus.laadt

    @property
    def concepten(self) -> Sequence[Zaakconcept]:
        """Those begun that are not made yet, the latest first."""
        return tuple(reversed(self._aan.concepten))

    @property
    def keuzes(self) -> Sequence[Keuze]:
        """What there is to choose for what was typed; without that, first what the product of the vraag leads to."""
        if clean(self.zoekt):
            return tuple(found(self._seat, self.zoekt))[:MEEST]
        return tuple(all_of(self._aan, self._product()))

    @property
    def product_van_vraag(self) -> str:
        """What the vraag is about, while nothing was typed here."""
        return "" if clean(self.zoekt) else self._product()

    @property
    def zaaktype(self) -> Zaaktypekeuze | None:
        """Of the draft in sight; None for one that was withdrawn."""
        return self._aan.catalogus.find(self.concept.zaaktype) if self.concept is not None else None

    @property
    def formulier(self) -> Zaakformulier:
        """Of the draft in sight."""
        concept = self.concept
        if concept is None or self._aan.concept(concept.id) is None:
            return _LEEG
        return self._aan.form(concept.id)

    @property
    def plaatsvelden(self) -> Sequence[str]:
        """The fields of the catalogue in which the place is written, which is asked once."""
        formulier = self.formulier
        if not formulier.met_locatie:
            return ()
        return [veld.id for veld in formulier.velden if veld.naam.casefold() == tekst.LOCATIE]

    @property
    def plaats(self) -> tuple[str, str]:
        """What stands in the two fields of where it is: as it was typed, while the draft says no other place. Of a
        place in words the draft does not know which words were the remark."""
        concept = self.concept
        if concept is None:
            return "", ""
        getypt = self._plaats.get(concept.id)
        if getypt is not None and tekst.place_from(*getypt, concept.locatie) == concept.locatie:
            return getypt
        return tekst.place_texts(concept.locatie)

    @property
    def is_open(self) -> bool:
        """Whether the draft in sight can still be changed."""
        return self.concept is not None and self.concept.stand in (Conceptstand.OPEN, Conceptstand.GEWEIGERD)

    @property
    def needs_zaaktype(self) -> bool:
        """Whether the draft in sight can be gone on with under another zaaktype only."""
        return self.concept is not None and self._is_withdrawn(self.concept)

    @property
    def duplicates(self) -> Sequence[Zaakregel]:
        return self._aan.duplicates(self.concept.id) if self.concept is not None and self.is_open else ()

    @property
    def together(self) -> Sequence[Zaaktypekeuze]:
        """What is often asked together with the zaak that was sent, or with what is done elsewhere."""
        zaaktype, contact = self._of_life_event()
        if not zaaktype:
            return ()
        begonnen = {al.zaaktype for al in self._aan.concepten if al.contact == contact}
        return [al for al in self._aan.together_with(zaaktype) if al.uuid not in begonnen][:6]

    @property
    def wie(self) -> str:
        """For whom it is."""
        concept = self.concept
        klant = concept.klant if concept is not None else None
        if concept is None or klant is None:
            return tekst.GEEN_KLANT
        return f"{klant.naam} namens {concept.namens.naam}" if concept.namens is not None else klant.naam

    @property
    def voor(self) -> Klantverwijzing | None:
        """The customer of the contact that starts with what is chosen; None where there is a contact."""
        return self._voor if self._seat.contacten.active is None else None

    def begin_for(self, klant: Klantverwijzing | None) -> None:
        """Who was in sight where this was begun."""
        if klant != self._voor:
            self._voor = klant
            self.changed.emit(None)

    # --- choosing -------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        if text != self.zoekt:
            self.zoekt = text
            self.changed.emit(None)

    async def refresh(self) -> None:
        """The catalogue, where it was never read at this seat, or when asked for."""
        await self._aan.refresh()

    @property
    def needs_catalogue(self) -> bool:
        return self._aan.catalogus.opgehaald_op is None and not self._aan.catalogus.laadt

    def choose(self, key: str) -> None:
        """A row: a draft, a zaaktype or what is handled elsewhere. Raises UserError where it cannot be started."""
        if key.startswith("concept:"):
            self.show(key.removeprefix("concept:"))
            return
        keuze = next((al for al in self.keuzes if al.key == key), None)
        if keuze is not None:
            self.take(keuze)

    def take(self, keuze: Keuze) -> None:
        """Begin a draft of this, or show where the customer is sent. Raises UserError."""
        if keuze.elders is not None or keuze.zaaktype is None:
            self.elders, self.concept = keuze, None
            self.changed.emit(None)
            return
        self.start(keuze.zaaktype.uuid, keuze.product)

    def take_together(self, zaaktype: str) -> None:
        """Begin this too, or show where the customer is sent for it. Raises UserError."""
        keuze = self._aan.catalogus.find(zaaktype)
        if keuze is not None:
            self.take(Keuze(keuze.naam, keuze, elders=keuze.doorverwijzing))

    def start(self, zaaktype: str, product: str = "") -> None:
        """Begin a draft for the active contact; where there is none one starts, as when a note is typed. What is begun
        already for this vraag is gone on with, and so is a draft whose own zaaktype was withdrawn. Raises UserError."""
        mee = self.concept if self.needs_zaaktype else self._aan.concept(self._mee)
        self._mee = ""
        if mee is not None and mee.zaaktype != zaaktype and self._is_withdrawn(mee):
            self.concept, self.elders = self._aan.move(mee.id, zaaktype), None
            self.changed.emit(None)
            return
        self._aan.startable(zaaktype)  # before there is a contact for it
        contact = self._ensure_contact()
        bezig = self._begun(zaaktype, contact, product)
        if bezig is None:
            bezig = self._aan.start(zaaktype, contact=contact.id if contact is not None else "", product=product)
            self._name_subject(contact, bezig, product)
        self.elders = None
        self.concept = self._aan.concept(bezig.id) or bezig
        self.changed.emit(None)

    @property
    def is_for_vraag(self) -> bool:
        """Whether something to fill in, or where the customer is sent, is in sight, and not of another product than
        the vraag has now."""
        if self.elders is not None:
            product = self.elders.product
        elif self.concept is not None and self.is_open:
            product = self.concept.product
        else:
            return False
        return self._product() in ("", product) or not product

    @property
    def is_for_another(self) -> bool:
        """Whether the draft in sight is of another contact than the active one; without a contact, whether it is for
        another customer than was in sight where this was begun."""
        concept, contact = self.concept, self._seat.contacten.active
        if concept is None:
            return False
        if contact is not None:
            return concept.contact != contact.id
        voor = self._voor
        return voor is not None and (concept.klant is None or not is_same(concept.klant.sleutel, voor.sleutel))

    def start_for_vraag(self) -> bool:
        """Where the product of the vraag leads to one thing, that thing; False: there is something to choose. A vraag
        that has its zaak already asks for another."""
        contact, product = self._seat.contacten.active, self._product()
        if contact is None or contact.vraag.zaak is not None:
            return False
        keuzes = tuple(of_product(self._aan, product)) if product else ()
        if len(keuzes) != 1:
            return False
        self.take(keuzes[0])
        return True

    def show(self, concept: str) -> None:
        """Go on with a draft."""
        gevonden = self._aan.concept(concept)
        if gevonden is not None:
            self.concept, self.elders = gevonden, None
            self.changed.emit(None)

    def show_latest(self, contact: Contact | None) -> None:
        """What was begun last in this contact, rather one that the employee must do something for; else nothing."""
        self._mee = ""
        eigen = [al for al in self._aan.concepten if contact is not None and al.contact == contact.id]
        onaf = [al for al in eigen if not al.is_under_way]
        self.concept, self.elders = next(reversed(onaf or eigen), None), None
        self.changed.emit(None)

    def put_away(self) -> None:
        """Show nothing; what was begun stays in the list."""
        if self.concept is not None or self.elders is not None:
            goes_on = self.needs_zaaktype and not self.is_for_another
            self._mee = self.concept.id if self.concept is not None and goes_on else ""
            self.concept = self.elders = None
            self.changed.emit(None)

    # --- filling in -----------------------------------------------------------------------------------------------

    def fill(self, veld: str, *waarden: str) -> None:
        """One field of the form, or of the draft itself, by the name that `problems` gives it."""
        if self.concept is None or not self.is_open:
            return
        if veld in _EIGEN:
            self._aan.change(self.concept.id, **{veld: waarden[0] if waarden else ""})
        else:
            self._aan.fill(self.concept.id, veld.removeprefix("eigenschappen."), *waarden)

    def place(self, typed: str, opmerking: str, gekozen: Locatie | None = None) -> None:
        """Where it is. `gekozen` is an address of the BAG; it holds until something else is typed."""
        if self.concept is None or not self.is_open:
            return
        if gekozen is not None:
            self._gekozen[self.concept.id] = gekozen
        self._plaats[self.concept.id] = typed, opmerking
        bekend = self._gekozen.get(self.concept.id) or self.concept.locatie
        nieuw = tekst.place_from(typed, opmerking, bekend)
        if nieuw != self.concept.locatie:
            self._aan.change(self.concept.id, locatie=nieuw)

    async def addresses(self, typed: str) -> Adresantwoord:
        return await self._seat.adressen.find(typed)

    async def resolve(self, voorstel: Adresvoorstel) -> Locatie:
        return await self._seat.adressen.resolve(voorstel)

    async def look_around(self) -> None:
        """Whether this was reported here already, by whomever."""
        if self.concept is not None and self.is_open:
            await self._aan.look_around(self.concept.id)

    def problems(self) -> Sequence[InvalidInput]:
        """What keeps it from being made, in the order of the form. The question for a place and the field that the
        catalogue has for it are one here."""
        if self.concept is None or not self.is_open:
            return ()
        plaats = {f"eigenschappen.{veld}" for veld in self.plaatsvelden}
        gevonden: dict[str, InvalidInput] = {}
        for fout in self._aan.problems(self.concept.id):
            naam = "locatie" if fout.field in plaats else fout.field
            if naam not in gevonden:
                gevonden[naam] = InvalidInput(fout.message, field=naam, code=fout.code, advice=fout.advice)
        return tuple(gevonden.values())

    # --- sending and letting go -----------------------------------------------------------------------------------

    def create(self) -> bool:
        """Queue it; False where something is missing."""
        if self.concept is None or not self.is_open:
            return False
        if self.problems():
            self.changed.emit(None)
            return False
        return self._send(self.concept)

    def send_again(self) -> bool:
        """The same command, which makes no second zaak; False for what was not set apart."""
        return self.concept is not None and self.concept.is_apart and self._send(self.concept)

    def cancel(self) -> Zaakconcept | None:
        """Let go of the draft in sight; `undo_cancel` brings it back."""
        concept = self.concept
        if concept is None or not self.is_open:
            return None
        self._aan.cancel(concept.id)
        self.concept = None
        self.changed.emit(None)
        return concept

    def undo_cancel(self) -> None:
        terug = self._aan.undo_cancel()
        if terug is not None:
            self.show(terug.id)

    # --- elsewhere ------------------------------------------------------------------------------------------------

    @property
    def to_say(self) -> str:
        """What that loket may hear of the customer."""
        return elders.to_say(self._seat, self.elders) if self.elders is not None else ""

    def note_referral(self) -> bool:
        """The vraag ends as referred; False without a contact."""
        return self.elders is not None and elders.note_referral(self._seat, self.elders)

    # --- what is kept ---------------------------------------------------------------------------------------------

    @property
    def toestand(self) -> Toestand:
        concept = self.concept.id if self.concept is not None else ""
        return Toestand(self.zoekt, concept, self.elders.key if self.elders is not None else "")

    def restore(self, toestand: Toestand) -> None:
        self.zoekt = toestand.zoekt
        self.elders = next((al for al in self.keuzes if toestand.elders and al.key == toestand.elders), None)
        self.concept = self._aan.concept(toestand.concept)
        self.changed.emit(None)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _product(self) -> str:
        contact = self._seat.contacten.active
        return contact.vraag.product if contact is not None else ""

    def _of_life_event(self) -> tuple[str, str]:
        """The zaaktype of what is in sight, and the contact that it is of."""
        if self.elders is not None:
            contact = self._seat.contacten.active
            genoemd = self.elders.zaaktype or next(iter(self._aan.for_product(self.elders.product)), None)
            return (genoemd.uuid if genoemd is not None else ""), (contact.id if contact is not None else "")
        if self.concept is None or self.is_open:
            return "", ""
        return self.concept.zaaktype, self.concept.contact

    def _is_withdrawn(self, concept: Zaakconcept) -> bool:
        if concept.stand not in (Conceptstand.OPEN, Conceptstand.GEWEIGERD):
            return False
        lijst = self._aan.catalogus
        is_gone = lijst.opgehaald_op is not None and not lijst.laadt and lijst.find(concept.zaaktype) is None
        return is_gone or concept.is_ingetrokken

    def _begun(self, zaaktype: str, contact: Contact | None, product: str) -> Zaakconcept | None:
        """A draft of this vraag that waits for the employee, also one of which nobody knows whether it was made."""
        if contact is None:
            return None
        return next(
            (
                al
                for al in self._aan.concepten
                if (al.zaaktype, al.contact) == (zaaktype, contact.id)
                and al.vraag in ("", contact.vraag.id)
                and not al.is_under_way
                and product in ("", al.product)
            ),
            None,
        )

    def _ensure_contact(self) -> Contact | None:
        contact, sessie = self._seat.contacten.active, self._seat.sessie
        if contact is not None or sessie is None or not sessie.mag("crm", Recht.WIJZIGEN):
            return contact
        return self._seat.contacten.start(klant=self._voor)

    def _name_subject(self, contact: Contact | None, concept: Zaakconcept, product: str) -> None:
        """What the zaak is about the vraag is about, as far as nobody said otherwise and it has no other zaak."""
        if contact is None or contact.vraag.zaak is not None:
            return
        vraag, keuze = contact.vraag, self._aan.catalogus.find(concept.zaaktype)
        velden, herkomst = renewed_subject(vraag, subject_of(keuze, concept.naam, product))
        if velden:
            self._seat.contacten.change_vraag(contact.id, vraag.id, herkomst=herkomst, **velden)

    def _send(self, concept: Zaakconcept) -> bool:
        self._aan.create(concept.id)
        self.concept = self._aan.concept(concept.id) or concept
        self.changed.emit(None)
        return True

    def _on_concept(self, concept: Zaakconcept) -> None:
        is_shown = self.concept is not None and concept.id == self.concept.id
        if concept.stand is Conceptstand.GEMAAKT:
            self._gekozen.pop(concept.id, None)
            self._plaats.pop(concept.id, None)
            self.made.emit(concept)
        is_listed = self._aan.catalogus.find(concept.zaaktype) is not None
        if concept.stand is Conceptstand.GEWEIGERD and concept.is_ingetrokken and is_listed:
            self.outdated.emit(None)
        if is_shown and (concept.stand is Conceptstand.GEMAAKT or self._aan.concept(concept.id) is not None):
            self.concept = concept
        self.changed.emit(None)

    def _on_klant(self, beeld: Klantbeeld) -> None:
        if self.is_open:  # what was sent says nothing of the customer's other zaken
            self.changed.emit(None)

    def _on_sessie(self, sessie: Sessie | None) -> None:
        if sessie is None:
            self.zoekt, self.concept, self.elders, self._mee = "", None, None, ""
            self._gekozen.clear()
            self._plaats.clear()
            self.changed.emit(None)
