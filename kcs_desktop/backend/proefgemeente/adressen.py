"""The streets and addresses of Proefdam: those of its residents, and the houses between them. It lies in the sea."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.proefgemeente.lot import table
from kcs_desktop.backend.proefgemeente.personen import Bron
from kcs_desktop.backend.standards.bag.opslag import Adres, Straat
from kcs_desktop.backend.standards.bag.opslag import store as store_all

HUIZEN = 60  # to a street, beside those that residents live in
WOONPLAATS, WOONPLAATSCODE = "Proefdam", "9999"
_WEST, _ZUID = 64_000.0, 502_000.0  # metres of the Rijksdriehoek
_TUSSEN_STRATEN, _TUSSEN_HUIZEN = 120.0, 8.0
_Nummer = tuple[int, str, str]


async def store(unit: UnitOfWork, mensen: Sequence[Bron]) -> None:
    """Write them all."""
    await store_all(unit.session, straten(mensen))


def straten(mensen: Sequence[Bron]) -> list[Straat]:
    """Every street with its houses, the same every time."""
    bewoond = _lived_in(mensen)
    gemaakt = []
    for plek, rij in enumerate(table("straten")):
        naam = rij["straat"]
        nummers: dict[_Nummer, tuple[str, str]] = {(nummer, "", ""): ("", "") for nummer in range(1, HUIZEN + 1)}
        nummers |= bewoond[naam]
        y = _ZUID + plek * _TUSSEN_STRATEN
        adressen = tuple(
            Adres(
                identificatie or f"9999209{plek:02d}{nummer[0]:07d}",
                nummer[0],
                rij["postcode"],
                verblijf or f"9999019{plek:02d}{nummer[0]:07d}",
                _WEST + nummer[0] * _TUSSEN_HUIZEN,
                y + (10.0 if nummer[0] % 2 else -10.0),  # even numbers on one side
                nummer[1],
                nummer[2],
            )
            for nummer, (identificatie, verblijf) in sorted(nummers.items())
        )
        midden = _WEST + HUIZEN * _TUSSEN_HUIZEN / 2
        straat = Straat(f"999930{plek + 1:010d}", naam, WOONPLAATS, WOONPLAATSCODE, midden, y, adressen)
        gemaakt.append(straat)
    return gemaakt


def _lived_in(mensen: Sequence[Bron]) -> Mapping[str, dict[_Nummer, tuple[str, str]]]:
    """Per street the numbers with the ids that the BRP names; the first of two that are the same."""
    gevonden: dict[str, dict[_Nummer, tuple[str, str]]] = defaultdict(dict)
    for mens in mensen:
        verblijf = mens.get("verblijfplaats") or {}
        if straat := verblijf.get("straat"):
            nummer = (
                int(verblijf["huisnummer"]),
                verblijf.get("huisletter", ""),
                verblijf.get("huisnummertoevoeging", ""),
            )
            ids = verblijf["nummeraanduidingIdentificatie"], verblijf["adresseerbaarObjectIdentificatie"]
            gevonden[straat].setdefault(nummer, ids)
    return gevonden
