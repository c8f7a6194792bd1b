"""A command beside another client that writes to the register itself: nothing overwritten, nothing refused for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.domain.rechten import Recht
from tests.harness.backend import Backend
from tests.harness.wachtenden import until_waiting
from tests.unit.backend.opdrachten.bouwen import BSN, URL, contact, found, persoon, wijziging

ROOT = "/klantinteracties/api/v1"
REGISTER = EmbeddedKlantinteracties()
NUMBER = {"soort": "telefoonnummer", "adres": "+31612345678", "standaard": True}
EMPTY: dict[str, Any] = {
    "soortPartij": "persoon",
    "indicatieActief": True,
    "digitaleAdressen": [],
    "voorkeursDigitaalAdres": None,
    "rekeningnummers": [],
    "voorkeursRekeningnummer": None,
}


async def given_while(
    backend: Backend, body: dict[str, Any], write: Callable[[UnitOfWork], Awaitable[object]]
) -> dict[str, Any]:
    """The outcome of a command that is given while another writer has written and not yet committed."""
    client = await backend.client_for("tic")
    async with backend.db.write() as unit:
        await write(unit)
        given = asyncio.create_task(client.post(URL, json=body))
        await until_waiting(backend.db)
    answer = await given
    assert answer.status_code == 201, answer.text
    outcome: dict[str, Any] = answer.json()
    return outcome


async def made_partij(backend: Backend) -> str:
    client = await backend.client_for("tic")
    body = wijziging(backend.klok(), persoon(), adressen=[{"wordt": NUMBER}])
    outcome = (await client.post(URL, json=body)).json()
    assert outcome["stand"] == "geslaagd", outcome
    return str(outcome["resultaat"]["partij"])


async def test_a_field_that_another_client_changes_meanwhile_is_a_conflict(backend: Backend) -> None:
    partij = await made_partij(backend)
    velden = [{"veld": "interneNotitie", "gezien": "", "wordt": "van de medewerker"}]
    outcome = await given_while(
        backend,
        wijziging(backend.klok(), persoon(), velden=velden),
        lambda unit: REGISTER.change(unit, "partijen", partij, {"interneNotitie": "van de website"}),
    )
    assert (outcome["stand"], outcome["fout"].get("code")) == ("geweigerd", "conflict")
    assert outcome["fout"]["huidig"] == {"interneNotitie": "van de website"}
    assert [one["interneNotitie"] for one in await found(backend, "partijen")] == ["van de website"]


async def test_an_address_that_another_client_changes_meanwhile_is_a_conflict(backend: Backend) -> None:
    await made_partij(backend)
    (adres,) = await found(backend, "digitaleadressen")
    seen = {**NUMBER, "uuid": adres["uuid"]}
    outcome = await given_while(
        backend,
        wijziging(backend.klok(), persoon(), adressen=[{"gezien": seen, "wordt": {**seen, "adres": "+31611111111"}}]),
        lambda unit: REGISTER.change(unit, "digitaleadressen", adres["uuid"], {"adres": "+31687654321"}),
    )
    assert (outcome["stand"], outcome["fout"].get("code")) == ("geweigerd", "conflict")
    assert [one["adres"] for one in await found(backend, "digitaleadressen")] == ["+31687654321"]


async def test_a_customer_that_another_client_registers_meanwhile_is_the_customer(backend: Backend) -> None:
    number = {"codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp", "codeSoortObjectId": "bsn"}
    body = {**EMPTY, "partijIdentificatoren": [{"partijIdentificator": {**number, "objectId": BSN}}]}
    outcome = await given_while(
        backend,
        contact(backend.klok(), klant=persoon()),
        lambda unit: REGISTER.create(unit, "partijen", body),
    )
    assert outcome["stand"] == "geslaagd", outcome
    (partij,) = await found(backend, "partijen")
    assert outcome["resultaat"]["partij"] == partij["uuid"]


async def test_of_standard_addresses_given_at_once_the_last_is_the_standard(backend: Backend) -> None:
    partij = await made_partij(backend)
    website = await backend.application(crm=Recht.WIJZIGEN)
    body = {
        "verstrektDoorPartij": {"uuid": partij},
        "verstrektDoorBetrokkene": None,
        "soortDigitaalAdres": "email",
        "omschrijving": "",
        "isStandaardAdres": True,
    }
    answers = await asyncio.gather(
        *(website.post(f"{ROOT}/digitaleadressen", json={**body, "adres": f"a{i}@example.nl"}) for i in range(8))
    )
    assert [answer.status_code for answer in answers] == [201] * 8, [answer.text for answer in answers]
    made = [one for one in await found(backend, "digitaleadressen") if one["soortDigitaalAdres"] == "email"]
    assert (len(made), sum(one["isStandaardAdres"] for one in made)) == (8, 1)
