"""The shown customer and the active contact: attach, start, *namens*, and the sources that were consulted.

Qt-free. Writes to the contact only through the seat's contacts, so that strip and panel see it at once.
"""

from __future__ import annotations

from typing import Protocol

from kcs_desktop.sdk import (
    Bronstand,
    Contact,
    GeraadpleegdeBron,
    Kanaal,
    Klantbeeld,
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


class Koppeling:
    """Between the picture and the contact. A source is noted once per contact and customer, without any name."""

    def __init__(self, seat: Seat, shown: Shown) -> None:
        self._seat = seat
        self._shown = shown
        self._genoteerd: set[tuple[str, str, str]] = set()

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
        """A new contact with the shown customer, over the channel in use at this werkplek."""
        contact, sessie = self.contact, self._seat.sessie
        if contact is not None:
            kanaal = contact.kanaal
        elif sessie is not None and sessie.werkplek.soort == "telefoon":
            kanaal = Kanaal.TELEFOON
        else:
            kanaal = Kanaal.BALIE
        return self._seat.contacten.start(kanaal, klant=self._shown.reference)

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
        """Keep with the vraag which sources were seen, from the cache too."""
        contact, beeld = self.contact, self._shown.beeld
        if contact is None or beeld is None:
            return
        sleutel = beeld.sleutel
        # The partij comes last: a customer gets one while its picture loads, and stays the same customer.
        wie = sleutel.bsn or sleutel.vestigingsnummer or sleutel.kvk_nummer or sleutel.partij
        for naam, soort, titel in _BRONNEN:
            bron = beeld.bron(naam)
            if bron.stand is not Bronstand.KLAAR and bron.opgehaald_op is None:
                continue
            if (contact.id, wie, naam) not in self._genoteerd:
                self._genoteerd.add((contact.id, wie, naam))
                self._seat.contacten.consulted(GeraadpleegdeBron(soort, titel, sleutel.partij))


def _acts(relation: Relatie) -> bool:
    return relation.soort in (Relatiesoort.HANDELT_NAMENS, Relatiesoort.WERKT_VOOR)
