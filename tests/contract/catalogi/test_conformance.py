"""Every offered path and method answers what the published specification says, on both databases."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx
import pytest

from tests.contract.catalogi.fixtures import make_catalogus, make_zaaktype, publish
from tests.contract.catalogi.spec import API, RESOURCES, SPEC
from tests.contract.openapi import send, wrong_answers
from tests.harness.backend import Backend

_ALL = {"status": "alles"}
_ONLY_MADE = {"catalogussen"}


@SPEC.needed
async def test_every_path_and_method_answers_as_specified(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    catalogus = await make_catalogus(client)
    made = {"catalogussen": catalogus, **await make_zaaktype(client, catalogus)}
    for resource, item in made.items():
        SPEC.check(f"/{resource}", "post", 201, item)
        asked = {} if resource in _ONLY_MADE else _ALL
        found = (await client.get(f"{API}/{resource}", params=asked)).json()
        SPEC.check(f"/{resource}", "get", 200, found)
        assert [one["url"] for one in found["results"]] == [item["url"]]
        answer = await client.get(item["url"])
        SPEC.check(f"/{resource}/{{uuid}}", "get", 200, answer.json())
        assert answer.headers["API-version"] == "1.3.1"
        if resource in _ONLY_MADE:
            assert (await client.patch(item["url"], json={})).status_code == 405
            continue
        fresh = answer.json()
        replaced = await client.put(item["url"], json=fresh)
        assert replaced.status_code == 200, replaced.text
        SPEC.check(f"/{resource}/{{uuid}}", "put", 200, replaced.json())
        assert replaced.json() == fresh, resource
        SPEC.check(f"/{resource}/{{uuid}}", "patch", 200, (await client.patch(item["url"], json={})).json())
    for resource in ("informatieobjecttypen", "zaaktypen"):
        published = await publish(client, made[resource])
        assert published.status_code == 200, published.text
        SPEC.check(f"/{resource}/{{uuid}}/publish", "post", 200, published.json())
        assert published.json()["concept"] is False


@SPEC.needed
async def test_a_concept_is_deleted_with_everything_under_it(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    made = await make_zaaktype(client, await make_catalogus(client))
    assert (await client.delete(made["eigenschappen"]["url"])).status_code == 204
    assert (await client.delete(made["zaaktypen"]["url"])).status_code == 204
    for resource in ("zaaktypen", "statustypen", "roltypen", "resultaattypen", "zaaktype-informatieobjecttypen"):
        assert (await client.get(made[resource]["url"])).status_code == 404
    assert (await client.get(made["informatieobjecttypen"]["url"])).status_code == 200


@SPEC.needed
@pytest.mark.parametrize("resource", RESOURCES)
def test_the_filters_are_exactly_those_of_the_specification(resource: str) -> None:
    from kcs_desktop.backend.standards.catalogi.api import CatalogiApi

    offered = {*CatalogiApi.resources[resource].filters, "page", "pageSize"}
    assert offered == SPEC.parameters(f"/{resource}")


def _paths() -> list[str]:
    return [
        *(f"/{naam}" for naam in RESOURCES),
        *(f"/{naam}/{{uuid}}" for naam in RESOURCES),
        "/zaaktypen/{uuid}/publish",
        "/informatieobjecttypen/{uuid}/publish",
    ]


@cache
def _operations() -> list[tuple[Any, list[Any]]]:
    return SPEC.made_up(_paths(), {"get", "post", "put", "patch", "delete"})


@SPEC.needed
@pytest.mark.timeout(400)
async def test_made_up_requests_get_an_answer_of_the_specification(backend: Backend) -> None:
    client = await backend.client_for("snelbalie")
    catalogus = await make_catalogus(client)
    made = {"catalogussen": catalogus, **await make_zaaktype(client, catalogus)}
    known = {naam: item["url"].rsplit("/", 1)[1] for naam, item in made.items()}
    assert {operation.path for operation, _cases in _operations()} == set(_paths())

    async def ask(case: Any) -> httpx.Response:
        path = case.operation.path
        return await send(client, API, case, path.replace("{uuid}", known[path.split("/")[1]]))

    assert await wrong_answers(SPEC, _operations(), ask, {200, 201, 204, 400, 404}) == []
