"""The double refuses what Open Zaak refuses, answers under addresses of its own, and does wrong what it is told to."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from tests.doubles.openzaak import CLIENT_ID, SECRET, OpenZaak
from tests.doubles.register import Wrong

CRS = {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
RSIN = "002564440"


def token(secret: str = SECRET, **others: Any) -> dict[str, str]:
    now = int(time.time())
    claims = {"iss": CLIENT_ID, "client_id": CLIENT_ID, "iat": now - 5, "user_id": "s.bakker", **others}
    return {"Authorization": "Bearer " + jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))}


@pytest.fixture
def client(open_zaak: OpenZaak) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=open_zaak.url, headers=CRS | token(), trust_env=False, timeout=10) as made:
        yield made


def new_status(open_zaak: OpenZaak, client: httpx.Client) -> dict[str, str]:
    """The body of a status for a fresh zaak."""
    zaaktype = client.get("/catalogi/api/v1/zaaktypen").json()["results"][0]["url"]
    body = {"bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN, "zaaktype": zaaktype}
    zaak = open_zaak.request("POST", "/zaken/api/v1/zaken", {**body, "startdatum": "2026-11-02"})
    statustypen = client.get("/catalogi/api/v1/statustypen", params={"zaaktype": zaaktype}).json()["results"]
    first = min(statustypen, key=lambda one: one["volgnummer"])
    return {"zaak": zaak["url"], "statustype": first["url"], "datumStatusGezet": "2026-11-02T10:00:00Z"}


def test_it_answers_under_its_own_addresses(open_zaak: OpenZaak, client: httpx.Client) -> None:
    page = client.get("/zaken/api/v1/zaken", params={"pageSize": "2", "expand": "zaaktype"}).json()
    assert page["next"].startswith(f"{open_zaak.url}/zaken/api/v1/zaken?")
    row = page["results"][0]
    assert row["url"].startswith(f"{open_zaak.url}/zaken/api/v1/zaken/")
    assert row["_expand"]["zaaktype"]["url"] == row["zaaktype"]
    assert row["zaaktype"].startswith(f"{open_zaak.url}/catalogi/api/v1/zaaktypen/")
    assert client.get(row["url"]).json()["identificatie"] == row["identificatie"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (lambda _now: {"Authorization": ""}, "not_authenticated"),
        (lambda _now: token("een ander geheim van deze client"), "invalid-jwt-signature"),
        (lambda now: token(iat=now - 3700), "jwt-expired"),
        (lambda now: token(iat=now + 60), "jwt-immature-signature"),
        (lambda now: token(exp=now - 1), "jwt-expired"),
        (lambda _now: token(client_id="een-ander"), "invalid-client-identifier"),
    ],
)
def test_every_trouble_with_the_token_is_a_403(
    client: httpx.Client, given: Callable[[int], dict[str, str]], code: str
) -> None:
    answer = client.get("/zaken/api/v1/zaken", headers=given(int(time.time())))
    assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_zaken_want_to_hear_the_system_of_coordinates(client: httpx.Client) -> None:
    assert client.get("/zaken/api/v1/zaken", headers={"Accept-Crs": "EPSG:28992"}).status_code == 406
    del client.headers["Accept-Crs"]
    assert client.get("/zaken/api/v1/zaken").status_code == 412


def test_addresses_of_another_server_are_not_known(open_zaak: OpenZaak, client: httpx.Client) -> None:
    zaaktype = client.get("/catalogi/api/v1/zaaktypen").json()["results"][0]["url"]
    foreign = zaaktype.replace(open_zaak.host, "127.0.0.1:8000")
    assert client.get("/catalogi/api/v1/statustypen", params={"zaaktype": zaaktype}).json()["count"] > 0
    assert client.get("/catalogi/api/v1/statustypen", params={"zaaktype": foreign}).json()["count"] == 0
    assert client.get("/catalogi/api/v1/statustypen", params={"zaaktype": "1"}).status_code == 400
    answer = client.post("/zaken/api/v1/zaken", json={"zaaktype": foreign})
    assert answer.json()["invalidParams"][0] | {"reason": ""} == {"name": "zaaktype", "code": "bad-url", "reason": ""}
    assert client.get("/zaken/api/v1/zaken", params={"onbekend": "1"}).status_code == 400


def test_an_etag_is_stale_after_a_change(open_zaak: OpenZaak, client: httpx.Client) -> None:
    zaak = new_status(open_zaak, client)["zaak"]
    tag = client.get(zaak).headers["etag"]
    assert client.patch(zaak, json={"toelichting": "nieuw"}, headers={"If-Match": '"oud"'}).status_code == 200
    assert client.get(zaak).json()["toelichting"] == "nieuw"
    assert client.get(zaak, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("how", [Wrong.HTML_AFTER, Wrong.JSON_AFTER, Wrong.CUT_AFTER, Wrong.HALF])
def test_what_went_wrong_after_it_was_done_stands(open_zaak: OpenZaak, client: httpx.Client, how: Wrong) -> None:
    body = new_status(open_zaak, client)
    open_zaak.wrong(how, "POST", "/statussen")
    try:
        answer = client.post("/zaken/api/v1/statussen", json=body)
        assert answer.status_code == 500
    except httpx.RemoteProtocolError:
        assert how in {Wrong.CUT_AFTER, Wrong.HALF}
    assert open_zaak.get("/zaken/api/v1/statussen", zaak=body["zaak"])["count"] == 1
    again = client.post("/zaken/api/v1/statussen", json=body)
    assert (again.status_code, again.json()["invalidParams"][0]["code"]) == (400, "unique")


@pytest.mark.parametrize("how", [Wrong.HTML_BEFORE, Wrong.CUT_BEFORE, Wrong.CONFLICT, Wrong.PRECONDITION, Wrong.JWT])
def test_what_went_wrong_before_it_was_done_does_not(open_zaak: OpenZaak, client: httpx.Client, how: Wrong) -> None:
    body = new_status(open_zaak, client)
    open_zaak.wrong(how, "POST", "/statussen")
    try:
        assert client.post("/zaken/api/v1/statussen", json=body).status_code in {403, 409, 412, 500}
    except httpx.RemoteProtocolError:
        assert how is Wrong.CUT_BEFORE
    assert open_zaak.get("/zaken/api/v1/statussen", zaak=body["zaak"])["count"] == 0


def test_who_comes_second_in_a_race_hears_that_the_key_is_taken(open_zaak: OpenZaak, client: httpx.Client) -> None:
    body = new_status(open_zaak, client)
    open_zaak.wrong(Wrong.RACE, "POST", "/statussen")
    assert client.post("/zaken/api/v1/statussen", json=body).status_code == 400
    assert open_zaak.get("/zaken/api/v1/statussen", zaak=body["zaak"])["count"] == 1


def test_half_of_the_json_is_a_whole_answer(open_zaak: OpenZaak, client: httpx.Client) -> None:
    open_zaak.wrong(Wrong.HALF_JSON, "GET", "/zaaktypen")
    answer = client.get("/catalogi/api/v1/zaaktypen")
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


async def test_an_answer_waits_until_it_is_released(open_zaak: OpenZaak, client: httpx.Client) -> None:
    body = new_status(open_zaak, client)
    open_zaak.wrong(Wrong.HELD_AFTER, "POST", "/statussen")
    waiting = asyncio.create_task(asyncio.to_thread(client.post, "/zaken/api/v1/statussen", json=body))
    await asyncio.to_thread(open_zaak.wait_until_held)
    assert open_zaak.get("/zaken/api/v1/statussen", zaak=body["zaak"])["count"] == 1
    assert not waiting.done()
    open_zaak.release()
    assert (await waiting).status_code == 201


def test_expanding_a_null_fails_where_that_is_asked(open_zaak: OpenZaak, client: httpx.Client) -> None:
    zaak = new_status(open_zaak, client)["zaak"]
    open_zaak.null_expand_fails = True
    try:
        assert client.get(zaak, params={"expand": "status"}).status_code == 500
        assert client.get(zaak, params={"expand": "zaaktype"}).status_code == 200
    finally:
        open_zaak.null_expand_fails = False


def test_a_right_that_is_missing_is_a_403_of_that_resource(open_zaak: OpenZaak, client: httpx.Client) -> None:
    open_zaak.refused.add("rollen")
    try:
        answer = client.get("/zaken/api/v1/rollen")
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
        assert client.get("/zaken/api/v1/statussen").status_code == 200
    finally:
        open_zaak.refused.clear()
    assert open_zaak.requests("GET", "/rollen")[-1].claims["user_id"] == "s.bakker"
