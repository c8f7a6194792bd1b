"""Every answer of the embedded Handelsregister is what its shipped description says, on both databases."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import yaml

from kcs_desktop.backend.proefgemeente.bedrijven import PROEFDUIN, bedrijven
from kcs_desktop.backend.standards.kvk.opslag import store
from kcs_desktop.domain.rechten import Recht
from tests.contract.kvk.beschrijving import API, BASIS, BESCHRIJVING, VESTIGING, ZOEKEN, check
from tests.harness.backend import Backend


@pytest.fixture
async def client(backend: Backend) -> httpx.AsyncClient:
    async with backend.db.write() as unit:
        await store(unit.session, bedrijven())
    return await backend.client_for("snelbalie")


async def _zoek(client: httpx.AsyncClient, **vraag: Any) -> Any:
    antwoord = await client.get(f"{API}/v2/zoeken", params=vraag)
    check(ZOEKEN, antwoord.status_code, antwoord.json())
    assert antwoord.status_code == 200, antwoord.text
    return antwoord.json()


async def test_every_company_and_establishment_answers_as_described(client: httpx.AsyncClient) -> None:
    for bedrijf in bedrijven():
        profiel = await client.get(f"{API}/v1/basisprofielen/{bedrijf.kvkNummer}")
        assert profiel.status_code == 200
        check(BASIS, 200, profiel.json())
        gevonden = await _zoek(client, kvkNummer=bedrijf.kvkNummer, inclusiefInactieveRegistraties="true")
        assert {r["kvkNummer"] for r in gevonden["resultaten"]} == {bedrijf.kvkNummer}
        for vestiging in bedrijf.vestigingen:
            profiel = await client.get(f"{API}/v1/vestigingsprofielen/{vestiging.vestigingsnummer}")
            assert profiel.status_code == 200
            check(VESTIGING, 200, profiel.json())


async def test_a_company_is_found_by_words_of_its_name_in_any_order(client: httpx.AsyncClient) -> None:
    for naam in ("Bakkerij Proefduin", "proefduin bakk", "PROEFDUIN"):
        assert PROEFDUIN in {r["kvkNummer"] for r in (await _zoek(client, naam=naam))["resultaten"]}, naam


async def test_pages_follow_each_other_without_gaps_or_doubles(client: httpx.AsyncClient) -> None:
    antwoord = await _zoek(client, plaats="Proefdam", resultatenPerPagina=25)
    gezien = [r["links"] for r in antwoord["resultaten"]]
    while volgende := antwoord.get("volgende"):
        antwoord = (await client.get(volgende)).json()
        check(ZOEKEN, 200, antwoord)
        gezien += [r["links"] for r in antwoord["resultaten"]]
    assert len(gezien) == antwoord["totaal"] > 60


@pytest.mark.parametrize(
    ("vraag", "naam"),
    [
        ({}, "naam"),
        ({"kvkNummer": "1234567"}, "kvkNummer"),
        ({"naam": " "}, "naam"),
        ({"naam": "x" * 10_000}, "naam"),
        ({"naam": "a\x00b"}, "naam"),
        ({"naam": "x", "bestaatniet": "1"}, "bestaatniet"),
        ({"naam": "x", "type": "filiaal"}, "type"),
        ({"naam": "x", "pagina": "0"}, "pagina"),
        ({"naam": "x", "resultatenPerPagina": "101"}, "resultatenPerPagina"),
        ({"naam": "x", "huisnummer": "1"}, "huisnummer"),
        ({"postcode": "0123AB"}, "postcode"),
    ],
)
async def test_a_wrong_parameter_is_named(backend: Backend, vraag: dict[str, str], naam: str) -> None:
    medewerker = await backend.client_for("snelbalie")
    antwoord = await medewerker.get(f"{API}/v2/zoeken", params=vraag)
    assert antwoord.status_code == 400
    check(ZOEKEN, 400, antwoord.json())
    assert antwoord.json()["fout"][0]["omschrijving"].startswith(f"{naam}:")


@pytest.mark.parametrize(
    ("path", "adres", "juist"),
    [
        (BASIS, "basisprofielen/99999999", 404),
        (BASIS, "basisprofielen/x", 400),
        (VESTIGING, "vestigingsprofielen/999999999999", 404),
        (VESTIGING, "vestigingsprofielen/%00", 400),
    ],
)
async def test_what_is_not_there_or_no_number_is_told(backend: Backend, path: str, adres: str, juist: int) -> None:
    medewerker = await backend.client_for("snelbalie")
    antwoord = await medewerker.get(f"{API}/v1/{adres}")
    assert antwoord.status_code == juist
    check(path, juist, antwoord.json())
    if juist == 404:
        assert antwoord.json()["fout"][0]["code"] == "IPD5200"


async def test_who_may_not_ask_is_told_so(backend: Backend) -> None:
    zonder_recht = await backend.application(crm=Recht.RAADPLEGEN)
    for client, status in ((backend.client(), 401), (zonder_recht, 403)):
        antwoord = await client.get(f"{API}/v2/zoeken", params={"naam": "bakker"})
        assert antwoord.status_code == status
        check(ZOEKEN, status, antwoord.json())


async def test_the_description_is_served_without_sign_in(backend: Backend) -> None:
    antwoord = await backend.client().get(f"{API}/openapi.yaml")
    assert antwoord.status_code == 200
    assert yaml.safe_load(antwoord.content) == BESCHRIJVING.document
