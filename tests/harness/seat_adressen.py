"""Addresses for the fake seats: a few of Proefdam, at once."""

from __future__ import annotations

from kcs_desktop.domain.adresvoorstel import with_streets
from kcs_desktop.sdk import Adresantwoord, Adresvoorstel, Locatie, locatie_from

BEKEND = tuple(
    Adresvoorstel(regel, f"adres-{plek}", locatie_from(regel))
    for plek, regel in enumerate(
        (
            "Schelpenlaan 12, 9999 ZZ Proefdam",
            "Schelpenlaan 14, 9999 ZZ Proefdam",
            "Schelpenlaan 14A, 9999 ZZ Proefdam",
            "Strandweg 3, 9999 ZC Proefdam",
        )
    )
)


class FakeAdressen:
    """`melding`, when set, is what every question gets instead; `gevraagd` is what was asked."""

    def __init__(self) -> None:
        self.melding = ""
        self.gevraagd: list[str] = []

    async def find(self, tekst: str) -> Adresantwoord:
        self.gevraagd.append(tekst)
        if self.melding or len(tekst) < 3:
            return Adresantwoord(melding=self.melding)
        found = tuple(al for al in BEKEND if al.omschrijving.lower().startswith(tekst.lower()))
        return Adresantwoord(with_streets(tekst, found))

    async def resolve(self, voorstel: Adresvoorstel) -> Locatie:
        return voorstel.locatie
