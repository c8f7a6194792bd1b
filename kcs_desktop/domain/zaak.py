"""A zaak as a seat shows one: the line in a list, and the whole of it.

Nouns follow the Zaken API (Zaak, Status, Rol, Resultaat, Zaakeigenschap).
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from kcs_desktop.domain.termijn import Termijn, termijn_of
from kcs_desktop.domain.zaakgegevens import Locatie


class Zaakverwijzing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A zaak as something else names one: the number to say, and what kind of zaak it is.

    One that is still to be made has no uuid but the command that makes it, and a number where one was reserved.
    """

    uuid: str
    identificatie: str
    zaaktype: str = ""  # its omschrijving
    opdracht: str = ""


class Zaakregel(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of a list. `status` is the current one, in the words for the citizen where the catalogue has those."""

    verwijzing: Zaakverwijzing
    omschrijving: str = ""
    status: str = ""
    startdatum: date | None = None
    einddatum: date | None = None
    uiterlijk: date | None = None
    opgeschort: bool = False
    resultaat: str = ""
    vertrouwelijkheid: str = ""
    stap: int = 0  # which step of the zaaktype the status is, from 1; 0 where that is not known
    stappen: int = 0

    @property
    def is_open(self) -> bool:
        return self.einddatum is None

    def termijn(self, vandaag: date) -> Termijn:
        """How it stands against its term today."""
        return termijn_of(self.uiterlijk, vandaag, einddatum=self.einddatum, opgeschort=self.opgeschort)


class Statusstap(msgspec.Struct, frozen=True, omit_defaults=True):
    """A step of the zaaktype. `gezet_op` is empty for one the zaak has not reached."""

    naam: str
    volgnummer: int = 0
    burgertekst: str = ""
    gezet_op: datetime | None = None
    toelichting: str = ""
    is_huidig: bool = False


class Zaakrol(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who has to do with it. `generiek` is initiator, behandelaar …; the numbers are those that are known."""

    naam: str
    omschrijving: str = ""
    generiek: str = ""
    soort: str = ""  # natuurlijk_persoon, niet_natuurlijk_persoon, vestiging, organisatorische_eenheid, medewerker
    bsn: str = ""
    kvk_nummer: str = ""
    vestigingsnummer: str = ""
    rsin: str = ""
    toelichting: str = ""


class Zaakeigenschap(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was filled in. `formaat` is that of the catalogue: tekst, getal, datum or datum_tijd; "" where it is not
    known."""

    naam: str
    waarde: str
    formaat: str = ""


class Zaak(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything of one zaak that the register gives at once; documents come by their own call."""

    regel: Zaakregel
    url: str = ""
    zaaktype_url: str = ""
    toelichting: str = ""
    registratiedatum: date | None = None
    opschorting_reden: str = ""
    verlenging_reden: str = ""
    stappen: tuple[Statusstap, ...] = ()  # in the order of the zaaktype
    rollen: tuple[Zaakrol, ...] = ()
    eigenschappen: tuple[Zaakeigenschap, ...] = ()
    locatie: Locatie | None = None
    hoofdzaak: str = ""  # uuids
    deelzaken: tuple[str, ...] = ()
    gerelateerd: tuple[str, ...] = ()
    aard: dict[str, str] = {}  # of those: vervolg, onderwerp, bijdrage, or how else they belong together

    @property
    def gekoppeld(self) -> tuple[str, ...]:
        """Every other zaak that belongs to it, once."""
        return tuple(dict.fromkeys(al for al in (self.hoofdzaak, *self.deelzaken, *self.gerelateerd) if al))

    @property
    def initiator(self) -> Zaakrol | None:
        return next((rol for rol in self.rollen if rol.generiek == "initiator"), None)

    @property
    def behandelaar(self) -> Zaakrol | None:
        return next((rol for rol in self.rollen if rol.generiek == "behandelaar"), None)

    @property
    def statusgeschiedenis(self) -> tuple[Statusstap, ...]:
        """The steps that were taken, newest first."""
        gezet = [(stap.gezet_op, stap) for stap in self.stappen if stap.gezet_op is not None]
        return tuple(stap for _, stap in sorted(gezet, key=lambda paar: paar[0], reverse=True))
