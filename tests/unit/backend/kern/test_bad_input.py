"""Whatever is sent: a problem with a code, never a 500, never the input repeated."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kcs_desktop.backend.standards.objecten.requests import MOST_VALUES
from tests.contract.documenten import fixtures as documenten
from tests.contract.zaken.spec import CRS
from tests.harness.backend import WACHTWOORD, Backend
from tests.unit.backend.opdrachten.bouwen import contact

URL = "/kcs/api/v1/aanmelden"
JSON = {"content-type": "application/json"}
NOBODY = "019ac000-0000-7000-8000-000000000001"


def check(answer: httpx.Response, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "code", "title", "status", "detail", "instance"} <= answer.json().keys()


HOSTILE = (
    "\x00",
    "a" * 10_000,
    "\u202e\u2066",
    "\U0001f600" * 300,
    "=cmd|' /C calc'!A0",
    "<img src=x onerror=alert(1)>",
    "' OR 1=1 --",
)


async def test_malformed_json_is_a_400(backend: Backend) -> None:
    for content in (b"", b"{", b"[]", b"null", b'"tekst"', b"\xff\xfe", b"[" * 100_000, b'{"gebruikersnaam":5}'):
        answer = await backend.client().post(URL, content=content, headers=JSON)
        assert answer.status_code == 400
        assert answer.json()["code"] in {"parse-error", "invalid"}


async def test_a_wrong_field_is_named_without_its_value(backend: Backend) -> None:
    answer = await backend.client().post(URL, json={"gebruikersnaam": "a", "wachtwoord": ["geheim999990019"]})
    check(answer, 400, "invalid")
    assert answer.json()["invalidParams"][0]["name"] == "wachtwoord"
    assert "999990019" not in answer.text


async def test_an_unknown_field_is_refused(backend: Backend) -> None:
    body = {"gebruikersnaam": "a", "wachtwoord": "b", "beheerder": True}
    check(await backend.client().post(URL, json=body), 400, "invalid")


async def test_another_content_type_is_a_415(backend: Backend) -> None:
    for media_type in ("text/plain", "application/xml", "multipart/form-data; boundary=x", ""):
        answer = await backend.client().post(URL, content=b"{}", headers={"content-type": media_type})
        check(answer, 415, "unsupported-media-type")


async def test_a_body_over_two_megabytes_is_a_413(backend: Backend) -> None:
    content = b'{"gebruikersnaam":"' + b"a" * (2 * 1024 * 1024) + b'"}'
    check(await backend.client().post(URL, content=content, headers=JSON), 413, "too-large")


WRITES = (
    ("POST", "/documenten/api/v1/enkelvoudiginformatieobjecten"),
    ("PUT", f"/documenten/api/v1/enkelvoudiginformatieobjecten/{NOBODY}"),
    ("PATCH", f"/documenten/api/v1/enkelvoudiginformatieobjecten/{NOBODY}"),
    ("POST", f"/documenten/api/v1/enkelvoudiginformatieobjecten/{NOBODY}/unlock"),
    ("POST", "/zaken/api/v1/zaken"),
    ("POST", "/zaken/api/v1/zaak_registreren"),
    ("POST", "/zaken/api/v1/zaaknummer_reserveren"),
    ("POST", "/klantinteracties/api/v1/partijen"),
    ("POST", "/klantinteracties/api/v1/maak-klantcontact"),
    ("PATCH", f"/klantinteracties/api/v1/partijen/{NOBODY}"),
)


async def test_nothing_is_read_of_the_body_of_who_may_not_write(backend: Backend) -> None:
    client = await backend.client_for("redacteur")
    for method, path in WRITES:
        check(await client.request(method, path, content=b"{", headers=JSON | CRS), 403, "geen-recht")


async def test_a_body_of_very_many_small_values_is_refused_before_it_is_decoded(backend: Backend) -> None:
    client = await backend.client_for("tic", "balie2")
    document = await _document(backend)
    many = b'{"a":[' + b"[]," * MOST_VALUES + b"[]]}"
    no_json_either = b'{"a":[' + b'{"a":' * MOST_VALUES
    for method, path in WRITES:
        for content in (many, no_json_either):
            address = path.replace(NOBODY, document)
            answer = await client.request(method, address, content=content, headers=JSON | CRS)
            check(answer, 400, "invalid")
            assert [one["code"] for one in answer.json()["invalidParams"]] == ["too-many"], path


async def _document(backend: Backend) -> str:
    client = await documenten.client_of(backend)
    made = await documenten.make_document(client, await documenten.make_type(client))
    return str(made["url"].rpartition("/")[2])


async def test_an_unknown_path_method_or_parameter_says_so(backend: Backend) -> None:
    client = backend.client()
    check(await client.get("/kcs/api/v1/bestaat-niet"), 404, "not-found")
    answer = await client.put(URL, json={})
    check(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["allow"]
    answer = await client.get(URL, params={"zoek": "999990019"})
    check(answer, 400, "invalid")
    assert answer.json()["invalidParams"][0]["name"] == "zoek"
    assert "999990019" not in answer.text


async def test_hostile_text_in_a_name_or_password_is_just_a_failed_sign_in(backend: Backend) -> None:
    for text in HOSTILE:
        answer = await backend.client().post(URL, json={"gebruikersnaam": text, "wachtwoord": text, "code": text})
        check(answer, 401, "aanmelden-mislukt")


async def test_hostile_text_in_a_choice_is_refused(backend: Backend) -> None:
    for text in HOSTILE:
        body: dict[str, Any] = {"keuzetoken": text, "werkplek": text, "rollen": [text]}
        check(await backend.client().post("/kcs/api/v1/sessies", json=body), 401, "keuze-verlopen")
        answer = await backend.client().post("/kcs/api/v1/sessies/vernieuwen", json={"verversing": f"{text}.1.x"})
        check(answer, 401, "ongeldig-token")


async def test_a_werkplek_that_no_column_can_hold_is_refused(backend: Backend) -> None:
    naam = await backend.account("Kees", ["tic"])
    client = backend.client()
    for text in HOSTILE:
        backend.klok.advance(minutes=16)
        first = await client.post(URL, json={"gebruikersnaam": naam, "wachtwoord": WACHTWOORD})
        body: dict[str, Any] = {"keuzetoken": first.json()["keuzetoken"], "werkplek": text, "rollen": ["tic"]}
        answer = await client.post("/kcs/api/v1/sessies", json=body)
        assert answer.status_code == 400, answer.text


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    authorization=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=80)
    | st.from_regex(r"(Bearer|Token|bearer) [A-Za-z0-9_.=-]{0,80}", fullmatch=True)
)
async def test_any_authorization_header_is_a_401(backend: Backend, authorization: str) -> None:
    headers = {b"authorization": authorization.encode("latin-1")}
    answer = await backend.client().get("/kcs/api/v1/sessies/huidig", headers=headers)
    assert answer.status_code == 401


async def test_every_answer_has_security_headers_and_one_request_id(backend: Backend) -> None:
    client = backend.client()
    for path in ("/health", URL, "/bestaat-niet", "/kcs/api/v1/sessies/huidig"):
        answer = await client.get(path, headers={"X-Request-ID": "stoel-1.verzoek_2"})
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-request-id"] == "stoel-1.verzoek_2"
        if answer.status_code >= 400:
            assert answer.json()["instance"] == "urn:kcs:verzoek:stoel-1.verzoek_2"


async def test_a_request_id_that_is_not_fit_to_print_is_replaced(backend: Backend) -> None:
    for given_id in ("a b", "x" * 65, "999990019\u00e9", "<b>"):
        answer = await backend.client().get("/health", headers={b"X-Request-ID": given_id.encode("latin-1")})
        assert answer.headers["x-request-id"] != given_id


async def test_schema_describes_our_own_api_and_nothing_else(backend: Backend) -> None:
    schema = (await backend.client().get("/schema")).json()
    assert schema["openapi"].startswith("3.1")
    assert "/kcs/api/v1/aanmelden" in schema["paths"]
    assert all(path.startswith("/kcs/api/v1/") for path in schema["paths"])


async def test_schema_says_what_goes_in_and_how_every_refusal_looks(backend: Backend) -> None:
    text = (await backend.client().get("/schema")).text
    schema = json.loads(text)
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert named <= set(schema["components"]["schemas"])
    posts = {path: item["post"] for path, item in schema["paths"].items() if "post" in item}
    without = {path for path, post in posts.items() if "requestBody" not in post}
    assert without == set()
    opdracht = schema["components"]["schemas"]["Opdracht"]["properties"]["gegevens"]
    kinds = set(opdracht["discriminator"]["mapping"])
    about_notes = {"claimen", "teruggeven", "toewijzen", "verzetten", "poging", "afhandelen"}
    about_customers = {"klantcontact.registreren", "klant.wijzigen", "klant.registreren"}
    about_zaken = {"zaak.nummer-reserveren", "zaak.aanmaken", "document.toevoegen"}
    assert kinds == about_customers | about_zaken | {f"terugbelnotitie.{wat}" for wat in about_notes}
    for path, item in schema["paths"].items():
        for method, operation in item.items():
            (kind,) = operation["responses"]["400"]["content"]
            assert kind == "application/problem+json", (path, method)
    assert set(posts["/kcs/api/v1/opdrachten"]["responses"]) >= {"201", "400", "401", "403", "409", "422", "429", "503"}
    catalogus = schema["paths"]["/kcs/api/v1/catalogus"]["get"]["responses"]["200"]["content"]["application/json"]
    assert catalogus["schema"] == {"$ref": "#/components/schemas/Catalogus"}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
async def test_a_moment_that_utc_does_not_have_is_refused(backend: Backend, moment: str) -> None:
    auditor = await backend.client_for("auditor")
    vraag = {"soort": "bsn", "waarde": "999990019", "van": moment}
    check(await auditor.post("/kcs/api/v1/audit/zoeken", json=vraag), 400, "ongeldige-waarde")
    body = contact(backend.klok())
    body["gegevens"] |= {"begonnen_op": moment, "beeindigd_op": moment}
    client = await backend.client_for("tic")
    answer = await client.post("/kcs/api/v1/opdrachten", json=body)
    if moment.startswith("0001"):
        check(answer, 400, "ongeldige-waarde")
    else:  # a readable command about the future: refused as such, and that is its outcome
        assert (answer.status_code, answer.json()["stand"]) == (201, "geweigerd")
