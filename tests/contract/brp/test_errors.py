"""Whatever is wrong with a question: the error that the specification names, in its shape."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kcs_desktop.backend.laad.brp import store
from kcs_desktop.backend.proefgemeente.personen import JOHANNA, Inwoners
from kcs_desktop.domain.rechten import Recht
from tests.contract.brp.bronnen import needs_spec
from tests.contract.brp.spec import check_problem
from tests.harness.backend import Backend

pytestmark = needs_spec
PERSONEN = "/brp/haalcentraal/api/brp/personen"
GOED: dict[str, Any] = {
    "type": "ZoekMetGeslachtsnaamEnGeboortedatum",
    "geslachtsnaam": "Duinrode",
    "geboortedatum": "1971-03-14",
    "fields": ["burgerservicenummer"],
}
STRAAT: dict[str, Any] = {
    "type": "ZoekMetStraatHuisnummerEnGemeenteVanInschrijving",
    "straat": "Schelpenlaan",
    "huisnummer": 1,
    "gemeenteVanInschrijving": "9999",
    "fields": ["burgerservicenummer"],
}


async def _fault(client: httpx.AsyncClient, vraag: Any) -> list[tuple[str, str]]:
    antwoord = await client.post(PERSONEN, json=vraag)
    assert antwoord.status_code == 400, antwoord.text
    assert antwoord.headers["content-type"].startswith("application/problem+json")
    body = antwoord.json()
    check_problem(body, 400)
    return [(p["name"], p["code"]) for p in body.get("invalidParams", [])]


@pytest.mark.parametrize(
    ("wijziging", "verwacht"),
    [
        ({"geboortedatum": "1971-02-30"}, [("geboortedatum", "date")]),
        ({"geboortedatum": "1971"}, [("geboortedatum", "date")]),
        ({"geslachtsnaam": "Du*"}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": "*rode"}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": "D" * 10_000}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": "Dui\x00n"}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": "\u202e😀"}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": "=cmd|'/C calc'!A0"}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": "<b>x</b>"}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": 7}, [("geslachtsnaam", "pattern")]),
        ({"geslachtsnaam": None}, [("geslachtsnaam", "required")]),
        ({"onbekend": "x"}, [("onbekend", "unknownParam")]),
        ({"": "x", "Hø": "x"}, [("_", "unknownParam"), ("H_", "unknownParam")]),
        ({"inclusiefOverledenPersonen": "ja"}, [("inclusiefOverledenPersonen", "boolean")]),
        ({"fields": []}, [("fields", "minItems")]),
        ({"fields": ["burgerservicenummer"] * 131}, [("fields", "maxItems")]),
        ({"fields": "naam"}, [("fields", "array")]),
        ({"type": "ZoekMetSterrenbeeld"}, [("type", "value")]),
        ({"type": None}, [("type", "required")]),
        (
            {"geslachtsnaam": "", "geboortedatum": "gisteren"},
            [("geslachtsnaam", "required"), ("geboortedatum", "date")],
        ),
    ],
)
async def test_every_wrong_parameter_is_named(
    backend: Backend, wijziging: dict[str, Any], verwacht: list[tuple[str, str]]
) -> None:
    client = await backend.client_for("snelbalie")
    assert await _fault(client, {**GOED, **wijziging}) == verwacht


async def test_a_bsn_is_nine_digits_and_at_most_twenty_are_asked(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    vraag = {"type": "RaadpleegMetBurgerservicenummer", "fields": ["naam"]}
    assert await _fault(client, {**vraag, "burgerservicenummer": [JOHANNA, "12345678"]}) == [
        ("burgerservicenummer.1", "pattern")
    ]
    assert await _fault(client, {**vraag, "burgerservicenummer": [JOHANNA] * 21}) == [
        ("burgerservicenummer", "maxItems")
    ]
    assert await _fault(client, {**vraag, "burgerservicenummer": JOHANNA}) == [("burgerservicenummer", "array")]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"[" * 100_000, b"\xff\xfe"])
async def test_what_is_no_json_object_is_refused(backend: Backend, body: bytes) -> None:
    client = await backend.client_for("snelbalie")
    antwoord = await client.post(PERSONEN, content=body, headers={"Content-Type": "application/json"})
    assert antwoord.status_code == 400
    check_problem(antwoord.json(), 400)


async def test_the_wrong_door_is_told_in_the_shape_of_the_specification(backend: Backend) -> None:
    aangemeld = await backend.client_for("snelbalie")
    zonder_recht = await backend.application(crm=Recht.RAADPLEGEN)
    nep = backend.client(Authorization="Bearer eyJhbGciOiJub25lIn0.e30.")
    for client, extra, status in (
        (backend.client(), {}, 401),
        (nep, {}, 401),
        (zonder_recht, {}, 403),
        (aangemeld, {"Accept": "text/html"}, 406),
        (aangemeld, {"Content-Type": "text/plain"}, 415),
        (aangemeld, {"Content-Type": "application/json; charset=latin-1"}, 415),
    ):
        headers = {"Content-Type": "application/json", **extra}
        antwoord = await client.post(
            PERSONEN, content=httpx.Request("POST", "http://x", json=GOED).content, headers=headers
        )
        assert antwoord.status_code == status
        check_problem(antwoord.json(), status)
    assert await _fault_of_query(aangemeld) == [("pagina", "unknownParam")]


async def _fault_of_query(client: httpx.AsyncClient) -> list[tuple[str, str]]:
    antwoord = await client.post(PERSONEN, params={"pagina": "1"}, json=GOED)
    check_problem(antwoord.json(), 400)
    return [(p["name"], p["code"]) for p in antwoord.json()["invalidParams"]]


async def test_a_body_that_is_too_large_is_refused(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    antwoord = await client.post(PERSONEN, json={**GOED, "geslachtsnaam": "x" * 3_000_000})
    assert antwoord.status_code == 413
    check_problem(antwoord.json(), 413)


async def test_a_wildcard_stands_where_the_specification_allows_it(backend: Backend) -> None:
    async with backend.db.write() as unit:
        await store(unit, Inwoners().all())
    client = await backend.client_for("snelbalie")

    async def found(vraag: dict[str, Any]) -> set[str]:
        antwoord = await client.post(PERSONEN, json=vraag)
        assert antwoord.status_code == 200, antwoord.text
        return {p["burgerservicenummer"] for p in antwoord.json()["personen"]}

    geboren = next(m for m in Inwoners().all() if m["burgerservicenummer"] == JOHANNA)["geboorte"]["datum"]
    op_naam = {**GOED, "geboortedatum": f"{geboren[:4]}-{geboren[4:6]}-{geboren[6:]}"}
    for naam in ("Duinrode", "duinRODE", "Dui*", "Duinrode*"):
        assert JOHANNA in await found({**op_naam, "geslachtsnaam": naam}), naam
    assert await found({**op_naam, "geslachtsnaam": "Duinrod"}) == set()
    assert await found({**op_naam, "voornamen": "J*"}) == {JOHANNA}
    for straat in ("Schelp*", "Schelpenlaan**", "*laan", "Schel*laan", "*Schelpenlaan*"):
        assert await _fault(client, {**STRAAT, "straat": straat}) == [("straat", "pattern")], straat
