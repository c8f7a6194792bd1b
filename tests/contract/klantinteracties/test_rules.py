"""Rights, audit lines, events and rules of the register, through the API, on both databases."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from sqlalchemy import select

from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.backend.db.unit import UnitOfWork
from kcs_desktop.domain.rechten import Recht
from tests.contract.klantinteracties.fixtures import (
    BSN,
    CONTACT,
    identificator,
    make_klantcontact,
    make_persoon,
    post,
)
from tests.contract.klantinteracties.spec import API
from tests.harness.backend import Backend


async def _taak(client: httpx.AsyncClient, klantcontact: str, **fields: str) -> httpx.Response:
    body = {
        "gevraagdeHandeling": "Bel terug",
        "aanleidinggevendKlantcontact": {"uuid": klantcontact},
        "toegewezenAanActoren": [],
        "status": "te_verwerken",
        **fields,
    }
    return await client.post(f"{API}/internetaken", json=body)


async def test_rights_to_read_do_not_give_rights_to_write(backend: Backend) -> None:
    reader = await backend.application("Lezer", crm=Recht.RAADPLEGEN)
    assert (await reader.get(f"{API}/klantcontacten")).status_code == 200
    assert (await reader.post(f"{API}/klantcontacten", json=CONTACT)).status_code == 403


async def test_callback_notes_have_a_right_of_their_own(backend: Backend) -> None:
    website = await backend.application("Website", crm=Recht.WIJZIGEN)
    made = await make_klantcontact(website)
    uuid = made["klantcontact"]["uuid"]
    assert (await _taak(website, uuid)).status_code == 403
    assert (await website.get(f"{API}/internetaken")).status_code == 403
    history = {"expand": "leiddeTotInterneTaken"}
    assert (await website.get(f"{API}/klantcontacten", params=history)).status_code == 403
    employee = await backend.client_for("snelbalie")
    assert (await _taak(employee, uuid)).status_code == 201
    planner = await backend.application("Planner", terugbelnotities=Recht.WIJZIGEN)
    assert (await planner.get(f"{API}/internetaken")).status_code == 403, "they tell of customers"
    assert (await _taak(planner, uuid)).status_code == 403
    sees = await backend.application("Ziet klanten", terugbelnotities=Recht.WIJZIGEN, crm=Recht.RAADPLEGEN)
    assert (await _taak(sees, uuid)).status_code == 201
    reads = await backend.application("Leest", terugbelnotities=Recht.RAADPLEGEN, crm=Recht.WIJZIGEN)
    assert (await reads.get(f"{API}/internetaken")).status_code == 200
    assert (await _taak(reads, uuid)).status_code == 403


async def test_who_has_no_right_at_all_or_no_sign_in_reads_nothing(backend: Backend) -> None:
    auditor = await backend.client_for("auditor")
    assert (await auditor.get(f"{API}/partijen")).status_code == 403
    assert (await backend.client().get(f"{API}/partijen")).status_code == 401


async def test_a_look_and_a_refused_look_are_both_in_the_trail(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    partij = await make_persoon(client, BSN)
    await client.get(f"{API}/partijen/{partij}")
    auditor = await backend.client_for("auditor", naam="Ada")
    assert (await auditor.get(f"{API}/partijen/{partij}")).status_code == 403

    async with backend.db.read() as session:
        query = select(AuditregelRow).where(AuditregelRow.onderwerp == partij, AuditregelRow.bron != "")
        rows = (await session.scalars(query)).all()
    seen = sorted((row.handeling, row.gelukt, BSN in row.sleutels) for row in rows)
    assert seen == [("geraadpleegd", False, True), ("geraadpleegd", True, True), ("geregistreerd", True, True)]


async def test_every_mutation_announces_the_partij_it_concerns_and_a_refused_one_nothing(backend: Backend) -> None:
    heard: list[tuple[str, str, tuple[str, ...]]] = []

    def listen(unit: UnitOfWork) -> None:
        heard.extend((change.soort, change.handeling, change.onderwerpen) for change in unit.wijzigingen)

    backend.db.after_commit.append(listen)
    client = await backend.client_for("snelbalie")
    partij = await make_persoon(client, BSN)
    adres = {"adres": "0612345678", "soortDigitaalAdres": "telefoonnummer", "verstrektDoorPartij": {"uuid": partij}}
    made = await post(client, "digitaleadressen", adres)
    await client.patch(f"{API}/digitaleadressen/{made['uuid']}", json={"adres": "0687654321"})
    refused = await client.patch(f"{API}/digitaleadressen/{made['uuid']}", json={"adres": "geen nummer"})
    await client.delete(f"{API}/digitaleadressen/{made['uuid']}")

    assert refused.status_code == 400
    of_adres = [(handeling, onderwerpen) for soort, handeling, onderwerpen in heard if soort == "digitaaladres"]
    assert of_adres == [("gemaakt", (partij,)), ("gewijzigd", (partij,)), ("verwijderd", (partij,))]
    assert ("partij", "gemaakt", (partij,)) in heard


@pytest.mark.parametrize("text", [rb'"a\ud800b"', rb'"\udc00"', rb'"a\u0000b"', rb'"a\u0007b"', b'"a\xffb"', b'"a'])
async def test_text_that_is_no_text_is_a_clear_400(backend: Backend, text: bytes) -> None:
    client = await backend.client_for("snelbalie")
    body = b'{"kanaal":"chat","taal":"nld","vertrouwelijk":false,"onderwerp":' + text + b"}"
    headers = {"Content-Type": "application/json"}
    answer = await client.post(f"{API}/klantcontacten", content=body, headers=headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["code"]
    assert (await client.get(f"{API}/klantcontacten")).json()["count"] == 0


async def test_a_finished_task_gets_its_moment_and_loses_it_when_it_is_opened_again(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    contact = (await make_klantcontact(client))["klantcontact"]["uuid"]
    taak = (await _taak(client, contact)).json()
    assert taak["afgehandeldOp"] is None
    address = f"{API}/internetaken/{taak['uuid']}"
    done = (await client.patch(address, json={"status": "verwerkt"})).json()
    assert done["afgehandeldOp"] == backend.klok.now.isoformat().replace("+00:00", "Z")
    assert (await client.patch(address, json={"status": "te_verwerken"})).json()["afgehandeldOp"] is None


async def test_an_establishment_hangs_under_its_kvk_number_and_is_found_by_it(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    firm = {"soortPartij": "organisatie", "indicatieActief": True, "partijIdentificatie": {"naam": "Bakker BV"}}
    head = await post(
        client,
        "partijen",
        {**firm, "partijIdentificatoren": [{"partijIdentificator": identificator("kvk_nummer", "90001354")}]},
    )
    parent = head["partijIdentificatoren"][0]["uuid"]
    vestiging = identificator("vestigingsnummer", "000012345678")
    loose = await client.post(
        f"{API}/partijen", json={**firm, "partijIdentificatoren": [{"partijIdentificator": vestiging}]}
    )
    assert loose.status_code == 400
    nested = {"partijIdentificator": vestiging, "subIdentificatorVan": {"uuid": parent}}
    shop = await post(client, "partijen", {**firm, "partijIdentificatoren": [nested]})

    query = {"subIdentificatorVan__codeSoortObjectId": "kvk_nummer", "subIdentificatorVan__objectId": "90001354"}
    found = (await client.get(f"{API}/partijen", params=query)).json()
    assert [item["uuid"] for item in found["results"]] == [shop["uuid"]]
    assert (await client.delete(f"{API}/partij-identificatoren/{parent}")).status_code in {400, 409}


async def test_two_writers_with_one_bsn_make_one_partij(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    body = {
        "soortPartij": "persoon",
        "indicatieActief": True,
        "partijIdentificatoren": [{"partijIdentificator": identificator("bsn", BSN)}],
    }
    answers = await asyncio.gather(*(client.post(f"{API}/partijen", json=body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201, 400, 400, 400, 400]
    assert (await client.get(f"{API}/partijen")).json()["count"] == 1


async def test_what_is_deleted_is_gone_with_its_parts_and_a_second_time_unknown(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await make_klantcontact(client, await make_persoon(client))
    address = f"{API}/klantcontacten/{made['klantcontact']['uuid']}"
    assert (await client.delete(address)).status_code == 204
    assert (await client.get(address)).status_code == 404
    assert (await client.get(f"{API}/betrokkenen/{made['betrokkene']['uuid']}")).status_code == 404
    assert (await client.delete(address)).status_code == 404
    assert (await client.get(f"{API}/partijen")).json()["count"] == 1


async def test_an_address_whose_kind_is_sent_again_stays_the_standard_one(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    adres = {
        "adres": "0612345678",
        "soortDigitaalAdres": "telefoonnummer",
        "isStandaardAdres": True,
        "verstrektDoorPartij": {"uuid": await make_persoon(client, BSN)},
    }
    made = await post(client, "digitaleadressen", adres)
    address = f"{API}/digitaleadressen/{made['uuid']}"
    changed = (await client.patch(address, json={"adres": "0687654321", "soortDigitaalAdres": "telefoonnummer"})).json()
    assert changed["isStandaardAdres"] is True
    assert (await client.get(address)).json()["isStandaardAdres"] is True
