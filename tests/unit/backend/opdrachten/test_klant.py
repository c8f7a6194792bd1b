"""Customers are changed without overwriting a colleague, and registered where no register knows them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from kcs_desktop.backend.standards.klantinteracties.register import EmbeddedKlantinteracties
from kcs_desktop.backend.standards.klantinteracties.tables import DigitaalAdres
from kcs_desktop.domain.uuid7 import new_id
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import URL, bedrijf, found, persoon, registratie, wijziging

NUMBER = {"soort": "telefoonnummer", "adres": "+31612345678", "standaard": True}


async def change(backend: Backend, **fields: Any) -> dict[str, Any]:
    client = await backend.client_for("tic")
    answer = await client.post(URL, json=wijziging(backend.klok(), persoon(), **fields))
    assert answer.status_code == 201, answer.text
    outcome: dict[str, Any] = answer.json()
    return outcome


async def test_a_first_number_makes_the_partij_and_becomes_its_preferred_address(backend: Backend) -> None:
    outcome = await change(backend, adressen=[{"wordt": NUMBER}])
    assert outcome["stand"] == "geslaagd", outcome
    (adres,) = await found(backend, "digitaleadressen")
    (partij,) = await found(backend, "partijen")
    assert adres["isStandaardAdres"] is True
    assert partij["voorkeursDigitaalAdres"]["uuid"] == adres["uuid"]


async def test_a_change_of_what_a_colleague_changed_is_a_conflict_and_writes_nothing(backend: Backend) -> None:
    await change(backend, adressen=[{"wordt": NUMBER}])
    (adres,) = await found(backend, "digitaleadressen")
    seen = {**NUMBER, "uuid": adres["uuid"]}
    await change(backend, adressen=[{"gezien": seen, "wordt": {**seen, "adres": "+31687654321"}}])
    outcome = await change(
        backend,
        adressen=[{"gezien": seen, "wordt": {**seen, "adres": "+31611111111"}}],
        velden=[{"veld": "voorkeurskanaal", "gezien": "", "wordt": "email"}],
    )
    assert (outcome["stand"], outcome["fout"]["code"]) == ("geweigerd", "conflict")
    assert outcome["fout"]["gezien"]["adressen.0"]["adres"] == "+31612345678"
    assert outcome["fout"]["huidig"]["adressen.0"]["adres"] == "+31687654321"
    assert [item["adres"] for item in await found(backend, "digitaleadressen")] == ["+31687654321"]
    client = await backend.client_for("tic")
    uuid = (await found(backend, "partijen"))[0]["uuid"]
    assert (await client.get(f"/kcs/api/v1/klanten/{uuid}/voorkeur")).json()["voorkeurskanaal"] == ""


async def test_the_same_change_by_two_colleagues_is_no_conflict(backend: Backend) -> None:
    await change(backend, adressen=[{"wordt": NUMBER}])
    (adres,) = await found(backend, "digitaleadressen")
    seen = {**NUMBER, "uuid": adres["uuid"]}
    for _ in range(2):
        outcome = await change(backend, adressen=[{"gezien": seen, "wordt": {**seen, "adres": "+31687654321"}}])
        assert outcome["stand"] == "geslaagd", outcome
    for _ in range(2):
        outcome = await change(backend, adressen=[{"gezien": {**seen, "adres": "+31687654321"}}])
        assert outcome["stand"] == "geslaagd", outcome
    assert await found(backend, "digitaleadressen") == []


async def test_a_new_standard_number_takes_the_place_of_the_old_one(backend: Backend) -> None:
    await change(backend, adressen=[{"wordt": NUMBER}])
    (adres,) = await found(backend, "digitaleadressen")
    seen = {**NUMBER, "uuid": adres["uuid"]}
    new = {**NUMBER, "adres": "+31687654321"}
    outcome = await change(backend, adressen=[{"wordt": new}, {"gezien": seen, "wordt": {**seen, "standaard": False}}])
    assert outcome["stand"] == "geslaagd", outcome
    standing = {item["adres"]: item["isStandaardAdres"] for item in await found(backend, "digitaleadressen")}
    assert standing == {"+31612345678": False, "+31687654321": True}


async def test_fields_of_a_partij_and_its_preferred_channel_are_written(backend: Backend) -> None:
    outcome = await change(
        backend,
        velden=[
            {"veld": "voorkeurskanaal", "gezien": "", "wordt": "email"},
            {"veld": "voorkeurstaal", "gezien": "", "wordt": "eng"},
            {"veld": "interneNotitie", "gezien": "", "wordt": "Slechthorend"},
            {"veld": "bezoekadres", "gezien": "", "wordt": "Kade 1\n8711 AA Workum"},
        ],
    )
    assert outcome["stand"] == "geslaagd", outcome
    client = await backend.client_for("tic")
    preferred = await client.get(f"/kcs/api/v1/klanten/{outcome['resultaat']['partij']}/voorkeur")
    assert preferred.json()["voorkeurskanaal"] == "email"
    (partij,) = await found(backend, "partijen")
    assert (partij["voorkeurstaal"], partij["interneNotitie"]) == ("eng", "Slechthorend")
    assert partij["bezoekadres"]["adresregel2"] == "8711 AA Workum"


async def test_a_contact_person_works_for_its_company(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = registratie(
        backend.klok(),
        soort="contactpersoon",
        voornaam="Eva",
        achternaam="Duin",
        werkt_voor=bedrijf()["sleutel"],
        digitale_adressen=[{"soort": "email", "adres": "Eva@Duin.example"}],
    )
    answer = await client.post(URL, json=body)
    assert answer.json()["stand"] == "geslaagd", answer.text
    company = (await found(backend, "partijen", soortPartij="organisatie"))[0]
    person = (await found(backend, "partijen", soortPartij="contactpersoon"))[0]
    assert person["partijIdentificatie"]["werkteVoorPartij"]["uuid"] == company["uuid"]


async def test_a_person_without_number_represents_another(backend: Backend) -> None:
    client = await backend.client_for("tic")
    body = registratie(
        backend.klok(),
        soort="persoon",
        achternaam="Jansen",
        vertegenwoordigt=persoon()["sleutel"],
        adresregels=["Kade 1"],
    )
    answer = await client.post(URL, json=body)
    assert answer.json()["stand"] == "geslaagd", answer.text
    (link,) = await found(backend, "vertegenwoordigingen")
    assert link["vertegenwoordigendePartij"]["uuid"] == answer.json()["resultaat"]["partij"]


async def test_another_name_goes_with_the_kind_and_the_employer_and_an_address_with_its_country(
    backend: Backend,
) -> None:
    client = await backend.client_for("tic")
    body = registratie(
        backend.klok(), soort="contactpersoon", voornaam="Eva", achternaam="Duin", werkt_voor=bedrijf()["sleutel"]
    )
    uuid = (await client.post(URL, json=body)).json()["resultaat"]["partij"]
    async with backend.db.write() as unit:
        adres = {"bezoekadres": {"adresregel1": "Kade 1", "adresregel2": "Brugge", "land": "BE"}}
        await EmbeddedKlantinteracties().change(unit, "partijen", uuid, adres)
    klant = {"sleutel": {"soort": "contactpersoon", "partij": uuid}, "naam": "Eva Duin"}
    velden = [
        {"veld": "naam", "gezien": "Eva Duin", "wordt": "Eva de Boer"},
        {"veld": "bezoekadres", "gezien": "Kade 1\nBrugge", "wordt": "Kade 2"},
    ]
    answer = await client.post(URL, json=wijziging(backend.klok(), klant, velden=velden))
    assert answer.json()["stand"] == "geslaagd", answer.text
    (company,) = await found(backend, "partijen", soortPartij="organisatie")
    (person,) = await found(backend, "partijen", soortPartij="contactpersoon")
    assert person["partijIdentificatie"]["volledigeNaam"] == "Eva de Boer"
    assert person["partijIdentificatie"]["werkteVoorPartij"]["uuid"] == company["uuid"]
    kept = {naam: person["bezoekadres"][naam] for naam in ("adresregel1", "adresregel2", "land")}
    assert kept == {"adresregel1": "Kade 2", "adresregel2": "", "land": "BE"}


async def test_a_number_that_the_standard_takes_for_none_is_kept_and_changed_as_any_other(backend: Backend) -> None:
    service = {"soort": "telefoonnummer", "adres": "14 0515"}
    outcome = await change(backend, adressen=[{"wordt": service}])
    assert outcome["stand"] == "geslaagd", outcome
    (adres,) = await found(backend, "digitaleadressen")
    assert (adres["soortDigitaalAdres"], adres["adres"]) == ("overig", "140515")
    seen = {"soort": "telefoonnummer", "adres": "140515", "uuid": adres["uuid"]}
    outcome = await change(backend, adressen=[{"gezien": seen, "wordt": {**seen, "adres": "0515123456"}}])
    assert outcome["stand"] == "geslaagd", outcome
    (adres,) = await found(backend, "digitaleadressen")
    assert (adres["soortDigitaalAdres"], adres["adres"]) == ("telefoonnummer", "+31515123456")


async def test_a_service_number_that_stands_as_a_telephone_number_changes_with_its_kind(backend: Backend) -> None:
    """As another program, or a version before, put it there."""
    await change(backend, adressen=[{"wordt": {"soort": "telefoonnummer", "adres": "0800 1234"}}])
    async with backend.db.write() as unit:
        await unit.session.execute(update(DigitaalAdres).values(soort_digitaal_adres="telefoonnummer"))
    (adres,) = await found(backend, "digitaleadressen")
    assert adres["soortDigitaalAdres"] == "telefoonnummer"
    seen = {"soort": "telefoonnummer", "adres": adres["adres"], "uuid": adres["uuid"]}
    outcome = await change(backend, adressen=[{"gezien": seen, "wordt": {**seen, "adres": "0900 1234"}}])
    assert outcome["stand"] == "geslaagd", outcome
    (adres,) = await found(backend, "digitaleadressen")
    assert (adres["soortDigitaalAdres"], adres["adres"]) == ("overig", "09001234")


async def test_a_refused_look_at_the_preference_is_in_the_trail(backend: Backend) -> None:
    partij = new_id()
    floormanager = await backend.client_for("floormanager")
    assert (await floormanager.get(f"/kcs/api/v1/klanten/{partij}/voorkeur")).status_code == 403
    auditor = await backend.client_for("auditor", naam="Auditor")
    answer = await auditor.post("/kcs/api/v1/audit/zoeken", json={"soort": "partij", "waarde": partij})
    assert [(line["gelukt"], line["reden"]) for line in answer.json()["regels"]] == [(False, "geen-recht")]
