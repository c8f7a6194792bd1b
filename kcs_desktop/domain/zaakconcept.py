"""A zaak in the making: the draft that an employee fills in, from the chosen zaaktype to the zaak in the register."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from kcs_desktop.domain.klant import Klantverwijzing
from kcs_desktop.domain.uuid7 import new_id
from kcs_desktop.domain.zaak import Zaakverwijzing
from kcs_desktop.domain.zaakgegevens import DocumentGegevens, Eigenschapwaarde, Locatie

INGETROKKEN: Final = "zaaktype-ingetrokken"  # of a refusal: no zaak of its zaaktype may be started any more


class Nummerstand(StrEnum):
    """How it stands with the number that is told to the customer."""

    GEVRAAGD = "gevraagd"
    VOLGT = "volgt"  # no connection: it comes by itself when there is one
    BEKEND = "bekend"
    GEWEIGERD = "geweigerd"  # none can be reserved; the register gives one when the zaak is made


class Conceptstand(StrEnum):
    """Where the draft stands."""

    OPEN = "open"
    VERSTUURD = "verstuurd"  # in the outbox, without outcome; `is_apart` where none comes by itself
    GEWEIGERD = "geweigerd"  # open again; `reden` and `bezwaren` say why
    GEMAAKT = "gemaakt"  # `zaak` is its uuid; told once, and then the draft is gone


class Bezwaar(msgspec.Struct, frozen=True):
    """Why the backend did not take a field. `veld` is named as in `problems`; "" is the whole."""

    veld: str
    reden: str
    code: str = ""


class Zaakconcept(msgspec.Struct, frozen=True, omit_defaults=True):
    """`opdracht` is the id under which the zaak will be made, `reservering` the one under which its number was asked.

    `herkomst` says where a prefilled field came from (klant, contact, product, locatie), by eigenschap or name of the
    field; what was typed is not in it, and is never filled over. `vragen` are the names of what was answered, by
    eigenschap. `is_apart`: its command was set apart, `reden` says why, and nobody knows whether the zaak was made. It
    stays what was sent.
    """

    id: str
    opdracht: str
    reservering: str
    zaaktype: str  # uuid
    begonnen_op: datetime
    naam: str = ""  # of the zaaktype
    contact: str = ""
    vraag: str = ""
    klant: Klantverwijzing | None = None
    namens: Klantverwijzing | None = None
    kanaal: str = ""
    product: str = ""
    omschrijving: str = ""
    toelichting: str = ""
    startdatum: date | None = None
    eigenschappen: tuple[Eigenschapwaarde, ...] = ()
    vragen: dict[str, str] = {}
    locatie: Locatie | None = None
    documenten: tuple[DocumentGegevens, ...] = ()
    herkomst: dict[str, str] = {}
    nummer: str = ""
    nummerstand: Nummerstand = Nummerstand.GEVRAAGD
    stand: Conceptstand = Conceptstand.OPEN
    reden: str = ""
    bezwaren: tuple[Bezwaar, ...] = ()
    zaak: str = ""  # uuid, once it is made
    eerdere: tuple[str, ...] = ()  # commands that were to make it and did not
    contactopdracht: str = ""  # the command that registers the contact
    is_apart: bool = False

    @property
    def verwijzing(self) -> Zaakverwijzing:
        """The zaak as a vraag names it, also before the register has it."""
        return Zaakverwijzing(self.zaak, self.nummer, self.naam, self.opdracht)

    def is_named_by(self, zaak: Zaakverwijzing) -> bool:
        """Whether it is this zaak that is named, by whichever of the commands that were to make it."""
        return zaak.opdracht in (self.opdracht, *self.eerdere)

    @property
    def is_under_way(self) -> bool:
        """Whether it was sent and what becomes of it comes by itself."""
        return self.stand is Conceptstand.VERSTUURD and not self.is_apart

    @property
    def is_ingetrokken(self) -> bool:
        """Whether it was refused because of its zaaktype: it goes on under another."""
        return any(al.code == INGETROKKEN for al in self.bezwaren)

    def again(self) -> Zaakconcept:
        """To be made by another command: an outcome is for good, and what was taken back does not come back."""
        eerdere = (*self.eerdere, self.opdracht)
        return msgspec.structs.replace(self, opdracht=new_id(), eerdere=eerdere, is_apart=False)

    def waarden(self, eigenschap: str) -> tuple[str, ...]:
        """What was answered to one eigenschap."""
        return tuple(al.waarde for al in self.eigenschappen if al.eigenschap == eigenschap)


def answered_anew(oud: Zaakconcept, nieuw: Zaakconcept, *velden: str) -> Zaakconcept:
    """What the backend had against a field says nothing of what stands in it now: gone for these, and for whatever
    else changed."""

    def is_gone(veld: str) -> bool:
        naam, _, rest = veld.partition(".")
        if naam == "eigenschappen":
            return rest in velden or oud.waarden(rest) != nieuw.waarden(rest)
        return naam in velden or (naam in nieuw.__struct_fields__ and getattr(oud, naam) != getattr(nieuw, naam))

    return msgspec.structs.replace(nieuw, bezwaren=tuple(al for al in nieuw.bezwaren if not is_gone(al.veld)))
