"""Making zaken for the fake seats: a catalogue, forms and answers laid ready; no rule is decided here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

import msgspec

from kcs_desktop.domain.knip import knipbeeld
from kcs_desktop.domain.opdracht import Opdracht, ZaakAanmaken
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaakconcept import Conceptstand
from kcs_desktop.sdk import (
    Doorverwijzing,
    Eigenschapwaarde,
    InvalidInput,
    Knipstap,
    NotFound,
    Nummerstand,
    Signal,
    Zaakconcept,
    Zaakformulier,
    Zaakregel,
    Zaaktype,
    Zaaktypekenmerk,
    Zaaktypekeuze,
    Zaaktypenlijst,
)

_replace = msgspec.structs.replace


class Wachtend(Protocol):
    """The part of the fake outbox that is needed here."""

    def put(self, gegevens: Any, titel: str, *, id: str = "", contact: str = "") -> Opdracht: ...  # noqa: A002

    def retry(self, opdracht: str) -> None: ...


def keuze(naam: str = "Melding openbare ruimte", **velden: Any) -> Zaaktypekeuze:
    """A zaaktype to choose; `velden` replace those of the choice."""
    slug = naam.lower().replace(" ", "-")
    zaaktype = Zaaktype(f"zt-{slug}", f"https://x/{slug}", slug, naam, "openbaar", doorlooptijd="P2W")
    stappen = tuple(Knipstap(nr, f"Stap {nr}", *(("1", "1e lijn") if nr == 1 else ("2", "2e lijn"))) for nr in (1, 2))
    kenmerk = Zaaktypekenmerk(slug, producten=(naam,), afdeling="Groen en Reiniging", knip=stappen)
    made = Zaaktypekeuze(zaaktype, kenmerk, knipbeeld(stappen, kenmerk.afdeling, "Buitendienst"))
    return _replace(made, **velden)


class FakeZaakaanmaken:
    """`formulieren` by zaaktype, `klachten` and `dubbel` by concept are what is answered; `begonnen` what was asked."""

    def __init__(self, outbox: Wachtend, now: Callable[[], datetime]) -> None:
        self.changed: Signal[Zaakconcept] = Signal()
        self.catalogus_changed: Signal[Zaaktypenlijst] = Signal()
        self.may_start = True
        self.catalogus = Zaaktypenlijst((keuze(),), now())
        self.formulieren: dict[str, Zaakformulier] = {}
        self.klachten: dict[str, list[InvalidInput]] = {}
        self.dubbel: dict[str, tuple[Zaakregel, ...]] = {}
        self.rondom: dict[str, tuple[Zaakregel, ...]] = {}  # what is at the place of a draft, once that is asked
        self.rondgekeken: list[str] = []
        self.verwijzingen: dict[str, Doorverwijzing] = {}
        self.samen: dict[str, tuple[Zaaktypekeuze, ...]] = {}
        self.begonnen: list[tuple[str, str, str]] = []
        self.refreshes = 0
        self.ongelezen: Zaaktypenlijst | None = None
        self.gelezen: asyncio.Event | None = None  # a reading ends once this is set
        self._outbox = outbox
        self._now = now
        self._concepten: dict[str, Zaakconcept] = {}
        self._cancelled: Zaakconcept | None = None
        self._sent: dict[str, Opdracht] = {}

    async def refresh(self) -> None:
        """What is in `ongelezen` is known from then on."""
        self.refreshes += 1
        if self.gelezen is not None:
            await self.gelezen.wait()
        if self.ongelezen is not None:
            self.catalogus, self.ongelezen = self.ongelezen, None
            self.catalogus_changed.emit(self.catalogus)

    def find(self, tekst: str) -> Sequence[Zaaktypekeuze]:
        return [al for al in self.catalogus.keuzes if tekst.lower() in al.naam.lower()]

    def for_product(self, product: str) -> Sequence[Zaaktypekeuze]:
        return [al for al in self.catalogus.keuzes if product in al.kenmerk.producten]

    def startable(self, zaaktype: str) -> Zaaktypekeuze:
        gekozen = self.catalogus.find(zaaktype)
        if gekozen is None:
            raise NotFound("Van dit zaaktype kan geen zaak worden begonnen.")
        return gekozen

    def together_with(self, zaaktype: str) -> Sequence[Zaaktypekeuze]:
        return self.samen.get(zaaktype, ())

    def referral(self, product: str) -> Doorverwijzing | None:
        return self.verwijzingen.get(product)

    @property
    def concepten(self) -> Sequence[Zaakconcept]:
        return tuple(self._concepten.values())

    def concept(self, concept: str) -> Zaakconcept | None:
        return self._concepten.get(concept)

    def start(self, zaaktype: str, *, contact: str = "", product: str = "") -> Zaakconcept:
        gekozen = self.startable(zaaktype)
        self.begonnen.append((zaaktype, contact, product))
        return self.lay(
            Zaakconcept(new_id(), new_id(), new_id(), gekozen.uuid, self._now(), gekozen.naam, contact, product=product)
        )

    def move(self, concept: str, zaaktype: str) -> Zaakconcept:
        gekozen = self.startable(zaaktype)
        huidig = self._concepten[concept]
        nieuw = _replace(huidig, zaaktype=gekozen.uuid, naam=gekozen.naam, stand=Conceptstand.OPEN, bezwaren=())
        return self.lay(nieuw)

    def lay(self, concept: Zaakconcept) -> Zaakconcept:
        """The draft as it is now."""
        self._concepten[concept.id] = concept
        self.changed.emit(concept)
        return concept

    def number(self, concept: str, nummer: str) -> Zaakconcept:
        """The number that was asked comes."""
        return self.lay(_replace(self._concepten[concept], nummer=nummer, nummerstand=Nummerstand.BEKEND))

    def form(self, concept: str) -> Zaakformulier:
        zaaktype = self._concepten[concept].zaaktype
        return self.formulieren.get(zaaktype, Zaakformulier(zaaktype))

    def fill(self, concept: str, veld: str, *waarden: str) -> Zaakconcept:
        huidig = self._concepten[concept]
        anderen = tuple(al for al in huidig.eigenschappen if al.eigenschap != veld)
        eigen = tuple(Eigenschapwaarde(veld, waarde) for waarde in waarden if waarde)
        return self.lay(_replace(huidig, eigenschappen=(*anderen, *eigen)))

    def change(self, concept: str, **velden: Any) -> Zaakconcept:
        return self.lay(_replace(self._concepten[concept], **velden))

    def problems(self, concept: str) -> Sequence[InvalidInput]:
        return self.klachten.get(concept, [])

    def duplicates(self, concept: str) -> Sequence[Zaakregel]:
        return self.dubbel.get(concept, ())

    async def look_around(self, concept: str) -> None:
        self.rondgekeken.append(concept)
        if concept in self.rondom:
            self.dubbel[concept] = self.rondom[concept]
            self.changed.emit(self._concepten[concept])

    def create(self, concept: str) -> Opdracht:
        huidig = self._concepten[concept]
        if huidig.is_apart:
            self._outbox.retry(huidig.opdracht)
            self.lay(_replace(huidig, is_apart=False, reden=""))
            return self._sent[huidig.opdracht]
        if problems := self.problems(concept):
            raise problems[0]
        self.lay(_replace(huidig, stand=Conceptstand.VERSTUURD))
        gegevens = ZaakAanmaken(huidig.zaaktype, self._now().date(), huidig.nummer, naam=huidig.naam)
        titel = f"Zaak aanmaken: {huidig.naam}"
        self._sent[huidig.opdracht] = self._outbox.put(gegevens, titel, id=huidig.opdracht, contact=huidig.contact)
        return self._sent[huidig.opdracht]

    def cancel(self, concept: str) -> None:
        self._cancelled = self._concepten.pop(concept)
        self.changed.emit(self._cancelled)

    def undo_cancel(self) -> Zaakconcept | None:
        terug, self._cancelled = self._cancelled, None
        return self.lay(terug) if terug is not None else None
