"""A new zaak at the seat: its draft, the number that is reserved while it is filled in, and the command it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from kcs_desktop.api.client import Client, Doel
from kcs_desktop.api.kcs import Kcs
from kcs_desktop.domain.dubbelezaak import suspected
from kcs_desktop.domain.errors import Forbidden, InvalidInput, NotFound, SignedOut, UserError
from kcs_desktop.domain.klant import Bronstand, Klantbeeld, Klantverwijzing
from kcs_desktop.domain.klantcontact import Contact, Vraag
from kcs_desktop.domain.opdracht import Opdracht, ZaakAanmaken, ZaaknummerReserveren
from kcs_desktop.domain.sessie import Sessie
from kcs_desktop.domain.signal import Signal
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.weergave import local
from kcs_desktop.domain.zaak import Zaakregel
from kcs_desktop.domain.zaakcatalogus import Zaaktypekeuze, Zaaktypenlijst
from kcs_desktop.domain.zaakconcept import Conceptstand, Nummerstand, Zaakconcept, answered_anew
from kcs_desktop.domain.zaakformulier import Zaakformulier, form_of, problems_of, written
from kcs_desktop.domain.zaaktype import Doorverwijzing
from kcs_desktop.domain.zaakverhuizing import moved, with_names
from kcs_desktop.domain.zaakvoorinvulling import (
    KLANT,
    LOCATIE,
    PRODUCT,
    ZAAKTYPE,
    Bekend,
    prefilled,
    renewed_subject,
    said_product,
    subject_of,
    with_typed,
    without,
)
from kcs_desktop.services.catalogus import CatalogusService
from kcs_desktop.services.contacten import ContactenService
from kcs_desktop.services.opslag import Opslag
from kcs_desktop.services.outbox import OutboxService
from kcs_desktop.services.zaakcatalogus import Zaakcatalogus, may_start
from kcs_desktop.services.zaakconcepten import Zaakconcepten
from kcs_desktop.services.zaakomgeving import Zaakomgeving
from kcs_desktop.services.zaakuitkomst import as_gegevens
from kcs_desktop.services.zaakvolger import Zaakvolger

_EIGEN = frozenset(
    {"omschrijving", "toelichting", "startdatum", "locatie", "documenten", "klant", "namens", "kanaal", "product"}
)
# What other fields are filled in from, as their herkomst names it.
_FILLED = {"locatie": LOCATIE, "klant": KLANT, "namens": KLANT, "product": PRODUCT}
_replace = msgspec.structs.replace


class ZaakaanmakenService:
    """Implements `sdk.Zaakaanmaken`."""

    def __init__(
        self,
        catalogus: Zaakcatalogus,
        concepten: Zaakconcepten,
        volger: Zaakvolger,
        omgeving: Zaakomgeving,
        outbox: OutboxService,
        contacten: ContactenService,
        *,
        beeld: Callable[[Klantverwijzing], Klantbeeld | None],
        sessie: Callable[[], Sessie | None],
        doel: Callable[[], Doel],
        clock: Callable[[], datetime],
    ) -> None:
        self.changed: Signal[Zaakconcept] = concepten.changed
        self.forgotten: Signal[Zaakconcept] = Signal()  # it was cancelled and does not come back
        self.catalogus_changed: Signal[Zaaktypenlijst] = catalogus.changed
        self._catalogus = catalogus
        self._concepten = concepten
        self._outbox = outbox
        self._contacten = contacten
        self._beeld = beeld
        self._sessie = sessie
        self._doel = doel
        self._clock = clock
        self._cancelled: Zaakconcept | None = None
        self._volger = volger
        self._omgeving = omgeving
        volger.sent.connect(self._name_in_contact)
        contacten.changed.connect(self._on_contact)
        catalogus.changed.connect(self._on_catalogus)

    # what there is to choose

    @property
    def may_start(self) -> bool:
        return may_start(self._sessie())

    @property
    def catalogus(self) -> Zaaktypenlijst:
        return self._catalogus.value

    async def refresh(self) -> None:
        await self._catalogus.refresh()

    def startable(self, zaaktype: str) -> Zaaktypekeuze:
        if not self.may_start:
            raise Forbidden("Met uw rol kunt u geen zaken aanmaken.")
        keuze = self.catalogus.find(zaaktype)
        if keuze is None:
            raise NotFound("Van dit zaaktype kan geen zaak worden begonnen.")
        if keuze.doorverwijzing is not None:
            raise UserError(
                f"Dit begint niet hier: verwijs de klant door naar {keuze.doorverwijzing.loket}.", code="doorverwijzen"
            )
        return keuze

    def find(self, tekst: str) -> Sequence[Zaaktypekeuze]:
        return self._catalogus.find(tekst)

    def for_product(self, product: str) -> Sequence[Zaaktypekeuze]:
        kenmerken = self._catalogus.kenmerken.bij_product(product)
        return self._catalogus.of([kenmerk.identificatie for kenmerk in kenmerken])

    def together_with(self, zaaktype: str) -> Sequence[Zaaktypekeuze]:
        keuze = self.catalogus.find(zaaktype)
        if keuze is None:
            return ()
        kenmerken = self._catalogus.kenmerken.samen_met(keuze.zaaktype.identificatie)
        return self._catalogus.of([kenmerk.identificatie for kenmerk in kenmerken])

    def referral(self, product: str) -> Doorverwijzing | None:
        return self._catalogus.referral(product)

    # drafts

    @property
    def concepten(self) -> Sequence[Zaakconcept]:
        return self._concepten.all

    def concept(self, concept: str) -> Zaakconcept | None:
        return self._concepten.find(concept)

    def start(self, zaaktype: str, *, contact: str = "", product: str = "") -> Zaakconcept:
        keuze = self.startable(zaaktype)
        uit = next((al for al in self._contacten.open if al.id == contact), None)
        nu = self._clock()
        concept = Zaakconcept(
            new_id(),
            new_id(),
            new_id(),
            keuze.uuid,
            nu,
            naam=keuze.naam,
            startdatum=local(nu).date(),
            product=product or (said_product(uit.vraag) if uit is not None else ""),
        )
        if uit is not None:
            concept = _replace(
                concept,
                contact=uit.id,
                contactopdracht=uit.opdracht,
                vraag=uit.vraag.id,
                klant=uit.klant,
                namens=uit.namens,
                kanaal=uit.kanaal.value,
            )
        self._reserve(concept)
        return self._put(self._filled(concept))

    def move(self, concept: str, zaaktype: str) -> Zaakconcept:
        huidig, keuze = self._open(concept), self.startable(zaaktype)
        if huidig.zaaktype == keuze.uuid:
            return huidig
        if huidig.stand is Conceptstand.GEWEIGERD:
            self._outbox.remove(huidig.opdracht)
            huidig = huidig.again()
        huidig = _replace(huidig, stand=Conceptstand.OPEN, reden="", bezwaren=())
        if huidig.nummerstand is Nummerstand.GEWEIGERD and not huidig.nummer:
            huidig = _replace(huidig, reservering=new_id(), nummerstand=Nummerstand.GEVRAAGD)
            self._reserve(_replace(huidig, zaaktype=keuze.uuid, naam=keuze.naam))
        nieuw = moved(huidig, self._form(_replace(huidig, zaaktype=keuze.uuid, naam=keuze.naam)))
        return self._put(self._filled(nieuw))

    def form(self, concept: str) -> Zaakformulier:
        return self._form(self._concepten.get(concept))

    def fill(self, concept: str, veld: str, *waarden: str) -> Zaakconcept:
        huidig = self._open(concept)
        gevraagd = self._form(huidig).veld(veld)
        if gevraagd is None:
            raise InvalidInput("Dit wordt bij dit zaaktype niet gevraagd.", field=f"eigenschappen.{veld}")
        vandaag = local(self._clock()).date()
        antwoorden = tuple(filter(None, (written(gevraagd, waarde, vandaag) for waarde in waarden)))
        return self._put(with_typed(huidig, gevraagd.id, antwoorden), gevraagd.id)

    def change(self, concept: str, **velden: Any) -> Zaakconcept:
        if vreemd := set(velden) - _EIGEN:
            raise TypeError(f"a draft has no field to change named {', '.join(sorted(vreemd))}")
        huidig = self._open(concept)
        herkomst = {naam: bron for naam, bron in huidig.herkomst.items() if naam not in velden}
        nieuw = _replace(huidig, **velden, herkomst=herkomst)
        anders = {
            _FILLED[naam] for naam, waarde in velden.items() if naam in _FILLED and waarde != getattr(huidig, naam)
        }
        return self._put(self._filled(without(nieuw, anders)) if anders else nieuw, *velden)

    def problems(self, concept: str) -> Sequence[InvalidInput]:
        huidig = self._concepten.get(concept)
        formulier = self._form(huidig)
        if formulier.stand is not Bronstand.KLAAR:
            return [InvalidInput(formulier.melding or "De vragen worden nog opgehaald.", field="zaaktype")]
        return problems_of(formulier, huidig)

    def duplicates(self, concept: str) -> Sequence[Zaakregel]:
        huidig = self._concepten.get(concept)
        wie = huidig.namens or huidig.klant
        beeld = self._beeld(wie) if wie is not None else None
        eigen = [zaak for zaak in beeld.zaken if zaak.verwijzing.opdracht != huidig.opdracht] if beeld else []
        bekend = {zaak.verwijzing.uuid for zaak in eigen}
        hier = [al for al in self._omgeving.near(concept, huidig.locatie) if al.verwijzing.uuid not in bekend]
        return suspected([*hier, *eigen], huidig.naam, local(self._clock()).date())

    async def look_around(self, concept: str) -> None:
        huidig = self._concepten.find(concept)
        keuze = self.catalogus.find(huidig.zaaktype) if huidig is not None else None
        if huidig is None or keuze is None or huidig.locatie is None or not self._form(huidig).met_locatie:
            return
        vandaag = local(self._clock()).date()
        is_new = await self._omgeving.look(concept, keuze.zaaktype.url, huidig.locatie, vandaag)
        if is_new and (nu := self._concepten.find(concept)) is not None:
            self.changed.emit(nu)

    def create(self, concept: str) -> Opdracht:
        huidig = self._concepten.get(concept)
        if huidig.stand is Conceptstand.VERSTUURD and (rij := self._outbox.find(huidig.opdracht)) is not None:
            if huidig.is_apart:  # it may have been made: only the same command makes no second one
                self._outbox.retry(huidig.opdracht)
            return rij.opdracht
        if fouten := self.problems(concept):
            raise fouten[0]
        if huidig.stand is Conceptstand.GEWEIGERD:  # a refusal is the outcome of its command: another one is given
            self._outbox.remove(huidig.opdracht)
            huidig = huidig.again()
        huidig = self._with_own_vraag(huidig)
        bekend = _replace(huidig, klant=self._named(huidig.klant), namens=self._named(huidig.namens))
        opdracht = self._command(huidig.opdracht, as_gegevens(bekend), huidig)
        verstuurd = _replace(huidig, stand=Conceptstand.VERSTUURD, reden="", bezwaren=())
        self._name_in_contact(verstuurd)
        if self._vraag(verstuurd) is not None:  # on disk before the command: no zaak without a contact that names it
            self._contacten.keep_now(verstuurd.contact)
        self._outbox.put(opdracht, f"Zaak aanmaken: {huidig.naam}")
        self._concepten.put(verstuurd)
        return opdracht

    def cancel(self, concept: str) -> None:
        huidig = self._open(concept)
        self._forget_cancelled()
        self._cancelled = huidig
        self._volger.let_go_of_reservation(huidig)
        if huidig.stand is Conceptstand.GEWEIGERD:
            self._outbox.remove(huidig.opdracht)
            self._take_off_contact(huidig)
        self._concepten.drop(huidig)
        self._omgeving.forget(concept)

    def undo_cancel(self) -> Zaakconcept | None:
        terug, self._cancelled = self._cancelled, None
        if terug is None:
            return None
        # What was refused is gone from the outbox, and a number that was not there yet may have been taken back.
        terug = _replace(terug.again(), stand=Conceptstand.OPEN, reden="", bezwaren=())
        if not terug.nummer:
            terug = _replace(terug, reservering=new_id(), nummerstand=Nummerstand.GEVRAAGD)
            self._reserve(terug)
        return self._concepten.put(terug)

    # for the seat

    async def begin(self) -> None:
        """Bring back the drafts, each as its commands stand in the outbox; the outbox must have begun."""
        await self._catalogus.begin()
        await self._concepten.begin()
        self._volger.look_up()

    async def take_in(self) -> None:
        """The store holds its file again; the outbox must have taken in what is in it."""
        await self._concepten.take_in()
        self._volger.look_up()

    async def end(self) -> None:
        await self._volger.end()
        self._forget_cancelled()
        self._omgeving.end()
        await self._catalogus.end()
        await self._concepten.end()

    async def flush(self) -> None:
        await self._concepten.flush()

    async def keep_catalogus(self) -> None:
        """Until cancelled: keep what may be started fresh."""
        await self._catalogus.keep()

    def on_stream(self, connected: bool) -> None:
        """The connection came, or went."""
        self._catalogus.on_stream(connected)

    # inside

    def _forget_cancelled(self) -> None:
        weg, self._cancelled = self._cancelled, None
        if weg is not None:
            self.forgotten.emit(weg)

    def _open(self, concept: str) -> Zaakconcept:
        huidig = self._concepten.get(concept)
        if huidig.stand is Conceptstand.VERSTUURD:
            raise UserError("Deze zaak wordt al aangemaakt.", code="verstuurd")
        return huidig

    def _form(self, concept: Zaakconcept) -> Zaakformulier:
        vorm = self._catalogus.vorm(concept.zaaktype)
        if vorm is not None:
            return form_of(vorm, self._catalogus.kenmerken.van(vorm.zaaktype.identificatie))
        lijst = self.catalogus
        stand = Bronstand.LAADT if lijst.laadt else Bronstand.FOUT
        melding = "" if lijst.laadt else "Dit zaaktype staat niet meer in de catalogus."
        return Zaakformulier(concept.zaaktype, concept.naam, stand=stand, melding=melding)

    def _filled(self, concept: Zaakconcept) -> Zaakconcept:
        wie = concept.namens or concept.klant
        beeld = self._beeld(wie) if wie is not None else None
        return prefilled(concept, self._form(concept), Bekend(beeld, self._own_vraag(concept), concept.product))

    def _put(self, concept: Zaakconcept, *velden: str) -> Zaakconcept:
        """With these fields filled in anew."""
        huidig = self._concepten.find(concept.id)
        nieuw = answered_anew(huidig, concept, *velden) if huidig is not None else concept
        return self._concepten.put(with_names(nieuw, self._form(nieuw)))

    def _named(self, klant: Klantverwijzing | None) -> Klantverwijzing | None:
        """With the partij of the picture: what a customer register elsewhere calls this customer, the backend cannot
        look up by itself, and other seats hear of the zaak by it."""
        beeld = self._beeld(klant) if klant is not None else None
        if klant is None or beeld is None or klant.sleutel.partij:
            return klant
        return _replace(klant, sleutel=_replace(klant.sleutel, partij=beeld.sleutel.partij))

    def _vraag(self, concept: Zaakconcept) -> Vraag | None:
        contact = next((al for al in self._contacten.open if al.id == concept.contact), None)
        return next((al for al in contact.vragen if al.id == concept.vraag), None) if contact is not None else None

    def _own_vraag(self, concept: Zaakconcept) -> Vraag | None:
        """The vraag that it came from, unless that is about another zaak."""
        vraag = self._vraag(concept)
        return vraag if vraag is None or vraag.zaak is None or concept.is_named_by(vraag.zaak) else None

    def _with_own_vraag(self, concept: Zaakconcept) -> Zaakconcept:
        """A vraag is about one zaak: a second one gets a vraag of its own, and the first keeps its contact."""
        if self._vraag(concept) is None or self._own_vraag(concept) is not None:
            return concept
        contact = self._contacten.add_vraag(concept.contact)
        velden = subject_of(self.catalogus.find(concept.zaaktype), concept.naam, concept.product)
        herkomst = dict.fromkeys(velden, ZAAKTYPE)
        self._contacten.change_vraag(contact.id, contact.vraag.id, herkomst=herkomst, **velden)
        return _replace(concept, vraag=contact.vraag.id)

    def _command(self, id: str, gegevens: ZaakAanmaken | ZaaknummerReserveren, concept: Zaakconcept) -> Opdracht:  # noqa: A002 -- the field
        if self._sessie() is None:
            raise SignedOut
        kanaal = concept.kanaal or self._doel().kanaal
        return Opdracht(id, gegevens, self._clock(), concept.contact, concept.product, kanaal)

    def _reserve(self, concept: Zaakconcept) -> None:
        opdracht = self._command(concept.reservering, ZaaknummerReserveren(concept.zaaktype), concept)
        self._outbox.put(opdracht, f"Zaaknummer reserveren: {concept.naam}")

    def _name_in_contact(self, concept: Zaakconcept) -> None:
        """The vraag that it came from is about this zaak, also where another one was begun for it meanwhile."""
        vraag = self._own_vraag(concept)
        if vraag is None or vraag.zaak == concept.verwijzing:
            return
        velden, herkomst = dict[str, str](), dict[str, str]()
        if ZAAKTYPE in vraag.herkomst.values():
            keuze = self.catalogus.find(concept.zaaktype)
            velden, herkomst = renewed_subject(vraag, subject_of(keuze, concept.naam, concept.product))
        self._contacten.change_vraag(concept.contact, vraag.id, herkomst=herkomst, zaak=concept.verwijzing, **velden)

    def _take_off_contact(self, concept: Zaakconcept) -> None:
        """There is no such zaak, and there will be none."""
        vraag = self._vraag(concept)
        if vraag is not None and vraag.zaak is not None and concept.is_named_by(vraag.zaak):
            self._contacten.change_vraag(concept.contact, vraag.id, zaak=None)

    def _on_catalogus(self, _: Zaaktypenlijst) -> None:
        """The form of a draft may have come, or be another."""
        for concept in self._concepten.all:
            gevuld = self._filled(concept) if concept.stand is Conceptstand.OPEN else concept
            if self._put(gevuld) is concept:
                self.changed.emit(concept)

    def _on_contact(self, contact: Contact) -> None:
        """A customer that is found while the draft is open is the customer of the zaak."""
        for concept in self._concepten.all:
            is_open = concept.stand in (Conceptstand.OPEN, Conceptstand.GEWEIGERD)
            if is_open and concept.contact == contact.id and concept.klant is None and contact.klant is not None:
                self._put(self._filled(_replace(concept, klant=contact.klant, namens=contact.namens)))


def zaakaanmaken_at(
    client: Client,
    kcs: Kcs,
    opslag: Opslag,
    outbox: OutboxService,
    contacten: ContactenService,
    *,
    beeld: Callable[[Klantverwijzing], Klantbeeld | None],
    producten: CatalogusService,
    sessie: Callable[[], Sessie | None],
    doel: Callable[[], Doel],
    clock: Callable[[], datetime],
    on_error: Callable[[BaseException], None],
) -> ZaakaanmakenService:
    """Put together with its catalogue and its drafts."""
    catalogus = Zaakcatalogus(client, kcs, opslag, sessie=sessie, catalogus=lambda: producten.value, clock=clock)
    producten.changed.connect(lambda _: catalogus.redraw())
    concepten = Zaakconcepten(opslag, on_error)
    volger, omgeving = Zaakvolger(concepten, outbox, on_error), Zaakomgeving(client, doel)
    return ZaakaanmakenService(
        catalogus, concepten, volger, omgeving, outbox, contacten, beeld=beeld, sessie=sessie, doel=doel, clock=clock
    )
