"""A look at one person that tells about another is found under that other too."""

from __future__ import annotations

import pytest

from kcs_desktop.backend.laad.brp import store
from tests.harness.backend import Backend

PERSONEN = "/brp/haalcentraal/api/brp/personen"
OUDER, KIND, PARTNER = "999990019", "999990020", "999990032"
BRON = {
    "burgerservicenummer": OUDER,
    "naam": {"voornamen": "Johanna", "geslachtsnaam": "Bakker"},
    "geboorte": {"datum": "19650207"},
    "kinderen": [{"burgerservicenummer": KIND, "naam": {"voornamen": "Dora", "geslachtsnaam": "Bakker"}}],
    "partners": [{"burgerservicenummer": PARTNER, "naam": {"voornamen": "Piet", "geslachtsnaam": "Jansen"}}],
}


async def _found_under(backend: Backend, bsn: str) -> list[tuple[str, str]]:
    auditor = await backend.client_for("auditor")
    trail = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "bsn", "waarde": bsn})
    return [(r["handeling"], r["onderwerp"]) for r in trail.json()["regels"] if r["handeling"] == "geraadpleegd"]


@pytest.mark.parametrize(
    ("fields", "verteld"),
    [
        (["naam"], {OUDER}),
        (["naam", "kinderen"], {OUDER, KIND}),
        (["partners.naam"], {OUDER, PARTNER}),
        (["partners.burgerservicenummer", "kinderen.naam.voornamen"], {OUDER, KIND, PARTNER}),
        (["partners.ontbindingHuwelijkPartnerschap"], {OUDER}),
    ],
)
async def test_who_is_told_of_is_in_the_trail(backend: Backend, fields: list[str], verteld: set[str]) -> None:
    async with backend.db.write() as unit:
        await store(unit, [BRON])
    vraag = {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": [OUDER], "fields": fields}
    antwoord = await (await backend.client_for("snelbalie")).post(PERSONEN, json=vraag)
    assert antwoord.status_code == 200, antwoord.text
    for bsn in (OUDER, KIND, PARTNER):
        assert await _found_under(backend, bsn) == ([("geraadpleegd", OUDER)] if bsn in verteld else [])
