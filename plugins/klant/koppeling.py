"""The shown customer and the active contact: attach, start, *namens*, and the sources that were consulted.

Qt-free. Writes to the contact only through the seat's contacts, so that strip and panel see it at once.
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from kcs_desktop.sdk import (
    Bronstand,
    Contact,
    GeraadpleegdeBron,
    Klantbeeld,
    KlantSleutel,
    Klantverwijzing,
    Relatie,
    Relatiesoort,
    Seat,
)
from plugins.klant.sleutels import is_same

_BRONNEN = (
    ("brp", "brp", "BRP › Persoonsgegevens"),
    ("kvk", "kvk", "KvK › Bedrijfsgegevens"),
    ("klantinteracties", "klant", "CRM › Klantbeeld"),
)


class Shown(Protocol):
    """What this module needs to know of the tab."""

    @property
    def beeld(self) -> Klantbeeld | None: ...

    @property
    def reference(self) -> Klantverwijzing | None: ...


class _Gezien(msgspec.Struct):
    """What was seen of one customer during one contact, by the name of the source."""

    sleutel: KlantSleutel
    bronnen: dict[str, GeraadpleegdeBron] = {}


class Koppeling:
    """Between the picture and the contact. A source is noted once per vraag and customer, without any name."""

    def __init__(self, seat: Seat, shown: Shown) -> None:
        self._seat = seat
        self._shown = shown
        self._genoteerd: set[tuple[str, str, str]] = set()  # vraag, customer, source
        self._gezien: dict[tuple[str, str], _Gezien] = {}  # by contact and customer

    @property
    def contact(self) -> Contact | None:
        return self._seat.contacten.active

    @property
    def is_of_contact(self) -> bool:
        """Whether the active contact is with the shown customer."""
        contact, klant = self.contact, self._shown.reference
        if contact is None or contact.klant is None or klant is None:
            return False
        return is_same(contact.klant.sleutel, klant.sleutel)

    @property
    def can_attach(self) -> bool:
        """Whether the active contact has no customer yet and this one can be it."""
        contact = self.contact
        return contact is not None and contact.klant is None and self._shown.reference is not None

    def attach(self) -> None:
        """Make the shown customer the one of the active contact."""
        contact = self.contact
        if contact is not None and self.can_attach:
            self._seat.contacten.change(contact.id, klant=self._shown.reference)

    def start(self) -> Contact:
        """A new contact with the shown customer."""
        return self._seat.contacten.start(klant=self._shown.reference)

    @property
    def can_namens(self) -> bool:
        """Whether a relation can be chosen: a contact without a customer, or with one of this picture."""
        contact, klant = self.contact, self._shown.reference
        if contact is None or klant is None:
            return False
        if contact.klant is None or self.is_of_contact:
            return True
        return contact.namens is not None and is_same(contact.namens.sleutel, klant.sleutel)

    def is_namens(self, relation: Relatie) -> bool:
        """Whether the active contact is *namens* the company of this relation, by the person of it."""
        contact, klant = self.contact, self._shown.reference
        if contact is None or contact.namens is None or klant is None:
            return False
        if _acts(relation):
            return is_same(contact.namens.sleutel, relation.klant.sleutel)
        return is_same(contact.namens.sleutel, klant.sleutel) and (
            contact.klant is not None and is_same(contact.klant.sleutel, relation.klant.sleutel)
        )

    def set_namens(self, relation: Relatie | None) -> None:
        """Make the active contact one *namens* the company of this relation; None takes it back.

        From the person's picture the company becomes `namens`; from the company's, the person becomes the customer.
        """
        contact, klant = self.contact, self._shown.reference
        if contact is None or klant is None or not self.can_namens:
            return
        if relation is None:
            self._seat.contacten.change(contact.id, klant=klant, namens=None)
        elif _acts(relation):
            self._seat.contacten.change(contact.id, klant=klant, namens=relation.klant)
        else:
            self._seat.contacten.change(contact.id, klant=relation.klant, namens=klant)

    def note_sources(self) -> None:
        """Keep with each vraag which sources were seen for it, from the cache too.

        What is on screen belongs to the active vraag; the picture of the customer of the contact to every vraag of it.
        """
        contact, beeld = self.contact, self._shown.beeld
        if contact is None or beeld is None:
            return
        gezien = self._gezien.setdefault((contact.id, _who(beeld.sleutel)), _Gezien(beeld.sleutel))
        gezien.sleutel = beeld.sleutel
        for naam, soort, titel in _BRONNEN:
            bron = beeld.bron(naam)
            if bron.stand is Bronstand.KLAAR or bron.opgehaald_op is not None:
                gezien.bronnen.setdefault(naam, GeraadpleegdeBron(soort, titel, beeld.sleutel.partij))
        self._note(contact.vraag.id, gezien)
        eigen = [klant.sleutel for klant in (contact.klant, contact.namens) if klant is not None]
        for (van, _wie), ander in tuple(self._gezien.items()):
            if van == contact.id and any(is_same(ander.sleutel, sleutel) for sleutel in eigen):
                for vraag in contact.vragen:
                    self._note(vraag.id, ander)

    def _note(self, vraag: str, gezien: _Gezien) -> None:
        for naam, bron in tuple(gezien.bronnen.items()):
            plek = (vraag, _who(gezien.sleutel), naam)
            if plek not in self._genoteerd:
                self._genoteerd.add(plek)
                self._seat.contacten.consulted(bron, vraag=vraag)


def _who(sleutel: KlantSleutel) -> str:
    # The partij comes last: a customer gets one while its picture loads, and stays the same customer.
    return sleutel.bsn or sleutel.vestigingsnummer or sleutel.kvk_nummer or sleutel.partij


def _acts(relation: Relatie) -> bool:
    return relation.soort in (Relatiesoort.HANDELT_NAMENS, Relatiesoort.WERKT_VOOR)
