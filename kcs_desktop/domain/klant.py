"""The customer: how one is named in the registers, and the picture of one that a seat shows.

Nouns follow Klantinteracties (Partij, DigitaalAdres, Vertegenwoordiging), BRP Personen and the Handelsregister.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec

from kcs_desktop.domain.zaak import Zaakregel


class SoortKlant(StrEnum):
    """`soortPartij` of Klantinteracties."""

    PERSOON = "persoon"
    ORGANISATIE = "organisatie"
    CONTACTPERSOON = "contactpersoon"


class KlantSleutel(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything by which the registers know one customer. At least one of the keys is filled.

    `partij` is the uuid in Klantinteracties; absent while the register does not know the customer yet.
    """

    soort: SoortKlant
    partij: str = ""
    bsn: str = ""
    kvk_nummer: str = ""
    vestigingsnummer: str = ""
    rsin: str = ""

    @property
    def identificator(self) -> tuple[str, str]:
        """(codeSoortObjectId, objectId) of `partijIdentificator`, the narrowest there is; ("", "") where only the
        partij is known."""
        for soort, waarde in (
            ("bsn", self.bsn),
            ("vestigingsnummer", self.vestigingsnummer),
            ("kvk_nummer", self.kvk_nummer),
            ("rsin", self.rsin),
        ):
            if waarde:
                return soort, waarde
        return "", ""


class Klantverwijzing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A customer as a contact carries one: keys and the name to show."""

    sleutel: KlantSleutel
    naam: str


class SoortDigitaalAdres(StrEnum):
    """`soortDigitaalAdres` of Klantinteracties."""

    EMAIL = "email"
    TELEFOONNUMMER = "telefoonnummer"
    OVERIG = "overig"


class DigitaalAdres(msgspec.Struct, frozen=True, omit_defaults=True):
    """`uuid` is empty until the register confirmed it; `standaard` marks the preferred one of its kind."""

    soort: SoortDigitaalAdres
    adres: str
    uuid: str = ""
    omschrijving: str = ""
    standaard: bool = False


class Persoonsgegevens(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the BRP says. Dates are ISO, or shorter where the BRP knows only a year or a month; "" is unknown."""

    bsn: str
    naam: str
    aanschrijfnaam: str = ""
    geboortedatum: str = ""
    geboorteplaats: str = ""
    leeftijd: int | None = None
    geslacht: str = ""
    adresregels: tuple[str, ...] = ()
    gemeente: str = ""
    geheimhouding: bool = False
    overleden: bool = False
    overlijdensdatum: str = ""
    in_onderzoek: bool = False


class Bedrijfsgegevens(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the Handelsregister says."""

    kvk_nummer: str
    naam: str
    vestigingsnummer: str = ""
    rsin: str = ""
    rechtsvorm: str = ""
    adresregels: tuple[str, ...] = ()
    hoofdactiviteit: str = ""
    hoofdvestiging: bool = True
    beeindigd: bool = False
    handelsnamen: tuple[str, ...] = ()


class Contactregel(msgspec.Struct, frozen=True, omit_defaults=True):
    """One klantcontact in the history of a customer. `resultaat`, `product` and `afdeling` come from its metadata."""

    uuid: str
    onderwerp: str
    kanaal: str
    plaatsgevonden_op: datetime | None = None
    nummer: str = ""
    inhoud: str = ""
    resultaat: str = ""
    product: str = ""
    afdeling: str = ""
    medewerker: str = ""
    gelukt: bool | None = None
    opdracht: str = ""  # id of the waiting command while the register has not confirmed it


class Terugbelnotitie(msgspec.Struct, frozen=True, omit_defaults=True):
    """An internetaak, seen from the customer. `status`: te_verwerken or verwerkt.

    `actoren` are who has it, by uuid, where the register does not say their names with it.
    """

    uuid: str
    gevraagde_handeling: str
    status: str
    klantcontact: str = ""
    nummer: str = ""
    toelichting: str = ""
    toegewezen_aan: tuple[str, ...] = ()
    actoren: tuple[str, ...] = ()
    toegewezen_op: datetime | None = None
    afgehandeld_op: datetime | None = None
    opdracht: str = ""

    @property
    def is_open(self) -> bool:
        return self.status != "verwerkt"


class Relatiesoort(StrEnum):
    """How the other customer stands to this one."""

    HANDELT_NAMENS = "handelt_namens"  # this customer acts for the other
    VERTEGENWOORDIGD_DOOR = "vertegenwoordigd_door"  # the other acts for this customer
    WERKT_VOOR = "werkt_voor"  # contact person of
    CONTACTPERSOON = "contactpersoon"  # the other is a contact person of this one


class Relatie(msgspec.Struct, frozen=True):
    """A customer that this one acts for, works for, or is represented by."""

    soort: Relatiesoort
    klant: Klantverwijzing


class Bronstand(StrEnum):
    """State of one source of a customer picture or a search."""

    WACHT = "wacht"  # not asked yet
    LAADT = "laadt"
    KLAAR = "klaar"
    FOUT = "fout"  # `melding` says what happened
    NIET_GEVRAAGD = "niet_gevraagd"  # `melding` says why: no right, or the register cannot answer this


class Bron(msgspec.Struct, frozen=True, omit_defaults=True):
    """One source: `naam` is brp, kvk, klantinteracties, zaken, documenten, crm or eigen (the seat's own store)."""

    naam: str
    stand: Bronstand
    melding: str = ""
    opgehaald_op: datetime | None = None
    uit_cache: bool = False


class Klantbeeld(msgspec.Struct, frozen=True, omit_defaults=True):
    """The customer picture. Parts arrive one by one; `bronnen` says which have, and how old they are.

    `contacten` holds the pages read so far, newest first, `zaken` the first page, open ones first; `contacten_totaal`
    and `zaken_totaal` are the registers' own counts, so that a list is never silently cut. `zaken_rollen` are the roles
    in which they were read: a sign-in without one of them may be allowed less.
    """

    sleutel: KlantSleutel
    naam: str
    persoon: Persoonsgegevens | None = None
    bedrijf: Bedrijfsgegevens | None = None
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    voorkeurskanaal: str = ""
    voorkeurstaal: str = ""
    contacten: tuple[Contactregel, ...] = ()
    contacten_totaal: int = 0
    terugbelnotities: tuple[Terugbelnotitie, ...] = ()
    relaties: tuple[Relatie, ...] = ()
    zaken: tuple[Zaakregel, ...] = ()
    zaken_totaal: int = 0
    zaken_rollen: tuple[str, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    wachtende_wijzigingen: tuple[str, ...] = ()  # fields whose change waits for confirmation
    geheimhouding_partij: bool = False  # indicatieGeheimhouding of the partij itself
    interne_notitie: str = ""
    bezoekadres: tuple[str, ...] = ()
    bijgewerkt_op: datetime | None = None

    @property
    def geheimhouding(self) -> bool:
        return self.geheimhouding_partij or (self.persoon is not None and self.persoon.geheimhouding)

    def bron(self, naam: str) -> Bron:
        """The state of one source; WACHT when it was never asked."""
        return next((b for b in self.bronnen if b.naam == naam), Bron(naam, Bronstand.WACHT))
