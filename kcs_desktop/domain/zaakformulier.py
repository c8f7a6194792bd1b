"""The form of a zaaktype: what is asked, what is filled in already, and what is wrong with an answer. Pure.

A value is written as the Zaken API wants it: 20261224 for a date, 20261224140500 for a moment, 12,5 for a number.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from kcs_desktop.domain.klant import Bronstand
from kcs_desktop.domain.zaaktype import Documenttype


class Veldsoort(StrEnum):
    """How a field is asked."""

    TEKST = "tekst"
    TEKSTVAK = "tekstvak"  # text of more than one line
    GETAL = "getal"
    DATUM = "datum"
    DATUM_TIJD = "datum_tijd"
    KEUZE = "keuze"


class Formulierveld(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question. `id` is the uuid of its eigenschap; `problems` names it `eigenschappen.<id>`.

    `lengte` is in characters, or digits before the comma (0: no bound); `meer`: it may be answered more than once.
    """

    id: str
    naam: str
    vraag: str
    soort: Veldsoort = Veldsoort.TEKST
    uitleg: str = ""
    groep: str = ""
    verplicht: bool = False
    lengte: int = 0
    decimalen: int = 0
    keuzes: tuple[str, ...] = ()
    meer: bool = False
    opmerking: str = ""  # of a format that is not known: it is asked as plain text


class Zaakformulier(msgspec.Struct, frozen=True, omit_defaults=True):
    """`stand` is LAADT while the catalogue is being read, and FOUT with `melding` where that failed."""

    zaaktype: str
    naam: str = ""
    velden: tuple[Formulierveld, ...] = ()
    met_locatie: bool = False
    documenttypen: tuple[Documenttype, ...] = ()
    eerste_status: str = ""  # what the citizen reads then
    doorlooptijd: str = ""  # ISO duration by law
    formeel_verzoek: bool = False  # a confirmation of receipt is made by itself
    stand: Bronstand = Bronstand.KLAAR
    melding: str = ""

    def veld(self, naam: str) -> Formulierveld | None:
        """By its id, or by the name of its eigenschap in any case."""
        klein = naam.lower()
        return next((veld for veld in self.velden if veld.id == naam or veld.naam.lower() == klein), None)
