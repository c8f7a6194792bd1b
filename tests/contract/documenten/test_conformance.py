"""Every offered path and method answers what the published specification says, on both databases."""

from __future__ import annotations

import httpx

from tests.contract.documenten import fixtures as f
from tests.contract.documenten.spec import API, EIO, NAAM, READ_ONLY, SPEC
from tests.contract.zaken import fixtures as zaken
from tests.harness.backend import Backend

pytestmark = SPEC.needed
WIDE = {
    "identificatie": "DOC-1",
    "vertrouwelijkheidaanduiding": "openbaar",
    "status": "definitief",
    "formaat": "application/pdf",
    "bestandsomvang": len(f.INHOUD),
    "link": "https://proefdam.nl/brief",
    "beschrijving": "Van de balie",
    "ontvangstdatum": "2026-11-19",
    "verschijningsvorm": "brief",
    "ondertekening": {"soort": "analoog", "datum": "2026-11-18"},
    "integriteit": {"algoritme": "sha_256", "waarde": "00ff", "datum": "2026-11-18"},
    "trefwoorden": ["kenteken", "auto"],
}


async def fill(client: httpx.AsyncClient, types: dict[str, f.Json]) -> dict[str, f.Json]:
    """One object of every resource, each checked as it is made."""
    zaak = await zaken.make_zaak(client, types)
    made = await f.make_document(client, types, titel="Brief")
    await f.link(client, zaak, made)
    recht = {
        "informatieobject": made["url"],
        "startdatum": "2026-11-20T12:00:00Z",
        "omschrijvingVoorwaarden": "Alleen voor deze zaak",
    }
    answer = await client.get(f"{API}/objectinformatieobjecten", params={"informatieobject": made["url"]})
    return {
        NAAM: made,
        "gebruiksrechten": await f.post(client, "gebruiksrechten", recht),
        "objectinformatieobjecten": answer.json()[0],
    }


async def test_a_document_is_given_back_as_it_came(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await f.make_document(client, types, **WIDE)
    assert {name: made[name] for name in WIDE} == WIDE
    assert (made["versie"], made["locked"], made["lock"], made["bestandsdelen"]) == (1, False, "", [])
    assert (await f.download(client, made)).content == f.INHOUD


async def test_every_resource_is_shown_listed_changed_and_deleted(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = await fill(client, types)
    for naam, item in made.items():
        listed = await client.get(f"{API}/{naam}")
        assert listed.status_code == 200, listed.text
        SPEC.check(f"/{naam}", "get", 200, listed.json())
        rows = listed.json() if isinstance(listed.json(), list) else listed.json()["results"]
        assert item["url"] in [row["url"] for row in rows]
        shown = await client.get(item["url"])
        SPEC.check(f"/{naam}/{{uuid}}", "get", 200, shown.json())
    key = await f.lock(client, made[NAAM])
    for naam, beside in ((NAAM, {"lock": key}), ("gebruiksrechten", {})):
        shown = (await client.get(made[naam]["url"])).json()
        body = {name: value for name, value in shown.items() if value is not None} | beside
        for method in ("PATCH", "PUT"):
            changed = await client.request(method, made[naam]["url"], json=beside if method == "PATCH" else body)
            assert changed.status_code == 200, changed.text
            SPEC.check(f"/{naam}/{{uuid}}", method.lower(), 200, changed.json())
        moved = {"versie", "beginRegistratie", "inhoud"}
        after = (await client.get(made[naam]["url"])).json()
        assert {name: after[name] for name in shown if name not in moved} == {
            name: value for name, value in shown.items() if name not in moved
        }
    assert (await client.get(made[NAAM]["url"])).json()["versie"] == 3
    assert (await f.unlock(client, made[NAAM], key)).status_code == 204
    for path in READ_ONLY:
        place = f"{API}{path}".replace("{uuid}", made["objectinformatieobjecten"]["url"].rsplit("/", 1)[-1])
        method = "DELETE" if "{uuid}" in path else "POST"
        assert (await client.request(method, place, json={})).status_code == 405
    assert (await client.delete(made["gebruiksrechten"]["url"])).status_code == 204


async def test_the_type_is_expanded(backend: Backend) -> None:
    client = await f.client_of(backend)
    made = await fill(client, await f.make_type(client))
    for place, path in ((f"{API}{EIO}", EIO), (made[NAAM]["url"], f"{EIO}/{{uuid}}")):
        answer = await client.get(place, params={"expand": "informatieobjecttype"})
        SPEC.check(path, "get", 200, answer.json())
    assert answer.json()["_expand"]["informatieobjecttype"]["omschrijving"] == "Kentekenbewijs parkeren"
    deep = "informatieobject,informatieobject.informatieobjecttype"
    recht = (await client.get(made["gebruiksrechten"]["url"], params={"expand": deep})).json()
    assert recht["_expand"]["informatieobject"]["_expand"]["informatieobjecttype"]["omschrijving"]
    assert recht["_expand"]["informatieobject"]["indicatieGebruiksrecht"] is True


async def test_every_parameter_of_the_specification_is_known_and_no_other(backend: Backend) -> None:
    client = await f.client_of(backend)
    for path in (EIO, "/gebruiksrechten", "/objectinformatieobjecten"):
        known = SPEC.parameters(path)
        assert [name for name in sorted(known) if await _is_unknown(client, path, name)] == []
        for name in ("onbekend", "versie", "uuid__in"):
            assert name in known or await _is_unknown(client, path, name), (path, name)


async def _is_unknown(client: httpx.AsyncClient, path: str, name: str) -> bool:
    answer = await client.get(f"{API}{path}", params={name: ""})
    return answer.status_code == 400 and answer.json()["invalidParams"][0]["code"] == "unknown-parameter"


async def test_many_are_found_by_their_uuids(backend: Backend) -> None:
    client = await f.client_of(backend)
    types = await f.make_type(client)
    made = [await f.make_document(client, types, titel=str(nr)) for nr in range(3)]
    uuids = [item["url"].rsplit("/", 1)[-1] for item in made[:2]]
    body = {"uuid__in": uuids, "expand": ["informatieobjecttype"]}
    answer = await client.post(f"{API}{EIO}/_zoek", json=body, params={"pageSize": "1"})
    SPEC.check(f"{EIO}/_zoek", "post", 200, answer.json())
    assert (answer.json()["count"], len(answer.json()["results"])) == (2, 1)
    assert answer.json()["results"][0]["_expand"]["informatieobjecttype"]
    wrong = await client.post(f"{API}{EIO}/_zoek", json={"uuid__in": ["x", 5], "identificatie": [1]})
    assert f.codes(wrong) == {"uuid__in.0": "invalid", "uuid__in.1": "invalid", "identificatie": "invalid"}
