"""Callback notes as seats and other programs make them, for the tests of this folder."""

from __future__ import annotations

from typing import Any

import httpx

from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, contact, opdracht, persoon, vraag

LIJST = "/kcs/api/v1/terugbelnotities"
TAKEN = "/klantinteracties/api/v1/internetaken"
KLANTCONTACTEN = "/klantinteracties/api/v1/klantcontacten"
NUMMER = "+31612345678"


async def give(client: httpx.AsyncClient, backend: Backend, soort: str, notitie: str, **fields: Any) -> httpx.Response:
    """A command about a note, as its outcome."""
    gegevens = {"type": f"terugbelnotitie.{soort}", "notitie": notitie, **fields}
    if soort in {"poging", "afhandelen"}:
        gegevens.setdefault("op", backend.klok().isoformat())
        gegevens.setdefault("resultaat", "gesproken")
    return await client.post(URL, json=opdracht(backend.klok(), gegevens))


async def make_note(client: httpx.AsyncClient, backend: Backend, **verzoek: Any) -> str:
    """Register a contact with a callback request; the uuid of its internetaak."""
    wanted = {
        "afdeling": "Burgerzaken",
        "telefoonnummer": NUMMER,
        "gevraagde_handeling": "Bel over paspoort",
        **verzoek,
    }
    body = contact(backend.klok(), vraag(resultaat="contactverzoek", terugbelverzoek=wanted), klant=persoon())
    answer = await client.post(URL, json=body)
    assert answer.json()["stand"] == "geslaagd", answer.text
    return str(answer.json()["resultaat"]["internetaken"][0])


async def listed(client: httpx.AsyncClient, lijst: str, status: str = "open", pagina: int = 1) -> dict[str, Any]:
    answer = await client.get(LIJST, params={"lijst": lijst, "status": status, "pagina": pagina})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def note(client: httpx.AsyncClient, uuid: str, lijst: str = "alle", status: str = "open") -> dict[str, Any]:
    """This note as the list shows it."""
    return next(taak for taak in (await listed(client, lijst, status))["taken"] if taak["uuid"] == uuid)
