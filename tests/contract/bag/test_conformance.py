"""Every answer of the embedded BAG is what its shipped description says, on both databases."""

from __future__ import annotations

from typing import Any

import httpx
import jsonschema_rs
import pytest
import yaml
from schemathesis import openapi
from schemathesis.generation import GenerationMode

from kcs_desktop.backend.proefgemeente.adressen import straten
from kcs_desktop.backend.proefgemeente.personen import Inwoners
from kcs_desktop.backend.standards.bag.opslag import store
from kcs_desktop.domain.rechten import Recht
from tests.contract.bag.beschrijving import ADRES, ADRESSEN, API, BESCHRIJVING, ZOEK, check
from tests.contract.verzonnen import BOTH, made_up
from tests.harness.backend import Backend


@pytest.fixture
async def client(backend: Backend) -> httpx.AsyncClient:
    async with backend.db.write() as unit:
        await store(unit.session, straten(Inwoners().all()))
    return await backend.client_for("snelbalie")


async def _get(client: httpx.AsyncClient, path: str, **vraag: Any) -> Any:
    antwoord = await client.get(f"{API}{path}", params=vraag)
    assert antwoord.status_code == 200, antwoord.text
    check(path, 200, antwoord.json())
    return antwoord.json()


async def _typed(client: httpx.AsyncClient, tekst: str) -> list[str]:
    gevonden = (await _get(client, ZOEK, zoek=tekst))["_embedded"]["zoekresultaten"]
    return [rij["omschrijving"] for rij in gevonden]


@pytest.mark.parametrize(
    ("getypt", "eerste"),
    [
        ("schelp", "Schelpenlaan 1, 9999 ZZ Proefdam"),
        ("Schelpenlaan 14", "Schelpenlaan 14, 9999 ZZ Proefdam"),
        ("proefdam schelpen 14", "Schelpenlaan 14, 9999 ZZ Proefdam"),
        ("9999zz 12", "Schelpenlaan 12, 9999 ZZ Proefdam"),
        ("9999 ZC", "Strandweg 1, 9999 ZC Proefdam"),
        ("Burgemeester Proefstraat 3", "Burgemeester Proefstraat 3, 9997 YA Proefdam"),
        ("1e Dwars", None),
        ("' or 1=1 --", None),
        ("%", None),
    ],
)
async def test_an_address_is_found_while_it_is_typed(client: httpx.AsyncClient, getypt: str, eerste: str) -> None:
    gevonden = await _typed(client, getypt)
    assert (gevonden[0] if gevonden else None) == eerste


async def test_a_number_half_typed_finds_those_that_begin_with_it_and_the_exact_one_first(
    client: httpx.AsyncClient,
) -> None:
    gevonden = await _typed(client, "Schelpenlaan 1")
    nummers = [regel.removeprefix("Schelpenlaan ").partition(",")[0] for regel in gevonden]
    assert nummers[0] == "1"
    assert {"10", "12", "19"} <= set(nummers)
    assert not [nummer for nummer in nummers if not nummer.startswith("1")]


async def test_a_result_leads_to_the_whole_address_with_its_point(client: httpx.AsyncClient) -> None:
    for rij in (await _get(client, ZOEK, zoek="Wulpweg 20"))["_embedded"]["zoekresultaten"]:
        antwoord = await client.get(rij["_links"]["adres"]["href"])
        check(ADRESSEN, 200, antwoord.json())
        (adres,) = antwoord.json()["_embedded"]["adressen"]
        assert rij["omschrijving"].startswith(f"{adres['openbareRuimteNaam']} {adres['huisnummer']}")
        assert adres["adresseerbaarObjectGeometrie"]["punt"]["coordinates"][0] > 60_000
        zelf = await client.get(adres["_links"]["self"]["href"])
        check(ADRES, 200, zelf.json())
        assert zelf.json() == adres


async def test_every_address_of_a_resident_is_found_by_the_id_that_the_brp_names(client: httpx.AsyncClient) -> None:
    for mens in Inwoners().all()[:40]:
        verblijf = mens["verblijfplaats"]
        if "postcode" not in verblijf:
            continue
        gevonden = await _get(client, ADRESSEN, postcode=verblijf["postcode"], huisnummer=verblijf["huisnummer"])
        ids = {rij["nummeraanduidingIdentificatie"] for rij in gevonden["_embedded"]["adressen"]}
        assert ids
        straat = {rij["openbareRuimteNaam"] for rij in gevonden["_embedded"]["adressen"]}
        assert straat == {verblijf["straat"]}


async def test_pages_follow_each_other_without_gaps_or_doubles(client: httpx.AsyncClient) -> None:
    antwoord = await _get(client, ZOEK, zoek="Schelpenlaan", pageSize=25)
    gezien = [rij["identificatie"] for rij in antwoord["_embedded"]["zoekresultaten"]]
    while volgende := antwoord["_links"].get("next"):
        antwoord = (await client.get(volgende["href"])).json()
        check(ZOEK, 200, antwoord)
        gezien += [rij["identificatie"] for rij in antwoord["_embedded"]["zoekresultaten"]]
    assert len(gezien) == len(set(gezien)) >= 60


@pytest.mark.parametrize(
    ("path", "vraag", "naam"),
    [
        (ZOEK, {}, "zoek"),
        (ZOEK, {"zoek": " "}, "zoek"),
        (ZOEK, {"zoek": "x" * 10_000}, "zoek"),
        (ZOEK, {"zoek": "a\x00b"}, "zoek"),
        (ZOEK, {"zoek": "x", "bestaatniet": "1"}, "bestaatniet"),
        (ADRESSEN, {}, "postcode"),
        (ADRESSEN, {"postcode": "9999ZZ"}, "postcode"),
        (ADRESSEN, {"postcode": "0123AB", "huisnummer": "1"}, "postcode"),
        (ADRESSEN, {"postcode": "9999ZZ", "huisnummer": "0"}, "huisnummer"),
        (ADRESSEN, {"zoekresultaatIdentificatie": "x", "pageSize": "101"}, "pageSize"),
    ],
)
async def test_a_wrong_parameter_is_named(backend: Backend, path: str, vraag: dict[str, str], naam: str) -> None:
    medewerker = await backend.client_for("snelbalie")
    antwoord = await medewerker.get(f"{API}{path}", params=vraag)
    assert antwoord.status_code == 400
    check(path, 400, antwoord.json())
    assert naam in {param["name"] for param in antwoord.json()["invalidParams"]}


@pytest.mark.parametrize("identificatie", ["9999200000999999", "x", "%00"])
async def test_what_is_not_there_is_told(backend: Backend, identificatie: str) -> None:
    medewerker = await backend.client_for("snelbalie")
    antwoord = await medewerker.get(f"{API}/adressen/{identificatie}")
    assert antwoord.status_code == 404
    check(ADRES, 404, antwoord.json())


async def test_who_works_with_zaken_may_ask_and_others_not(backend: Backend) -> None:
    zonder_recht = await backend.application(crm=Recht.RAADPLEGEN)
    met_zaken = await backend.application("Meldingen", zaken=Recht.RAADPLEGEN)
    for client, status in ((backend.client(), 401), (zonder_recht, 403), (met_zaken, 200)):
        antwoord = await client.get(f"{API}{ZOEK}", params={"zoek": "schelp"})
        assert antwoord.status_code == status
        check(ZOEK, status, antwoord.json())


async def test_the_description_is_served_without_sign_in(backend: Backend) -> None:
    antwoord = await backend.client().get(f"{API}/openapi.yaml")
    assert antwoord.status_code == 200
    assert yaml.safe_load(antwoord.content) == BESCHRIJVING.document


@pytest.mark.timeout(120)
async def test_made_up_requests_get_an_answer_of_the_description(client: httpx.AsyncClient) -> None:
    schema = openapi.from_dict(BESCHRIJVING.document)
    wrong: list[str] = []
    seen: set[tuple[str, int]] = set()
    for path in (ADRESSEN, ZOEK, ADRES):
        for mode in BOTH:
            for case in made_up(schema[path]["GET"], mode, 15):
                good = case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE
                where = case.formatted_path.removeprefix(API)
                if path == ADRES and good:
                    where = "/adressen/9999200000000001"
                query = {str(k): _text(v) for k, v in (case.query or {}).items()}
                answer = await client.get(f"{API}{where}", params=query)
                if answer.status_code not in {200, 400, 404}:
                    wrong.append(f"{answer.url}: {answer.status_code} {answer.text[:200]}")
                    continue
                seen.add((path, answer.status_code))
                try:
                    asked = path if answer.status_code != 404 else ADRES
                    check(asked, answer.status_code, answer.json())
                except jsonschema_rs.ValidationError as error:
                    wrong.append(f"{answer.url}: {answer.status_code} {error.message[:200]}")
    assert wrong == []
    assert {(ADRESSEN, 400), (ZOEK, 200), (ADRES, 200)} <= seen


def _text(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one).lower() if isinstance(one, bool) else str(one) for one in values]
