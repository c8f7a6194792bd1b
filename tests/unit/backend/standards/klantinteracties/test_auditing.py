"""Whoever an answer shows in full is in the trail, also where the question named another customer."""

from __future__ import annotations

from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, bedrijf, contact, persoon


async def test_a_customer_shown_beside_the_one_asked_for_is_in_the_trail(backend: Backend) -> None:
    client = await backend.client_for("tic")
    made = await client.post(URL, json=contact(backend.klok(), klant=persoon(), namens=bedrijf()))
    asked = made.json()["resultaat"]["partij"]
    path = f"/klantinteracties/api/v1/klantcontacten?hadBetrokkene__wasPartij__uuid={asked}"
    answer = await client.get(f"{path}&expand=hadBetrokkenen.wasPartij")
    betrokkenen = answer.json()["results"][0]["_expand"]["hadBetrokkenen"]
    shown = {one["_expand"]["wasPartij"]["uuid"] for one in betrokkenen}
    assert len(shown) == 2
    auditor = await backend.client_for("auditor", naam="Auditor")
    for partij in shown:
        trail = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "partij", "waarde": partij})
        assert "geraadpleegd" in {line["handeling"] for line in trail.json()["regels"]}
