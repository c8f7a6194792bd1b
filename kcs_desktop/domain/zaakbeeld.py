"""What a seat shows of zaken: one with all that belongs to it, and lists of them."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from kcs_desktop.domain.klant import Bron, Bronstand, Contactregel, KlantSleutel
from kcs_desktop.domain.zaak import Zaak, Zaakregel, Zaakverwijzing

ZAKEN, CONTACTEN, DOCUMENTEN = "zaken", "klantinteracties", "documenten"  # sources of the picture


class Zaakdocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document of the dossier, as a list shows it. `omvang` is in bytes."""

    uuid: str
    titel: str
    bestandsnaam: str = ""
    formaat: str = ""
    omvang: int = 0
    creatiedatum: date | None = None
    vertrouwelijkheid: str = ""


class Zaakbeeld(msgspec.Struct, frozen=True, omit_defaults=True):
    """One zaak on screen. Parts arrive one by one; `bronnen` says which have, and how old they are.

    `rollen` are the roles in which it was read: a sign-in without one of them may be allowed less.
    """

    verwijzing: Zaakverwijzing
    zaak: Zaak | None = None
    contacten: tuple[Contactregel, ...] = ()
    contacten_totaal: int = 0
    documenten: tuple[Zaakdocument, ...] = ()
    gekoppeld: tuple[Zaakregel, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    rollen: tuple[str, ...] = ()
    bijgewerkt_op: datetime | None = None

    def bron(self, naam: str) -> Bron:
        """The state of one source; WACHT when it was never asked."""
        return next((b for b in self.bronnen if b.naam == naam), Bron(naam, Bronstand.WACHT))


class Zaakvraag(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which zaken a list holds; what is empty narrows nothing. `nummer` is a part of the identificatie.

    `plaats` is a point, as (longitude, latitude): the zaken within some steps of it.
    `termijn_na` and `termijn_voor` bound the day on which they must be done at the latest, neither included.
    """

    nummer: str = ""
    klant: KlantSleutel | None = None
    zaaktype: str = ""  # its omschrijving
    behandelaar: str = ""  # account name
    van: date | None = None  # startdatum, both included
    tot: date | None = None
    alleen_open: bool = False
    alleen_afgerond: bool = False
    statustype: str = ""  # its address
    termijn_na: date | None = None
    termijn_voor: date | None = None
    plaats: tuple[float, float] | None = None

    @property
    def is_leeg(self) -> bool:
        return self == Zaakvraag()


class Zaaktreffers(msgspec.Struct, frozen=True):
    """Zaken with this part of a number: those kept at this seat first, then those of the register; latest first."""

    nummer: str
    regels: tuple[Zaakregel, ...] = ()
    bron: Bron = Bron(ZAKEN, Bronstand.LAADT)
    heeft_meer: bool = False

    def within(self, nummer: str) -> tuple[Zaakregel, ...]:
        """Those that have this number too, while the answer to it is under way."""
        deel = nummer.strip().casefold()
        return tuple(regel for regel in self.regels if deel in regel.verwijzing.identificatie.casefold())


class Zaakpagina(msgspec.Struct, frozen=True):
    """One page of a list; `totaal` is the register's own count, which may be an estimate from below.

    `ontbreekt` are the sources that did not answer, where the list is of several.
    """

    regels: tuple[Zaakregel, ...]
    totaal: int
    is_laatste: bool
    ontbreekt: tuple[str, ...] = ()
