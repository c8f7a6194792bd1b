"""What is indexed of one customer, and what a search gives back. Whatever is not known stays empty."""

from __future__ import annotations

import msgspec

from kcs_desktop.domain import weergave
from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.postcode import display_postcode
from kcs_desktop.domain.telefoonnummer import display_telefoonnummer
from kcs_desktop.domain.zoeken import Treffer


class Document(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One customer. `id` is the owner's key (a partij's uuid, "brp:<bsn>" …), at most 64 characters.

    `naam` is what is shown; telephone numbers and addresses are given as the register has them.
    """

    id: str
    soort: SoortKlant
    naam: str
    voornamen: str = ""
    voorvoegsel: str = ""
    geslachtsnaam: str = ""
    handelsnamen: tuple[str, ...] = ()
    partij: str = ""
    bsn: str = ""
    kvk_nummer: str = ""
    vestigingsnummer: str = ""
    rsin: str = ""
    telefoonnummers: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    geboortedatum: str = ""  # ISO, shorter where not wholly known
    straat: str = ""
    huisnummer: int | None = None
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    plaats: str = ""
    geheimhouding: bool = False
    overleden: bool = False

    @property
    def sleutel(self) -> KlantSleutel:
        return KlantSleutel(self.soort, self.partij, self.bsn, self.kvk_nummer, self.vestigingsnummer, rsin=self.rsin)

    @property
    def omschrijving(self) -> str:
        """The second line of a hit: birth date or KvK number, then the address or the first digital address."""
        nummer = f"{self.huisnummer or ''}{self.huisletter}" + (f"-{self.toevoeging}" if self.toevoeging else "")
        plaats = " ".join(deel for deel in (display_postcode(self.postcode), self.plaats) if deel)
        adres = ", ".join(deel for deel in (f"{self.straat} {nummer}".strip(), plaats) if deel)
        begin = weergave.datum(self.geboortedatum) if self.geboortedatum else ""
        if self.kvk_nummer:
            begin = f"KvK {self.kvk_nummer}"
        nummers = tuple(display_telefoonnummer(telefoon) for telefoon in self.telefoonnummers)
        digitaal = next(iter((*nummers, *self.emails)), "")
        return " · ".join(deel for deel in (begin, adres or digitaal) if deel)


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A document found. `score` runs from 0 to 100; `exact`: a complete key was matched."""

    document: Document
    score: float
    waarom: str
    exact: bool = False

    def treffer(self, bron: str) -> Treffer:
        """The hit as the window shows it."""
        document = self.document
        return Treffer(
            klant=Klantverwijzing(document.sleutel, document.naam),
            bron=bron,
            omschrijving=document.omschrijving,
            score=round(self.score, 1),
            waarom=self.waarom,
            exact=self.exact,
            geheimhouding=document.geheimhouding,
            overleden=document.overleden,
        )
