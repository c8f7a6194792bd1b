"""The query set: what an employee types, and which customer must be among the first.

`vragen.jsonl` holds it, one query a line; `python -m tests.zoekvragen.maak` writes it anew. What is expected is said in
facts, because a name that hundreds bear has hundreds of right answers: {"achternaam": "Jansen", "voornaam": "Sanne"}.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from kcs_desktop.domain.tekst import fold
from kcs_desktop.search.document import Document
from kcs_desktop.search.sleutels import company_names, name_words, phone_key, street_key, words

FILE = Path(__file__).with_name("vragen.jsonl")


class Vraag(msgspec.Struct, frozen=True, omit_defaults=True):
    """`verwacht` is what the right customer is; none at all where nothing may be found.

    `nr` and `bedrijf` name the customers of the population that the query was made from.
    """

    soort: str
    tekst: str
    verwacht: dict[str, str] = {}
    nr: int | None = None
    bedrijf: int | None = None

    def is_right(self, document: Document) -> bool:
        """Whether this customer is what was meant."""
        return all(_FACTS[feit](document, waarde) for feit, waarde in self.verwacht.items())

    def place(self, gevonden: Sequence[Document]) -> int | None:
        """Where in the list the first right one stands, from 1; None where there is none.

        A query that may find nothing is right at 1 when the list is empty.
        """
        if not self.verwacht:
            return None if gevonden else 1
        return next((plek for plek, document in enumerate(gevonden, 1) if self.is_right(document)), None)


def read_vragen() -> list[Vraag]:
    """The whole set, in the order of the file."""
    return [msgspec.json.decode(regel, type=Vraag) for regel in FILE.read_bytes().splitlines()]


def begins(document: Document, begin: str) -> bool:
    """Whether a word of the name, or the street, begins with this."""
    bekend = [*words(f"{document.voornamen} {document.geslachtsnaam}"), street_key(document.straat)]
    for naam in company_names(document):
        bekend += words(naam)
    return any(woord.startswith(fold(begin)) for woord in bekend)


def _surname(document: Document, naam: str) -> bool:
    """One of the surnames, where several are right they are given with a slash."""
    eigen = name_words(document.geslachtsnaam)
    return any(set(name_words(keuze)) <= set(eigen) for keuze in naam.split("/"))


_FACTS: dict[str, Callable[[Document, str], bool]] = {
    "begint": begins,
    "achternaam": _surname,
    "voornaam": lambda document, naam: set(words(naam)) <= set(words(document.voornamen)),
    "geboren": lambda document, iso: document.geboortedatum.startswith(iso),
    "straat": lambda document, straat: street_key(document.straat) == street_key(straat),
    "straatdeel": lambda document, woord: fold(woord) in words(document.straat),
    "huis": lambda document, huis: huis.lower() == f"{document.huisnummer}{document.huisletter}".lower(),
    "postcode": lambda document, postcode: document.postcode == postcode,
    "plaats": lambda document, plaats: fold(document.plaats) == fold(plaats),
    "telefoon": lambda document, nummer: nummer in [phone_key(telefoon) for telefoon in document.telefoonnummers],
    "email": lambda document, email: email in document.emails,
    "bsn": lambda document, bsn: document.bsn == bsn,
    "kvk": lambda document, nummer: document.kvk_nummer == nummer,
    "handelsnaam": lambda document, naam: any(set(words(naam)) <= set(words(een)) for een in company_names(document)),
}
