"""What Open Zaak does and clients rely on, beyond the shape of an answer; and rights and audit."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from kcs_desktop.backend.audit.tables import AuditregelRow
from kcs_desktop.domain.rechten import Recht
from tests.contract.catalogi.fixtures import make_catalogus, make_zaaktype, post, publish, zaaktype
from tests.contract.catalogi.spec import API
from tests.harness.backend import Backend


async def found(client: Any, resource: str, **asked: str) -> list[str]:
    answer = await client.get(f"{API}/{resource}", params=asked)
    assert answer.status_code == 200, answer.text
    return [item["url"] for item in answer.json()["results"]]


async def test_a_list_shows_what_is_published_unless_it_is_asked_otherwise(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await make_zaaktype(client, await make_catalogus(client))
    resources = [naam for naam in made if naam != "catalogussen"]
    for resource in resources:
        assert await found(client, resource) == [], resource
        assert await found(client, resource, status="concept") == [made[resource]["url"]]
    assert (await publish(client, made["zaaktypen"])).json()["invalidParams"][0]["code"] == "concept-relation"
    for resource in ("informatieobjecttypen", "zaaktypen"):
        assert (await publish(client, made[resource])).status_code == 200
    for resource in resources:
        assert await found(client, resource) == [made[resource]["url"]], resource
        assert await found(client, resource, status="concept") == []
        assert await found(client, resource, status="alles") == [made[resource]["url"]]


async def test_what_is_published_lies_fast_but_for_its_end(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await make_zaaktype(client, await make_catalogus(client))
    for resource in ("informatieobjecttypen", "zaaktypen"):
        await publish(client, made[resource])
    for resource in ("zaaktypen", "informatieobjecttypen"):
        answer = await client.patch(made[resource]["url"], json={"omschrijving": "Anders"})
        assert answer.status_code == 400
        assert answer.json()["invalidParams"][0]["code"] == "non-concept-object"
        assert (await client.delete(made[resource]["url"])).status_code == 400
    for resource in ("statustypen", "roltypen", "eigenschappen", "resultaattypen"):
        body = {name: value for name, value in made[resource].items() if name != "url"}
        for answer in (
            await client.post(f"{API}/{resource}", json={**body, "omschrijving": "Nog een", "naam": "nog een"}),
            await client.put(made[resource]["url"], json=body),
            await client.delete(made[resource]["url"]),
        ):
            assert answer.status_code == 400, answer.text
            assert answer.json()["invalidParams"][0]["code"] == "non-concept-zaaktype"
    ended = await client.patch(made["zaaktypen"]["url"], json={"eindeGeldigheid": "2026-12-31"})
    assert ended.status_code == 200
    assert ended.json()["eindeObject"] == "2026-12-31"


async def test_two_versions_of_one_zaaktype_are_published_only_on_different_days(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    catalogus = await make_catalogus(client)
    first = await post(client, "zaaktypen", zaaktype(catalogus, eindeGeldigheid="2026-06-30"))
    second = await post(client, "zaaktypen", zaaktype(catalogus, beginGeldigheid="2026-03-01"))
    assert (await publish(client, first)).status_code == 200
    assert (await publish(client, second)).json()["invalidParams"][0]["code"] == "overlap"
    await client.patch(second["url"], json={"beginGeldigheid": "2026-07-01"})
    assert (await publish(client, second)).status_code == 200
    assert await found(client, "zaaktypen", datumGeldigheid="2026-05-01") == [first["url"]]
    assert await found(client, "zaaktypen", datumGeldigheid="2026-07-01", identificatie="parkeren") == [second["url"]]
    assert await found(client, "zaaktypen", datumGeldigheid="2025-12-31") == []
    assert (await client.get(second["url"])).json()["beginObject"] == "2026-01-01"


async def test_zaaktypen_and_their_parts_are_found_by_their_filters(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    catalogus, other = await make_catalogus(client), await make_catalogus(client, "ANDER")
    made, also = await make_zaaktype(client, catalogus), await make_zaaktype(client, other, "bezwaar")
    url = made["zaaktypen"]["url"]
    everything = {"status": "alles"}
    for asked in ({"catalogus": catalogus["url"]}, {"identificatie": "parkeren"}, {"identificatie__icontains": "PARK"}):
        assert await found(client, "zaaktypen", **everything, **asked) == [url]
    assert len(await found(client, "zaaktypen", **everything, trefwoorden="auto,straat")) == 2
    assert await found(client, "zaaktypen", **everything, trefwoorden="auto,water") == []
    for resource in ("statustypen", "roltypen", "resultaattypen", "eigenschappen"):
        assert await found(client, resource, **everything, zaaktype=url) == [made[resource]["url"]]
        assert await found(client, resource, **everything, zaaktypeIdentificatie="bezwaar") == [also[resource]["url"]]
        assert await found(client, resource, **everything, zaaktype=url, datumGeldigheid="2025-01-01") == []
    asked = {**everything, "zaaktype": url}
    assert await found(client, "roltypen", **asked, omschrijvingGeneriek="initiator") == [made["roltypen"]["url"]]
    assert await found(client, "roltypen", **asked, omschrijvingGeneriek="behandelaar") == []
    assert await found(client, "informatieobjecttypen", **asked) == [made["informatieobjecttypen"]["url"]]
    answer = await client.get(f"{API}/catalogussen", params={"domein__in": "PROEF,NIETS"})
    assert [item["url"] for item in answer.json()["results"]] == [catalogus["url"]]


async def test_the_last_statustype_is_the_end_of_a_zaak(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await make_zaaktype(client, await make_catalogus(client))
    assert made["statustypen"]["isEindstatus"] is True
    body = {"zaaktype": made["zaaktypen"]["url"], "omschrijving": "Afgehandeld", "volgnummer": 4}
    assert (await post(client, "statustypen", body))["isEindstatus"] is True
    assert (await client.get(made["statustypen"]["url"])).json()["isEindstatus"] is False
    again = await client.post(f"{API}/statustypen", json=body)
    assert again.json()["invalidParams"][0]["code"] == "unique"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("doorlooptijd", "8 weken", "invalid"),
        ("vertrouwelijkheidaanduiding", "streng", "invalid_choice"),
        ("catalogus", "https://elders/catalogi/api/v1/catalogussen/x", "bad-url"),
        ("productenOfDiensten", ["geen adres"], "invalid"),
        ("besluittypen", ["https://elders/besluittypen/1"], "bad-url"),
        ("eindeGeldigheid", "2025-01-01", "invalid"),
        ("omschrijving", "x" * 81, "max_length"),
        ("trefwoorden", "auto", "not_a_list"),
    ],
)
async def test_a_wrong_value_is_named_with_the_code_of_the_standard(
    backend: Backend, field: str, value: object, code: str
) -> None:
    client = await backend.client_for("snelbalie")
    body = {**zaaktype(await make_catalogus(client)), field: value}
    answer = await client.post(f"{API}/zaaktypen", json=body)
    assert answer.status_code == 400, answer.text
    problem = answer.json()
    assert {"type", "code", "title", "status", "detail", "instance", "invalidParams"} <= problem.keys()
    assert [(one["name"].split(".")[0], one["code"]) for one in problem["invalidParams"]] == [(field, code)]


async def test_an_unknown_parameter_or_a_wrong_status_is_refused(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    for query in ({"zoiets": "1"}, {"status": "alle"}, {"datumGeldigheid": "gisteren"}, {"ordering": "x"}):
        assert (await client.get(f"{API}/zaaktypen", params=query)).status_code == 400


async def test_who_may_read_zaken_reads_the_catalogue_and_who_may_change_them_writes_it(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    catalogus = await make_catalogus(client)
    reader = await backend.application("Lezer", zaken=Recht.RAADPLEGEN)
    stranger = await backend.application("Vreemde", crm=Recht.WIJZIGEN)
    assert (await reader.get(catalogus["url"])).status_code == 200
    assert (await reader.post(f"{API}/zaaktypen", json=zaaktype(catalogus))).status_code == 403
    assert (await stranger.get(f"{API}/zaaktypen")).status_code == 403
    assert (await backend.client().get(f"{API}/zaaktypen")).status_code == 401


async def test_a_change_of_the_catalogue_stands_in_the_trail_and_a_look_does_not(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await post(client, "zaaktypen", zaaktype(await make_catalogus(client)))
    await client.get(made["url"])
    await client.patch(made["url"], json={"omschrijving": "Anders"})
    await client.delete(made["url"])
    uuid = made["url"].rsplit("/", 1)[1]
    async with backend.db.read() as session:
        query = select(AuditregelRow.handeling).where(AuditregelRow.onderwerp == uuid).order_by(AuditregelRow.op)
        handelingen = (await session.scalars(query)).all()
    assert sorted(handelingen) == ["geregistreerd", "gewijzigd", "verwijderd"]
