"""Customers and contacts made through the API, in as few words as a test needs."""

from __future__ import annotations

from typing import Any

import httpx

from tests.contract.klantinteracties.spec import API

Json = dict[str, Any]
CONTACT: Json = {"kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False}
BSN = "999990639"


def identificator(soort: str, value: str) -> Json:
    """The four parts of an identificator of this kind."""
    objecttype = {"bsn": "natuurlijk_persoon", "vestigingsnummer": "vestiging"}.get(soort, "niet_natuurlijk_persoon")
    return {
        "codeObjecttype": objecttype,
        "codeSoortObjectId": soort,
        "objectId": value,
        "codeRegister": "brp" if soort == "bsn" else "hr",
    }


async def post(client: httpx.AsyncClient, resource: str, body: Json) -> Json:
    """Make an object; the answer must be 201."""
    answer = await client.post(f"{API}/{resource}", json=body)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


async def make_persoon(client: httpx.AsyncClient, bsn: str = "", achternaam: str = "Test") -> str:
    """A person; its uuid."""
    body: Json = {
        "soortPartij": "persoon",
        "indicatieActief": True,
        "partijIdentificatie": {"contactnaam": {"voornaam": "Jan", "achternaam": achternaam}},
    }
    if bsn:
        body["partijIdentificatoren"] = [{"partijIdentificator": identificator("bsn", bsn)}]
    return str((await post(client, "partijen", body))["uuid"])


async def make_klantcontact(client: httpx.AsyncClient, partij: str = "", **fields: Any) -> Json:
    """A klantcontact with the partij as its betrokkene; the answer of maak-klantcontact."""
    betrokkene: Json = {"rol": "klant", "initiator": True}
    if partij:
        betrokkene["wasPartij"] = {"uuid": partij}
    return await post(client, "maak-klantcontact", {"klantcontact": {**CONTACT, **fields}, "betrokkene": betrokkene})
