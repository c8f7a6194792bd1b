"""What a search is: the recognised question, the hits, and how far each source is."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from kcs_desktop.domain.klant import Bron, Klantverwijzing

_MOBIEL = "+316"


class Soortvraag(StrEnum):
    """What the typed text was recognised as."""

    BSN = "bsn"
    KVK_NUMMER = "kvk_nummer"
    VESTIGINGSNUMMER = "vestigingsnummer"
    RSIN = "rsin"
    TELEFOONNUMMER = "telefoonnummer"
    EMAIL = "email"
    POSTCODE = "postcode"  # with or without house number
    ADRES = "adres"  # street and house number
    GEBOORTEDATUM = "geboortedatum"
    NAAM_EN_GEBOORTEDATUM = "naam_en_geboortedatum"
    NAAM = "naam"  # a person's or a company's
    LEEG = "leeg"


class Zoekvraag(msgspec.Struct, frozen=True, omit_defaults=True):
    """One reading of the text. `is_volledig`: a complete question the base registers may be asked on Enter.

    `uitleg` is the Dutch line under the field ("BSN · Enter zoekt in de BRP"); `fout` says what is wrong with what was
    typed ("Dit is geen geldig BSN: de controle klopt niet."). Number fields are normalised, `geboortedatum` is ISO.
    """

    tekst: str
    soort: Soortvraag
    uitleg: str = ""
    fout: str = ""
    is_volledig: bool = False
    bsn: str = ""
    kvk_nummer: str = ""
    vestigingsnummer: str = ""
    rsin: str = ""
    telefoonnummer: str = ""
    email: str = ""
    postcode: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    toevoeging: str = ""
    straat: str = ""
    plaats: str = ""
    geboortedatum: str = ""
    naam: str = ""
    voornamen: str = ""
    voorvoegsel: str = ""
    geslachtsnaam: str = ""

    @property
    def beller(self) -> str:
        """The telephone number that a contact can start from; "" where it would be one only with a 0 put before it,
        other than that of a mobile."""
        is_typed = self.soort is Soortvraag.TELEFOONNUMMER or self.telefoonnummer.startswith(_MOBIEL)
        return self.telefoonnummer if is_typed else ""


class Treffer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One customer found. `bron` is eigen, crm, brp or kvk; `waarom` explains the place in the list."""

    klant: Klantverwijzing
    bron: str
    omschrijving: str = ""  # birth date and address, or KvK number and place
    score: float = 0.0
    waarom: str = ""
    exact: bool = False  # matched a complete key
    geheimhouding: bool = False
    overleden: bool = False


class Zoekresultaat(msgspec.Struct, frozen=True, omit_defaults=True):
    """Hits so far, merged over the sources (one customer once), best first."""

    vraag: Zoekvraag
    treffers: tuple[Treffer, ...] = ()
    bronnen: tuple[Bron, ...] = ()
    enige_exacte: Klantverwijzing | None = None  # set after Enter when one complete exact key gave one hit
