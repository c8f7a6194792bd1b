"""What is filled in for a new zaak, as a draft keeps it and a command carries it."""

from __future__ import annotations

from datetime import date

import msgspec

MAX_OMSCHRIJVING = 80  # of the Zaken API
MAX_TOELICHTING = 1000


class Eigenschapwaarde(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One answer, to the eigenschap with this uuid; one that may be given more often has as many."""

    eigenschap: str
    waarde: str


class Locatie(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where it is: an address, a point (WGS 84), or both. `toelichting` says where on the spot.

    `bag` is the identification of the nummeraanduiding, where the address was found in the BAG.
    """

    straat: str = ""
    huisnummer: int = 0
    huisletter: str = ""
    toevoeging: str = ""
    postcode: str = ""
    woonplaats: str = ""
    bag: str = ""
    lon: float | None = None
    lat: float | None = None
    toelichting: str = ""

    @property
    def is_leeg(self) -> bool:
        return self == Locatie()

    @property
    def is_adres(self) -> bool:
        """Whether it is enough of an address for a register to hold it as one."""
        return bool(self.straat and self.huisnummer and self.woonplaats)

    @property
    def tekst(self) -> str:
        """On one line, as people say it: "Schelpenlaan 12a, Proefdam, bij de speeltuin"."""
        nummer = f"{self.huisnummer or ''}{self.huisletter}{f'-{self.toevoeging}' if self.toevoeging else ''}"
        adres = " ".join(filter(None, (self.straat, nummer)))
        return ", ".join(filter(None, (adres, self.woonplaats, self.toelichting)))


class DocumentGegevens(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A document to be made of a file that the backend has received under the id `bestand`."""

    bestand: str
    naam: str
    titel: str
    informatieobjecttype: str  # uuid
    vertrouwelijkheidaanduiding: str = ""
    beschrijving: str = ""
    ontvangstdatum: date | None = None
